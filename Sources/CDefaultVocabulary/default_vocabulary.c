#include "default_vocabulary.h"

/* The file is made by `make default-vocabulary`. The build does not see when it changes: the size and
   digest below are rewritten with it, so that this file changes too.
   o200k_base.tok: 16197184 bytes, SHA-256 dc641f2dd5548b2d70d83c53a0d91e9a */

#if defined(__APPLE__)
#define SECTION ".const_data"
#define SYMBOL(name) "_" #name
#else
#define SECTION ".section .rodata, \"a\""
#define SYMBOL(name) #name
#endif

__asm__(SECTION "\n"
        ".balign 64\n"
        SYMBOL(tok_default_vocabulary_start) ":\n"
        ".incbin \"o200k_base.tok\"\n"
        SYMBOL(tok_default_vocabulary_end) ":\n"
        ".byte 0\n"
        ".text\n"
);

extern const unsigned char tok_default_vocabulary_start[];
extern const unsigned char tok_default_vocabulary_end[];

const void *tok_default_vocabulary(void) { return tok_default_vocabulary_start; }

size_t tok_default_vocabulary_size(void) {
  return (size_t)(tok_default_vocabulary_end - tok_default_vocabulary_start);
}
