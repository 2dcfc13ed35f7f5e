#include "charsmaps.h"

#if defined(__APPLE__)
#define SECTION ".const_data"
#define SYMBOL(name) "_" #name
#else
#define SECTION ".section .rodata, \"a\""
#define SYMBOL(name) #name
#endif

#define CHARSMAP(name)                          \
  __asm__(SECTION "\n" SYMBOL(tok_charsmap_##name##_start) ":\n" \
          ".incbin \"" #name ".charsmap\"\n" SYMBOL(tok_charsmap_##name##_end) ":\n" \
          ".byte 0\n.text\n"); \
  extern const unsigned char tok_charsmap_##name##_start[]; \
  extern const unsigned char tok_charsmap_##name##_end[];

CHARSMAP(nmt_nfkc)
CHARSMAP(nfkc)
CHARSMAP(nmt_nfkc_cf)
CHARSMAP(nfkc_cf)

const unsigned char *tok_charsmap(int rule) {
  switch (rule) {
    case 0: return tok_charsmap_nmt_nfkc_start;
    case 1: return tok_charsmap_nfkc_start;
    case 2: return tok_charsmap_nmt_nfkc_cf_start;
    case 3: return tok_charsmap_nfkc_cf_start;
    default: return NULL;
  }
}

size_t tok_charsmap_size(int rule) {
  switch (rule) {
    case 0: return (size_t)(tok_charsmap_nmt_nfkc_end - tok_charsmap_nmt_nfkc_start);
    case 1: return (size_t)(tok_charsmap_nfkc_end - tok_charsmap_nfkc_start);
    case 2: return (size_t)(tok_charsmap_nmt_nfkc_cf_end - tok_charsmap_nmt_nfkc_cf_start);
    case 3: return (size_t)(tok_charsmap_nfkc_cf_end - tok_charsmap_nfkc_cf_start);
    default: return 0;
  }
}
