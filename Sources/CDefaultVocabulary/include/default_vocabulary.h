#ifndef TOK_DEFAULT_VOCABULARY_H
#define TOK_DEFAULT_VOCABULARY_H

#include <stddef.h>

/* The compiled form of the default vocabulary, at a multiple of 64, for as long as the program runs. */
const void *tok_default_vocabulary(void);

/* Its length in bytes. */
size_t tok_default_vocabulary_size(void);

#endif
