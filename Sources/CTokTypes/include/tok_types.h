/*
 * The types that tok.h begins with: C has them so that both sides agree on their layout. What stands
 * between the two lines of dashes is taken over into tok.h.
 */
#ifndef TOK_TYPES_H
#define TOK_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---------------------------------------------------------------------------------------------- */

/** The number of a token. */
typedef uint32_t tok_id;

/** A token and the bytes of the text that it stands for, from `start` up to, not including, `end`. */
typedef struct tok_token {
  tok_id id;
  uint32_t reserved;
  size_t start;
  size_t end;
} tok_token;

/** What `.tiktoken` files do not say themselves. NULL instead of a pointer to it means all zeros. */
typedef struct tok_load_options {
  /** sizeof(tok_load_options). */
  size_t size;
  /** The pattern that cuts text, NUL-terminated; NULL for that of a known file. */
  const char *pattern;
  /** For whose regular expressions `pattern` is written: a TOK_DIALECT. */
  int32_t dialect;
  int32_t reserved;
  /** The file's name without its ending, by which a vocabulary in memory may be known; or NULL. */
  const char *stem;
  /** A JSON object of special tokens and their ids, NUL-terminated; or NULL. */
  const char *special_tokens;
} tok_load_options;

/** How text is encoded. NULL instead of a pointer to it means all zeros. */
typedef struct tok_encode_options {
  /** sizeof(tok_encode_options). */
  size_t size;
  /** What text that spells a special token becomes: a TOK_SPECIAL. */
  int32_t special;
  /** Not 0: leaves out what the file's template puts around, as [CLS] and [SEP]. */
  int32_t no_template;
} tok_encode_options;

/** A part of a text with a trust of its own. */
typedef struct tok_part {
  const char *text;
  size_t length;
  /** A TOK_SPECIAL. */
  int32_t special;
  int32_t reserved;
} tok_part;

/** A text to be encoded as models take it: whole, or split into words by someone else. */
typedef struct tok_text {
  /** UTF-8; of words, one behind another. */
  const char *text;
  size_t length;
  /** Where each word ends in `text`, ascending, the last one at `length`; NULL for a whole text. */
  const size_t *word_ends;
  size_t word_count;
} tok_text;

/** How texts are encoded as models take them. NULL instead of a pointer to it means all zeros. */
typedef struct tok_text_options {
  /** sizeof(tok_text_options). */
  size_t size;
  /** What text that spells a special token becomes: a TOK_SPECIAL. */
  int32_t special;
  /** Not 0: leaves out what the file's template puts around. */
  int32_t no_template;
  /** Not 0: no ranges and words, which is faster. */
  int32_t no_ranges;
  /** Not 0: leaves white space at tokens' ends out of ranges where the file's post-processor says so. */
  int32_t trim_ranges;
  /** How many tokens there are at most, those of the template included; 0 for any number. */
  size_t max_length;
  /** How many tokens a part that overflows has in common with the part before it. */
  size_t stride;
  /** Which of two texts is cut: a TOK_TRUNCATION. */
  int32_t truncation;
  /** Not 0: texts are cut at the left. */
  int32_t truncate_left;
  /** Not 0: keeps what is cut away as further parts. */
  int32_t keep_overflow;
  /** How short texts are filled: a TOK_PADDING. */
  int32_t padding;
  /** The length for TOK_PADDING_FIXED. */
  size_t pad_length;
  /** Lengths go up to the next multiple of it; 0 and 1 leave them. */
  size_t pad_multiple;
  /** Not 0: texts are filled at the left. */
  int32_t pad_left;
  /** The id and the type id of padding. */
  tok_id pad_id;
  int32_t pad_type_id;
  int32_t reserved;
} tok_text_options;

/** The tokens of one text, or two: arrays of `count` elements that stay until the encoding is freed.
    `starts`, `ends` and `words` are NULL where no ranges were asked for. */
typedef struct tok_encoding_view {
  size_t count;
  const tok_id *ids;
  /** The bytes of its text that each token stands for; 0 and 0 for the template and padding. */
  const size_t *starts;
  const size_t *ends;
  /** Which word of its text each token is of, -1 for none. */
  const int32_t *words;
  /** Which text each token is of, 0 or 1; -1 for the template and padding. */
  const int32_t *texts;
  const int32_t *type_ids;
  /** 1 for tokens of the template and of padding. */
  const int32_t *special_mask;
  /** 0 for padding. */
  const int32_t *attention_mask;
} tok_encoding_view;

/* ---------------------------------------------------------------------------------------------- */

#endif
