/*
 * Arguments for calls, good ones and bad ones, by chance.
 *
 * Each function here chooses an argument, and notes when it is one that the library must refuse, with
 * the status that it must give back for it. `judge` then knows what a call may come to.
 */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include "../support.h"

extern generator dice;

/* True in one of `of` cases. */
int by_chance(size_t of);

/* How often bad arguments are chosen: one of so many; 0 for never. */
extern size_t badness;

/* ---- What a call may come to ---------------------------------------------------------------- */

/* A bit for a status. */
#define MAY(status) (1u << -(status))

/* Begins a call: nothing is bad yet. */
void begin(const char *function);

/* Notes that an argument is bad. */
void bad(tok_status status);

/* Notes what the call may come to besides, be its arguments bad or not. */
void maybe(unsigned statuses);

/* Whether an argument is bad. */
int is_bad(void);

/* Ends the program unless `status` is one of those noted for bad arguments or, where nothing is bad, one
   of `fine`; or one that was noted by `maybe`. Looks after rooms and the error, too. */
void judge(tok_status status, unsigned fine);

/* How often each status came back, and how many calls had bad arguments. */
extern unsigned long status_counts[32], bad_call_count;

/* ---- Handles -------------------------------------------------------------------------------- */

typedef enum kind {
  TOKENIZER, CONTEXT, ERROR, ENCODING, BATCH, DECODER, ENCODER, BYTES, GROWING, TEMPLATE, CHAT,
  TRAINER, KINDS
} kind;

/* What is known of a live handle. */
typedef struct owned {
  void *handle;
  /* The model of a tokenizer, encoder or decoder. */
  size_t model;
  /* Of encoders and decoders: the text that goes through, how far it went, and what came out. */
  size_t text, position;
  int special, no_template;
  uint64_t digest;
} owned;

/* A handle of a kind: mostly a live one. Else one that was freed, one of another kind, NULL, a pointer to
   something else or a number, for which TOK_E_HANDLE is noted. `entry` is what is known of a live one,
   else NULL. */
void *handle(kind kind, owned **entry);

/* As `handle`, where NULL is good, too. */
void *handle_or_null(kind kind, owned **entry);

/* Keeps a handle that was made. The caller frees `*overflow`, if it is not NULL. */
owned *keep(kind kind, void *made, void **overflow);

/* A live handle that no call is to meet, by chance or otherwise. */
void set_handle_aside(void *handle);

/* Says that the handle was freed. */
void drop(kind kind, owned *entry);

/* A live handle, to be freed at the end; NULL when there are none. */
owned *any(kind kind);

/* ---- Memory --------------------------------------------------------------------------------- */

/* Memory for `*capacity` elements, watched for what is written behind it. */
void *room(size_t element_size, size_t alignment, size_t *capacity);

/* The place for a value: good, NULL or misaligned. `where` is a good one. */
void *place(void *where, size_t alignment);

/* The place for an error; `judge` frees what comes or keeps it. */
tok_error **error_place(void);

/* `start` and `*length` as they are, or such that they must be refused; never fewer than there are. */
const void *input(const void *start, size_t *length, size_t element_size, size_t alignment);

/* A number of an enumeration that ends before `end`, or one that must be refused. */
int32_t enumeration(int32_t end);

/* Options of which `known` bytes are known, with sizes of all kinds. What is not read is 0 afterwards in
   `options`, which begins with its size. */
const void *sized_options(void *options, size_t known);

/* A text that ends with a NUL: `good`, or one that must be refused. `may_be_null` says whether NULL is
   good, too. */
const char *c_text(const char *good, int may_be_null);

/* A number of threads. */
int32_t threads(void);

#endif
