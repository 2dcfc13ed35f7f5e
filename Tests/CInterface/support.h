/* What the programs of this folder share. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tok.h"

/* Says what is wrong and ends the program with status 1. */
#if defined(__GNUC__)
__attribute__((noreturn, format(printf, 1, 2)))
#endif
void fail(const char *format, ...);

/* Ends the program, with the place, where `condition` does not hold. */
#define CHECK(condition) \
  ((condition) ? (void)0 : fail("%s:%d: not true: %s", __FILE__, __LINE__, #condition))

/* Ends the program where `call` does not give TOK_OK; `error` is a tok_error * that it fills. */
#define SUCCEED(call, error)                                                            \
  do {                                                                                  \
    tok_status succeeded = (call);                                                      \
    if (succeeded != TOK_OK)                                                            \
      fail("%s:%d: %s\n  status %d, %s", __FILE__, __LINE__, #call, (int)succeeded,     \
           (error) ? tok_error_message(error) : tok_status_message(succeeded));         \
  } while (0)

/* Random numbers that are the same everywhere for the same seed: splitmix64. */
typedef struct generator {
  uint64_t state;
} generator;

uint64_t random_bits(generator *generator);

/* A number from 0 up to, not including, `limit`, which is not 0. */
size_t random_below(generator *generator, size_t limit);

/* Memory that is there, or the end of the program. */
void *allocate(size_t size);

/* The bytes of a file, with a NUL behind them; to be freed. */
char *read_file(const char *path, size_t *length);

/* The tokenizer of a file. */
tok_tokenizer *load(const char *path);

#endif
