#include "byte_masks.h"
#include "word_masks.h"

#include <string.h>

/* The compiler makes of these what the target has: SSE2, NEON, and what is named below. */
typedef uint8_t bytes64 __attribute__((vector_size(64)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

/* Where the system's loader can choose among versions of a function, there are three. */
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_TARGET __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define FOR_EACH_TARGET
#endif

#define STORE_BITS(mask, condition)                                      \
  do {                                                                   \
    bits64 bits = __builtin_convertvector((bytes64)(condition), bits64); \
    memcpy(&(mask), &bits, sizeof(mask));                                \
  } while (0)

#define LOAD_BYTES(text, bytes, count)  \
  bytes64 text = {0};                   \
  if ((count) >= 64) {                  \
    memcpy(&(text), (bytes), 64);       \
  } else {                              \
    memcpy(&(text), (bytes), (count));  \
  }

FOR_EACH_TARGET
void tok_masks_of_bytes(const uint8_t *bytes, size_t count, tok_byte_masks *masks) {
  LOAD_BYTES(text, bytes, count)
  uint64_t printed, controls;
  STORE_BITS(masks->letters, (text | 0x20) - 'a' < 26);
  STORE_BITS(masks->small_letters, text - 'a' < 26);
  STORE_BITS(masks->digits, text - '0' < 10);
  STORE_BITS(masks->apostrophes, text == '\'');
  STORE_BITS(masks->spaces, text == ' ');
  STORE_BITS(masks->line_breaks, (text == '\n') | (text == '\r'));
  STORE_BITS(controls, text - '\t' < 5);
  STORE_BITS(printed, text - '!' < 94);
  masks->signs = printed & ~masks->letters & ~masks->digits;
  masks->white_space = masks->spaces | controls;
}

FOR_EACH_TARGET
void tok_word_masks_of_bytes(const uint8_t *bytes, size_t count, tok_word_masks *masks) {
  LOAD_BYTES(text, bytes, count)
  uint64_t printed, letters, digits, lines;
  STORE_BITS(letters, (text | 0x20) - 'a' < 26);
  STORE_BITS(digits, text - '0' < 10);
  STORE_BITS(printed, text - '!' < 94);
  masks->signs = printed & ~letters & ~digits;
  STORE_BITS(masks->white_space, (text == ' ') | (text - '\t' < 5));
  STORE_BITS(lines, text == '_');
  masks->word = letters | digits | lines;
  STORE_BITS(masks->high, text >= 0x80);
  STORE_BITS(masks->leads, (text == 0xC2) | (text - 0xE1 < 3));
}

FOR_EACH_TARGET
void tok_space_masks_of_bytes(
    const uint8_t *bytes, size_t count, uint64_t *spaces, uint64_t *leads) {
  LOAD_BYTES(text, bytes, count)
  STORE_BITS(*spaces, text == ' ');
  STORE_BITS(*leads, text == 0xE2);
}

FOR_EACH_TARGET
void tok_spaced_masks_of_bytes(const uint8_t *bytes, size_t count, tok_spaced_masks *masks) {
  LOAD_BYTES(text, bytes, count)
  STORE_BITS(masks->spaces, text == ' ');
  STORE_BITS(masks->letters, (text | 0x20) - 'a' < 26);
  STORE_BITS(masks->leads, text == 0xE2);
  STORE_BITS(masks->continuations, (text & 0xC0) == 0x80);
}

FOR_EACH_TARGET
void tok_printed_masks_of_bytes(
    const uint8_t *bytes, size_t count, uint8_t first, uint8_t second, uint8_t third,
    uint8_t fourth, uint64_t *spaces, uint64_t *others) {
  LOAD_BYTES(text, bytes, count)
  STORE_BITS(*spaces, text == ' ');
  STORE_BITS(
      *others, (text - ' ' >= 95) | (text == first) | (text == second) | (text == third) |
                   (text == fourth));
}
