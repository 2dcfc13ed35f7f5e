/*
 * The vocabularies and texts of the driver, and what they give.
 *
 * What a text becomes is found out once, by a plain good call, and every other call must agree with it.
 */
#ifndef MODELS_H
#define MODELS_H

#include "arguments.h"

/* A vocabulary that is loaded from memory. */
typedef struct model {
  const char *name;
  char *bytes;
  size_t length;
  tok_load_options options;
  /* Whether it is quickly loaded, so that it may be done often. */
  int is_small;
} model;

#define MODELS_MAX 8
extern model models[MODELS_MAX];
extern size_t model_count;

/* Texts in memory of their own size, so that a step too far is seen. */
#define TEXTS 64
extern struct text {
  char *bytes;
  size_t length;
} texts[TEXTS];

/* Whether a text is bytes by chance. */
int is_random(size_t text);

/* What a text becomes. */
typedef struct result {
  tok_status status;
  tok_id *ids;
  size_t count;
} result;

/* Reads `folder`/NAME for the larger ones, makes the small ones and the texts, and loads each model. */
void make_models(const char *folder);

/* Frees them. */
void free_models(void);

/* A tokenizer of `model` that is not among the handles of the calls. */
const tok_tokenizer *tokenizer_of(size_t model);

/* What a text becomes in a model. */
const result *result_of(size_t model, size_t text, int special, int no_template);

/* The same for bytes that are none of the texts; to be freed. */
result encode_plainly(const tok_tokenizer *tokenizer, const char *text, size_t length, int special,
                      int no_template);

/* A number for ids or bytes that differs where they do; begins with 0. */
uint64_t digest(uint64_t before, const void *bytes, size_t length);

/* What a text may come to that is not encoded. */
#define ENCODING_FAILURES                                                                      \
  (MAY(TOK_E_SPECIAL_TOKEN) | MAY(TOK_E_PATTERN_LIMIT) | MAY(TOK_E_UNKNOWN_CHARACTER) | \
   MAY(TOK_E_LENGTH))

/* A text as an argument; `*index` says which. */
const char *text_input(size_t *index, size_t *length);

#endif
