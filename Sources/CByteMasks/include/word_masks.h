#ifndef TOK_WORD_MASKS_H
#define TOK_WORD_MASKS_H

#include <stddef.h>
#include <stdint.h>

/* What stands at each of up to 64 bytes, one bit each, the first byte's lowest, as those ask who cut
   at white space. */
typedef struct {
  uint64_t white_space; /* U+0009 to U+000D, U+0020 */
  uint64_t signs;       /* printed ASCII characters that are no letters and no digits */
  uint64_t word;        /* A to Z, a to z, 0 to 9, _ */
  uint64_t high;        /* 0x80 to 0xFF */
  uint64_t leads;       /* C2, E1, E2, E3: the first bytes of all other white space */
} tok_word_masks;

/* Fills in the masks of the first 64 of `count` bytes; where there are fewer, bits are clear behind
   them. */
void tok_word_masks_of_bytes(const uint8_t *bytes, size_t count, tok_word_masks *masks);

/* Where of the first 64 of `count` bytes there is a space, and where E2, the first byte of U+2581. */
void tok_space_masks_of_bytes(
    const uint8_t *bytes, size_t count, uint64_t *spaces, uint64_t *leads);

/* The same for those who cut before spaces, and at other places that depend on the bytes. */
typedef struct {
  uint64_t spaces;        /* U+0020 */
  uint64_t letters;       /* A to Z, a to z */
  uint64_t leads;         /* E2, the first byte of U+2581 */
  uint64_t continuations; /* 80 to BF: no character begins there */
} tok_spaced_masks;

void tok_spaced_masks_of_bytes(const uint8_t *bytes, size_t count, tok_spaced_masks *masks);

/* Where of the first 64 of `count` bytes there is a space, and where neither that nor another printed
   ASCII character, or one of the four that are named. Bytes behind the last are such others. */
void tok_printed_masks_of_bytes(
    const uint8_t *bytes, size_t count, uint8_t first, uint8_t second, uint8_t third,
    uint8_t fourth, uint64_t *spaces, uint64_t *others);

#endif
