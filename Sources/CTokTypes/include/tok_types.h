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
  /** What ranges count: a TOK_UNIT. */
  int32_t unit;
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

/** No token's id. Of a token that is to be added: that of the token with the same text, where there is one,
    otherwise the one behind the greatest. */
#define TOK_NO_ID UINT32_MAX

/** A token that is looked for in the text before it is normalised and split. */
typedef struct tok_added_token {
  /** UTF-8. */
  const char *text;
  size_t length;
  tok_id id;
  /** Not 0: only those who ask for it find it in text, and decoding leaves it out by itself. */
  int32_t special;
  /** Not 0: is found only where no letter, digit, mark or underscore touches it. */
  int32_t single_word;
  /** Not 0: takes the white space on its left, on its right. */
  int32_t strips_left;
  int32_t strips_right;
  /** Not 0: is looked for in the normalised text, otherwise in the text as it came. */
  int32_t normalized;
} tok_added_token;

/** How an encoding is drawn. NULL instead of a pointer to it means all zeros. */
typedef struct tok_draw_options {
  /** sizeof(tok_draw_options). */
  size_t size;
  /** What text that spells a special token becomes: a TOK_SPECIAL. */
  int32_t special;
  /** Not 0: leaves out what the file's template puts around. */
  int32_t no_template;
  /** How it is drawn: a TOK_DRAWING. */
  int32_t drawing;
  int32_t reserved;
  /** What TOK_DRAWING says of it. */
  double number;
  /** The same seed gives the same ids. */
  uint64_t seed;
} tok_draw_options;

/** How a conversation is put into a chat template. NULL instead of a pointer to it means all zeros. */
typedef struct tok_chat_options {
  /** sizeof(tok_chat_options). */
  size_t size;
  /** Not 0: the text ends with the beginning of the answer. */
  int32_t generation_prompt;
  /** What text of users that spells a special token becomes: a TOK_SPECIAL. */
  int32_t users;
  /** What the template's strftime_now goes by, as `2024-07-26T12:30:00`; NULL for the time of the call. */
  const char *date;
} tok_chat_options;

/** Where text for training comes from. NULL instead of a pointer to it means all zeros. */
typedef struct tok_source_options {
  /** sizeof(tok_source_options). */
  size_t size;
  /** What is cut by itself: a TOK_TRAINING_UNIT. */
  int32_t unit;
  /** What the bytes are: a TOK_CONTENT. */
  int32_t content;
  /** With TOK_CONTENT_JSON_LINES the member that is the text, `a.b` for one inside another. */
  const char *field;
  /** How much each word counts, from 0.001 to 1000000; 0 for 1. */
  double weight;
} tok_source_options;

/** Gives the next text to train on: sets `*text` and `*length` and returns 1; 0 at the end; a negative
    number ends the training with an error. The text must stay until the next call. Never called by two
    threads at once, but perhaps by another one than the one that trains. */
typedef int32_t (*tok_next_text)(void *user, const char **text, size_t *length);

/** How far a training has come. */
typedef struct tok_progress {
  /** What is being done: counting (bytes), joining (words), merging (tokens), seeding (bytes), estimating
      (rounds), pruning (tokens), memorizing (documents). It stays for good. */
  const char *phase;
  /** How many units of the phase are done, and how many there will be; 0 where that is not known. */
  uint64_t completed;
  uint64_t total;
} tok_progress;

/** Is told from time to time how far a training has come, on one of its threads. A number other than 0 ends
    it with the best vocabulary so far. */
typedef int32_t (*tok_progress_callback)(void *user, const tok_progress *progress);

/** What BPE-knockout takes away. NULL instead of a pointer to it, and zeros, mean what stands with each. */
typedef struct tok_knockout_options {
  /** sizeof(tok_knockout_options). */
  size_t size;
  /** From which share of wrong uses on a merge goes, above 0 and up to 1; 0 for 0.5. */
  double threshold;
  /** A merge that is used less often stays; 0 for 1. */
  uint64_t min_uses;
  /** How many tokens there are at least. */
  size_t min_vocab_size;
  /** How often words are looked at again with what is left, at most; 0 for once. */
  int32_t rounds;
  int32_t reserved;
  /** Stands before each word, NUL-terminated; NULL for a space. */
  const char *prefix;
} tok_knockout_options;

/** How a training is carried out; nothing of it changes the result. NULL instead of a pointer to it means
    all zeros. */
typedef struct tok_run_options {
  /** sizeof(tok_run_options). */
  size_t size;
  /** How many threads work; 0 for 1. */
  int32_t threads;
  int32_t reserved;
  /** How many bytes of memory may be used, as far as the training decides, before it goes to disk; 0 for
      any number. */
  uint64_t memory_limit;
  /** A folder where the training notes how far it is, to go on from there when it is started again; NULL
      for none. */
  const char *checkpoint;
  /** How often that is noted, in seconds; 0 for 30. */
  double checkpoint_interval;
  /** May be NULL. */
  tok_progress_callback progress;
  /** What `progress` is given. */
  void *user;
} tok_run_options;

/* ---------------------------------------------------------------------------------------------- */

#endif
