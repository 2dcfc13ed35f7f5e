/* A call of each function of tok.h, with arguments by chance and a check of what it gives. */
#ifndef CALLS_H
#define CALLS_H

#include "models.h"

typedef struct call {
  const char *name;
  void (*make)(void);
  /* How often it is made, beside the others. */
  unsigned share;
} call;

extern const call library_calls[], tokenizer_calls[], encoding_calls[], streaming_calls[], chat_calls[],
    training_calls[];

/* Options of encoding by chance: what they say is in `special` and `no_template`. */
const tok_encode_options *encode_options(int *special, int *no_template);

/* Looks at bytes that a call made, and keeps them; NULL is left alone. */
void keep_bytes(tok_bytes *bytes);

/* Uses a tokenizer that is none of the models', and frees it. */
void try_tokenizer(tok_tokenizer *tokenizer);

/* As `handle`, mostly a tokenizer whose copies are quickly made. */
void *small_tokenizer(owned **entry);

/* How many ids a tokenizer has, or fewer, which must be refused. */
size_t id_count_of(const owned *entry);

/* A call of the function that frees handles of a kind, named `name`. */
void free_one(const char *name, kind kind, tok_status (*release)(void *));

#endif
