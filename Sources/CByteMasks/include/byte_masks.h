#ifndef TOK_BYTE_MASKS_H
#define TOK_BYTE_MASKS_H

#include <stddef.h>
#include <stdint.h>

/* What stands at each of up to 64 bytes, one bit each, the first byte's lowest. */
typedef struct {
  uint64_t letters;       /* A to Z, a to z */
  uint64_t small_letters; /* a to z */
  uint64_t digits;        /* 0 to 9 */
  uint64_t apostrophes;   /* ' */
  uint64_t signs;         /* whatever else is printed, the apostrophe too */
  uint64_t spaces;        /* U+0020 */
  uint64_t line_breaks;   /* U+000A, U+000D */
  uint64_t white_space;   /* U+0009 to U+000D, U+0020 */
} tok_byte_masks;

/* Fills in the masks of the first 64 of `count` bytes; where there are fewer, bits are clear behind
   them. */
void tok_masks_of_bytes(const uint8_t *bytes, size_t count, tok_byte_masks *masks);

#endif
