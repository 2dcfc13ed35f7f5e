/*
 * tok.h - text to tokens and back, exactly as the original tokenizers do.
 *
 * Generated from the declarations in Sources/TokABI by `make header`; do not edit.
 *
 *     tok_tokenizer *tokenizer;
 *     tok_error *error;
 *     if (tok_tokenizer_load_name("o200k_base", &tokenizer, &error) != TOK_OK) {
 *       fprintf(stderr, "%s\n", tok_error_message(error));
 *       tok_error_free(error);
 *       return 1;
 *     }
 *     tok_id ids[64];
 *     size_t count;
 *     tok_encode(tokenizer, "Hello, world", 12, NULL, NULL, ids, 64, &count, NULL);
 *     tok_tokenizer_free(tokenizer);
 *
 * Ownership   What a call gives back through a place for a handle (a tok_x **) is the caller's, and
 *             is freed with the function tok_x_free() of its kind. What is shown by a pointer to
 *             constants stays until the object that it belongs to is freed. All other memory is
 *             the caller's: nothing is kept of it when a call is over, unless its function says so.
 * Errors      A call gives back TOK_OK or another tok_status. Many also fill a tok_error, which says
 *             where and what; pass NULL if you do not want it. Nothing else crosses: a handle that
 *             was freed, a NULL, a length beyond the address space is an error, and no data ends
 *             the process.
 * Threads     Objects that never change, as tokenizers, may be shared. The others, as contexts and
 *             encoders, are of one thread at a time: a second one gets TOK_E_BUSY. No handle may be
 *             freed while a call with it is going on. All works in a forked child.
 * Text        is UTF-8 with a length, and needs no NUL behind it. Lengths and places are in bytes.
 * Options     are structs that begin with their size, so that later versions can have more of them:
 *             `tok_encode_options options = {.size = sizeof options};` leaves the rest 0, the
 *             default.
 * Versions    Each function says since which version there is one. What compiled programs rely on
 *             stays as it is while the major version stays, or, before 1.0, the minor one.
 */
#ifndef TOK_H
#define TOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOK_VERSION_MAJOR 0
#define TOK_VERSION_MINOR 1
#define TOK_VERSION_PATCH 0
/** The version of this header, to be compared with tok_version(). */
#define TOK_VERSION \
  (TOK_VERSION_MAJOR * 10000 + TOK_VERSION_MINOR * 100 + TOK_VERSION_PATCH)

#if defined(__GNUC__)
#define TOK_API __attribute__((visibility("default")))
#else
#define TOK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Types ---------------------------------------------------------------------------------- */

/** What exactly went wrong in one call. It never changes. */
typedef struct tok_error tok_error;

/** What a call made: a file, a text, JSON. It never changes. */
typedef struct tok_bytes tok_bytes;

/** A tokenizer. It never changes, so that threads may share it. */
typedef struct tok_tokenizer tok_tokenizer;

/** The memory of one thread that encodes: make one for each thread, and use it for many texts. */
typedef struct tok_context tok_context;

/** The ids of many texts. It never changes. */
typedef struct tok_batch tok_batch;

/**
 * A text, or two, as a model takes them: ids with ranges, words, types and masks. It never changes.
 */
typedef struct tok_encoding tok_encoding;

/** Encodes a text that comes in parts. One thread uses it at a time. */
typedef struct tok_encoder tok_encoder;

/** Decodes ids as they come. One thread uses it at a time. */
typedef struct tok_decoder tok_decoder;

/** The encoding of a text that grows at its end, as a chat does. One thread uses it at a time. */
typedef struct tok_growing_text tok_growing_text;

/** A chat template. It never changes. */
typedef struct tok_chat_template tok_chat_template;

/** A conversation that was put into a chat template. It never changes. */
typedef struct tok_chat tok_chat;

/** A trainer: what is to be trained, and on what. One thread uses it at a time. */
typedef struct tok_trainer tok_trainer;

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

/**
 * What a call came to: 0, or a negative number that says what is wrong. Numbers are never used again
 * for something else.
 */
typedef int32_t tok_status;
enum {
  /** All went well. */
  TOK_OK = 0,
  /**
   * The memory for the result is too small: the count says how much is needed, and what has room was
   * written.
   */
  TOK_E_CAPACITY = -1,
  /**
   * An argument has no meaning: NULL where there must be something, a length beyond the address
   * space, a number that is none of an enumeration.
   */
  TOK_E_ARGUMENT = -2,
  /** A handle that is none, was freed before, or is of another kind. */
  TOK_E_HANDLE = -3,
  /** A context, encoder or decoder that another thread is just using. */
  TOK_E_BUSY = -4,
  /** A file that the system does not let us read. */
  TOK_E_UNREADABLE = -5,
  /** A file that the system does not let us write. */
  TOK_E_UNWRITABLE = -6,
  /** A vocabulary or template that is not as its format says. */
  TOK_E_MALFORMED = -7,
  /** A component or an option that this version does not know, or a model that does not do this. */
  TOK_E_UNSUPPORTED = -8,
  /** A size beyond what is allowed. */
  TOK_E_LIMIT = -9,
  /** A compiled vocabulary of another version, or one that was damaged. */
  TOK_E_COMPILED = -10,
  /** A name of a vocabulary that is not known here. */
  TOK_E_UNKNOWN_VOCABULARY = -11,
  /** A format that cannot say all that the tokenizer does. */
  TOK_E_INEXPRESSIBLE = -12,
  /** The text spells a special token, and that was to be an error. */
  TOK_E_SPECIAL_TOKEN = -13,
  /** The text is too hard for a pattern. */
  TOK_E_PATTERN_LIMIT = -14,
  /** The model has no token for a character, and no unknown token. */
  TOK_E_UNKNOWN_CHARACTER = -15,
  /** A length that cannot be had. */
  TOK_E_LENGTH = -16,
  /** An id that no token has. */
  TOK_E_UNKNOWN_ID = -17,
  /** Bytes that are not UTF-8, and that was to be an error. */
  TOK_E_INVALID_UTF8 = -18,
  /** What a chat template does wrong with a conversation. */
  TOK_E_TEMPLATE = -19,
  /** An option of a trainer that has no meaning, or none together with another. */
  TOK_E_OPTION = -20,
  /** Text for training that is not what its source promises. */
  TOK_E_INPUT = -21,
  /** A checkpoint of another training, or one that is damaged. */
  TOK_E_CHECKPOINT = -22
};

/** For whose regular expressions a pattern is written. */
typedef int32_t tok_dialect;
enum {
  /** Rust's `regex` and `fancy-regex`, as tiktoken has them. */
  TOK_DIALECT_RUST = 0,
  /** Oniguruma, as huggingface's tokenizers have it. */
  TOK_DIALECT_ONIGURUMA = 1
};

/** A format that tokenizers are written in. */
typedef int32_t tok_format;
enum {
  TOK_FORMAT_TOKENIZER_JSON = 0,
  TOK_FORMAT_TIKTOKEN = 1,
  /** A .model. */
  TOK_FORMAT_SENTENCE_PIECE = 2,
  /** A token on each line: BERT's vocab.txt. */
  TOK_FORMAT_VOCABULARY_TEXT = 3,
  /** GPT-2's vocab.json with its merges.txt. */
  TOK_FORMAT_VOCABULARY_JSON = 4,
  /** The keys of the vocabulary, without a model. */
  TOK_FORMAT_GGUF = 5,
  /** Our own form, which opens without being parsed. */
  TOK_FORMAT_COMPILED = 6
};

/** The part that a token plays in a model. */
typedef int32_t tok_role;
enum {
  TOK_ROLE_BEGINNING = 0,
  TOK_ROLE_END = 1,
  TOK_ROLE_UNKNOWN = 2,
  TOK_ROLE_PADDING = 3
};

/** What text that spells a special token, as `<|endoftext|>`, becomes. */
typedef int32_t tok_special;
enum {
  /** Plain text; added tokens that are not special are found. */
  TOK_SPECIAL_TEXT = 0,
  /** The special token: for text that you wrote yourself. */
  TOK_SPECIAL_PARSE = 1,
  /** An error, TOK_E_SPECIAL_TOKEN, with the place. */
  TOK_SPECIAL_REFUSE = 2,
  /** Plain text, and so are added tokens that are not special. */
  TOK_SPECIAL_ONLY_MODEL = 3
};

/** Which of two texts is cut. */
typedef int32_t tok_truncation;
enum {
  /** The longer one, down to the length of the other; then both, by turns. */
  TOK_TRUNCATION_LONGEST_FIRST = 0,
  TOK_TRUNCATION_ONLY_FIRST = 1,
  TOK_TRUNCATION_ONLY_SECOND = 2
};

/** How short texts are filled. */
typedef int32_t tok_padding;
enum {
  TOK_PADDING_NONE = 0,
  /** As long as the longest of the texts that are encoded together. */
  TOK_PADDING_LONGEST = 1,
  /** To a length. */
  TOK_PADDING_FIXED = 2
};

/** What places in a text count. */
typedef int32_t tok_unit;
enum {
  /** Bytes of UTF-8. */
  TOK_UNIT_BYTES = 0,
  /** Unicode scalars, as Python counts characters. */
  TOK_UNIT_SCALARS = 1,
  /** Units of UTF-16, as JavaScript and Java count characters. */
  TOK_UNIT_UTF16 = 2
};

/** How an encoding is drawn by chance, instead of the one that encoding gives. */
typedef int32_t tok_drawing;
enum {
  /** BPE-dropout: a merge is left out with the probability `number`, from 0 to 1. */
  TOK_DRAWING_DROPOUT = 0,
  /**
   * A segmentation of a Unigram model with its exact probability, raised to the power `number`: 1 for the
   * model's own, 0 for all being equally likely.
   */
  TOK_DRAWING_SEGMENTATION = 1
};

/** Another way to cut words into the tokens of a vocabulary than its model has. */
typedef int32_t tok_cutting;
enum {
  /** As few tokens as can be; of equally few the longer last one. */
  TOK_CUTTING_FEWEST_TOKENS = 0,
  /** The greatest sum of scores. */
  TOK_CUTTING_HIGHEST_LIKELIHOOD = 1
};

/** What to do with bytes that are not UTF-8 when ids are decoded. */
typedef int32_t tok_invalid_utf8;
enum {
  /** Each ill-formed sequence becomes U+FFFD. */
  TOK_INVALID_UTF8_REPAIR = 0,
  /** They are an error, TOK_E_INVALID_UTF8. */
  TOK_INVALID_UTF8_REFUSE = 1,
  /** They are written as they are. */
  TOK_INVALID_UTF8_KEEP = 2
};

/** What text for training is cut into before it becomes words; tokens never reach over. */
typedef int32_t tok_training_unit;
enum {
  /** As the original trainer does. */
  TOK_TRAINING_UNIT_USUAL = 0,
  /** A line with its newline. */
  TOK_TRAINING_UNIT_LINE = 1,
  /** A line without its newline. */
  TOK_TRAINING_UNIT_BARE_LINE = 2,
  /** All of a file, or of a text. */
  TOK_TRAINING_UNIT_DOCUMENT = 3
};

/** What the bytes of a source of text are. */
typedef int32_t tok_content;
enum {
  TOK_CONTENT_TEXT = 0,
  /** Lines of JSON objects, one of whose members is the text. Files only. */
  TOK_CONTENT_JSON_LINES = 1,
  /** Word counts, as tok_trainer_count() writes them. Files only. */
  TOK_CONTENT_WORD_COUNTS = 2
};

/* ---- The library ---------------------------------------------------------------------------- */

/**
 * The version of the library as a number: 10000 times the major one, 100 times the minor one, and the
 * patch.
 *
 * Compare it with TOK_VERSION, that of the header.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API uint32_t tok_version(void);

/**
 * A sentence about `status` in English, without its full stop; one for any number. It is never freed.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const char *tok_status_message(int32_t status);

/* ---- Errors --------------------------------------------------------------------------------- */

/**
 * The status that the call gave back.
 *
 * TOK_E_HANDLE for no error.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_error_status(const tok_error *error);

/**
 * What was found and what was expected, in English, without a full stop; NULL for no error.
 *
 * It stays until the error is freed.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const char *tok_error_message(const tok_error *error);

/**
 * The file, the place in it as `model.merges[7]`, or which text of many; empty where there is none,
 * NULL for no error.
 *
 * It stays until the error is freed.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const char *tok_error_place(const tok_error *error);

/**
 * How far from the start of the file or text, in bytes, or of the ids; -1 where that is not known.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API int64_t tok_error_offset(const tok_error *error);

/**
 * Frees an error; NULL is left alone.
 *
 * Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_error_free(tok_error *error);

/* ---- Bytes ---------------------------------------------------------------------------------- */

/**
 * The bytes, and how many there are; a NUL stands behind them. They stay until the object is freed. NULL
 * and 0 for none.
 *
 * @param length  may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const char *tok_bytes_data(const tok_bytes *bytes, size_t *length);

/**
 * Frees bytes; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_bytes_free(tok_bytes *bytes);

/* ---- Tokenizers ----------------------------------------------------------------------------- */

/**
 * Loads a vocabulary from a file or a model's folder: tokenizer.json, .tiktoken, SentencePiece's
 * .model, tekken.json, vocab.json with merges.txt beside it, vocab.txt, GGUF, or a compiled form.
 *
 * The format is known by the content. Nothing is ever asked from a network.
 *
 * @param path       UTF-8, NUL-terminated.
 * @param options    may be NULL.
 * @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
 * @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_load(const char *path, const tok_load_options *options,
                                      tok_tokenizer **tokenizer, tok_error **error);

/**
 * Loads a vocabulary from memory, which may be freed afterwards.
 *
 * All formats of tok_tokenizer_load() but vocab.json, which needs a second file.
 *
 * @param options    may be NULL.
 * @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
 * @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_load_memory(const void *bytes, size_t length,
                                             const tok_load_options *options,
                                             tok_tokenizer **tokenizer, tok_error **error);

/**
 * Loads GPT-2's two files from memory, which may be freed afterwards: vocab.json and merges.txt.
 *
 * The rest is as with tok_tokenizer_load(), tok_tokenizer_free() included.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_load_vocab_json(const void *vocabulary, size_t vocabulary_length,
                                                 const void *merges, size_t merges_length,
                                                 tok_tokenizer **tokenizer, tok_error **error);

/**
 * Loads a vocabulary by its name: `o200k_base`, which is part of the library, or one that lies in a
 * folder of TOK_VOCABULARIES (an environment variable, separated by colons) or was installed beside the
 * program or the library.
 *
 * @param name       UTF-8, NUL-terminated.
 * @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
 * @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_load_name(const char *name, tok_tokenizer **tokenizer,
                                           tok_error **error);

/**
 * Lets ICU find the borders of words, by its dictionaries, for tokenizers with the step `tok:Words` that are
 * loaded from now on. ICU is opened at run time: this library does not bring it, and its 31 MB are not
 * loaded unless this is called.
 *
 * @param error  what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_UNSUPPORTED where there is no ICU.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_use_icu(tok_error **error);

/**
 * Frees a tokenizer; NULL is left alone. No call with it may still be going on.
 *
 * Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_free(tok_tokenizer *tokenizer);

/**
 * How many added tokens a tokenizer has; 0 for no tokenizer.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API size_t tok_added_token_count(const tok_tokenizer *tokenizer);

/**
 * Shows an added token, 0 being the first one.
 *
 * @param token  is filled; its text stays until the tokenizer is freed.
 *
 * Returns TOK_OK; TOK_E_ARGUMENT for one that there is not.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_added_token_at(const tok_tokenizer *tokenizer, size_t index,
                                      tok_added_token *token);

/**
 * Makes a tokenizer with more added tokens. All ids there were stay as they are.
 *
 * @param tokens  `count` tokens; an id of TOK_NO_ID is chosen as its comment says.
 * @param larger  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old one
 *                stays and may be freed before it.
 * @param error   what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_MALFORMED for an id whose token has another text.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_add_tokens(const tok_tokenizer *tokenizer,
                                            const tok_added_token *tokens, size_t count,
                                            tok_tokenizer **larger, tok_error **error);

/**
 * Writes a tokenizer as a file in memory, which gives the same ids for every text.
 *
 * @param format   a TOK_FORMAT.
 * @param stem     the name that a .tiktoken file will have, without its ending, by which it may be known;
 *                 or NULL.
 * @param lossy    true: goes on where the format cannot say everything.
 * @param file     the file, to be freed with tok_bytes_free(); NULL on failure.
 * @param merges   the second file of TOK_FORMAT_VOCABULARY_JSON, otherwise set to NULL; may be NULL.
 * @param losses   what the file does not say, a sentence on each line, otherwise set to NULL; may be NULL.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_INEXPRESSIBLE, with all that would be lost.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_write(const tok_tokenizer *tokenizer, int32_t format,
                                       const char *stem, bool lossy, tok_bytes **file,
                                       tok_bytes **merges, tok_bytes **losses, tok_error **error);

/**
 * Writes a tokenizer to a file whose name tells the format: tokenizer.json, NAME.tiktoken, NAME.model,
 * NAME.gguf, NAME.tok, vocab.txt, or vocab.json with merges.txt beside it.
 *
 * The file is written beside its place, synced and renamed: what was there before is untouched on failure.
 *
 * @param path    UTF-8, NUL-terminated.
 * @param lossy   true: goes on where the format cannot say everything.
 * @param losses  what the file does not say, a sentence on each line, to be freed with tok_bytes_free();
 *                NULL if nothing is lost; may be NULL.
 * @param error   what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_ARGUMENT for a name that tells no format, TOK_E_INEXPRESSIBLE,
 * TOK_E_UNWRITABLE.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_save(const tok_tokenizer *tokenizer, const char *path,
                                      bool lossy, tok_bytes **losses, tok_error **error);

/**
 * Says what a tokenizer does, as JSON: the model, how a text is normalised, split and decoded in the words
 * of tokenizer.json, what the vocabulary is made of, and which of its tokens no text becomes.
 *
 * @param name   what the member `vocabulary` says, NUL-terminated; NULL for nothing.
 * @param json   an object, to be freed with tok_bytes_free(); NULL on failure.
 * @param error  what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * It looks at every token: 0.1 to 1 s.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_inspect(const tok_tokenizer *tokenizer, const char *name, tok_bytes **json,
                               tok_error **error);

/**
 * The vocabularies that tok_tokenizer_load_name() finds, as JSON: an array of objects with `name` and
 * `path`; the one that is part of the library has no path.
 *
 * @param json   to be freed with tok_bytes_free(); NULL on failure.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_vocabularies(tok_bytes **json, tok_error **error);

/* ---- Vocabularies --------------------------------------------------------------------------- */

/**
 * One more than the greatest id of a tokenizer, the number of rows an embedding needs; 0 for
 * none. Ids below it may have no token.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API size_t tok_id_count(const tok_tokenizer *tokenizer);

/**
 * The number of tokens, added ones included; 0 for no tokenizer.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API size_t tok_token_count(const tok_tokenizer *tokenizer);

/**
 * Whether a tokenizer has a token with this id.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API bool tok_has_id(const tok_tokenizer *tokenizer, tok_id id);

/**
 * Whether an id is that of a special token.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API bool tok_is_special(const tok_tokenizer *tokenizer, tok_id id);

/**
 * The id of the token whose bytes are `text`, an added token first.
 *
 * Returns TOK_OK; TOK_E_UNKNOWN_ID where there is no such token.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_id_of(const tok_tokenizer *tokenizer, const char *text, size_t length,
                             tok_id *id);

/**
 * The bytes that decoding gives for an id.
 *
 * Writes the first `capacity` bytes and sets `*length` to how many there are in all. They may be
 * a part of a character. Returns TOK_OK, TOK_E_UNKNOWN_ID or TOK_E_CAPACITY.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_bytes_of(const tok_tokenizer *tokenizer, tok_id id, char *bytes,
                                size_t capacity, size_t *length);

/**
 * The id of the token that plays a part, where the vocabulary's files say so.
 *
 * @param role  a TOK_ROLE.
 *
 * Returns TOK_OK; TOK_E_UNKNOWN_ID where there is none.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_id_of_role(const tok_tokenizer *tokenizer, int32_t role, tok_id *id);

/* ---- Encoding ------------------------------------------------------------------------------- */

/**
 * Makes a context.
 *
 * @param cache_limit  how many bytes its cache may grow to, at least 256 kB; 0 for 32 MB.
 * @param context      the new context, to be freed with tok_context_free(); NULL on failure.
 *
 * Threads: one at a time, else the call returns TOK_E_BUSY. Since 0.1.
 */
TOK_API tok_status tok_context_create(size_t cache_limit, tok_context **context);

/**
 * Frees a context; NULL is left alone. No call with it may still be going on.
 *
 * Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_context_free(tok_context *context);

/**
 * Encodes UTF-8 text.
 *
 * Writes the first `capacity` ids and sets `*count` to how many there are in all; capacity 0
 * measures. Bytes that are not UTF-8 are encoded as they are by byte-level models, as U+FFFD by
 * others. With a context, and once that has met texts like this one, nothing is allocated.
 * Exceptions are normalizers that compose or decompose characters or replace patterns, where a text
 * gives them something to do, and words of several kilobytes with Unigram models.
 *
 * @param options  may be NULL.
 * @param context  may be NULL: then one is borrowed for the call.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: `tokenizer` may be shared, `context` may not. Returns TOK_OK, or TOK_E_CAPACITY if ids
 * were left out. Since 0.1.
 */
TOK_API tok_status tok_encode(const tok_tokenizer *tokenizer, const char *text, size_t length,
                              const tok_encode_options *options, tok_context *context,
                              tok_id *ids, size_t capacity, size_t *count, tok_error **error);

/**
 * Counts the ids of a text, without writing them.
 *
 * The arguments are those of tok_encode().
 *
 * Threads: one at a time for `context`. Since 0.1.
 */
TOK_API tok_status tok_count(const tok_tokenizer *tokenizer, const char *text, size_t length,
                             const tok_encode_options *options, tok_context *context,
                             size_t *count, tok_error **error);

/**
 * Encodes UTF-8 text to ids with the bytes of the text that they stand for.
 *
 * Writes the first `capacity` tokens and sets `*count` to how many there are in all. Where a
 * normalizer changed a stretch, its tokens have the whole stretch; tokens of the template have
 * empty ranges at the ends. The other arguments are those of tok_encode().
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenize(const tok_tokenizer *tokenizer, const char *text, size_t length,
                                const tok_encode_options *options, tok_token *tokens,
                                size_t capacity, size_t *count, tok_error **error);

/**
 * Encodes the text that parts make together, each with a trust of its own: what a template writes may
 * be special tokens, what users wrote may not.
 *
 * A special token is one only where it stands within a part that allows it. `options.special` is
 * not looked at. The other arguments are those of tok_encode().
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_encode_parts(const tok_tokenizer *tokenizer, const tok_part *parts,
                                    size_t part_count, const tok_encode_options *options,
                                    tok_id *ids, size_t capacity, size_t *count, tok_error **error);

/* ---- Many texts ----------------------------------------------------------------------------- */

/**
 * Encodes many texts on several threads.
 *
 * @param text        all texts, one behind another, UTF-8.
 * @param ends        where each text ends in `text`, ascending; the last one may end before `length`.
 * @param text_count  how many texts there are.
 * @param threads     how many threads work, at least 1; the result is the same for any number.
 * @param batch       the ids, to be freed with tok_batch_free(); NULL on failure.
 *
 * The other arguments are those of tok_encode(). The error's place says which text. Works in a
 * forked child.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_encode_batch(const tok_tokenizer *tokenizer, const char *text,
                                    size_t length, const size_t *ends, size_t text_count,
                                    const tok_encode_options *options, int32_t threads,
                                    tok_batch **batch, tok_error **error);

/**
 * All ids of a batch, and how many there are; they stay until it is freed. NULL for no batch.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const tok_id *tok_batch_ids(const tok_batch *batch, size_t *count);

/**
 * Where the ids of each text end among those of the batch, and how many texts there are; they
 * stay until it is freed. NULL for no batch.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const size_t *tok_batch_ends(const tok_batch *batch, size_t *count);

/**
 * Frees a batch; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_batch_free(tok_batch *batch);

/* ---- Texts as models take them -------------------------------------------------------------- */

/**
 * Encodes texts as a model takes them: one by one, or in pairs; with ranges, words, types and masks;
 * cut and filled as `options` say.
 *
 * @param firsts     `count` texts.
 * @param seconds    NULL, or `count` texts that are encoded together with the first ones.
 * @param options    may be NULL.
 * @param threads    how many threads work, at least 1; the result is the same for any number.
 * @param encodings  room for `count` encodings, each to be freed with tok_encoding_free(); all NULL on
 *                   failure.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_encode_texts(const tok_tokenizer *tokenizer, const tok_text *firsts,
                                    const tok_text *seconds, size_t count,
                                    const tok_text_options *options, int32_t threads,
                                    tok_encoding **encodings, tok_error **error);

/**
 * How many parts an encoding has: 1, and one for each part that overflows and was kept; 0 for
 * none.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API size_t tok_encoding_part_count(const tok_encoding *encoding);

/**
 * Shows the tokens of a part, 0 being the first one.
 *
 * @param view  is filled with pointers that stay until the encoding is freed.
 *
 * Returns TOK_OK; TOK_E_ARGUMENT for a part that there is not.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_encoding_part(const tok_encoding *encoding, size_t part,
                                     tok_encoding_view *view);

/**
 * Frees an encoding; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_encoding_free(tok_encoding *encoding);

/* ---- Encodings by chance and others --------------------------------------------------------- */

/**
 * Encodes a text by chance, for training models.
 *
 * @param options  with a drawing and a seed: the same seed gives the same ids, also when a first call only
 *                 measures. NULL draws nothing by chance.
 *
 * The other arguments are those of tok_encode(). Returns TOK_E_UNSUPPORTED for a drawing that the
 * model does not know, or whose number is out of bounds.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_draw(const tok_tokenizer *tokenizer, const char *text, size_t length,
                            const tok_draw_options *options, tok_id *ids, size_t capacity,
                            size_t *count, tok_error **error);

/**
 * The best encodings of a text by the scores of a Unigram model, best first; fewer than `limit` if there
 * are no more. The template and added tokens take no part.
 *
 * @param limit      how many are wanted.
 * @param encodings  a text's place for each encoding, to be freed with tok_batch_free(); NULL on failure.
 * @param scores     room for `limit` scores, or NULL.
 * @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_UNSUPPORTED for a model without scores.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_best_encodings(const tok_tokenizer *tokenizer, const char *text,
                                      size_t length, size_t limit, tok_batch **encodings,
                                      double *scores, tok_error **error);

/**
 * Makes a tokenizer that cuts words in another way; normalizer, splitter, added tokens, template and decoder
 * stay.
 *
 * @param cutting      a TOK_CUTTING.
 * @param scores       for TOK_CUTTING_HIGHEST_LIKELIHOOD one for each id; otherwise NULL.
 * @param score_count  how many: tok_id_count().
 * @param other        the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old
 *                     one stays.
 * @param error        what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_UNSUPPORTED where tokens are spelled by their place in the word.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_cut(const tok_tokenizer *tokenizer, int32_t cutting,
                                     const double *scores, size_t score_count,
                                     tok_tokenizer **other, tok_error **error);

/* ---- Decoding ------------------------------------------------------------------------------- */

/**
 * Decodes ids to UTF-8.
 *
 * Writes the first `capacity` bytes, without a NUL behind them, and sets `*length` to how many there
 * are in all.
 *
 * @param special       whether special tokens are written, too; the originals leave them out.
 * @param invalid_utf8  a TOK_INVALID_UTF8: ids cut from a longer list may end inside a character.
 *
 * Threads: `tokenizer` may be shared. Returns TOK_OK; TOK_E_UNKNOWN_ID for an id without a token;
 * TOK_E_CAPACITY if bytes were left out. Since 0.1.
 */
TOK_API tok_status tok_decode(const tok_tokenizer *tokenizer, const tok_id *ids, size_t count,
                              bool special, int32_t invalid_utf8, char *text, size_t capacity,
                              size_t *length, tok_error **error);

/* ---- Texts and ids that come in parts ------------------------------------------------------- */

/**
 * Makes an encoder of a text that comes in parts.
 *
 * @param options  may be NULL.
 * @param encoder  the new encoder, to be freed with tok_encoder_free(); NULL on failure. The tokenizer
 *                 may be freed before it.
 *
 * Returns TOK_OK; TOK_E_UNSUPPORTED for a tokenizer that may need all of a text.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_encoder_create(const tok_tokenizer *tokenizer,
                                      const tok_encode_options *options, tok_encoder **encoder,
                                      tok_error **error);

/**
 * Takes the next part of the text, which may end within a character.
 *
 * Ids that nothing behind can change are then there to be fetched with tok_encoder_fetch(). All
 * ids together are those of the whole text, however it is cut.
 *
 * Threads: one at a time for `encoder`. Since 0.1.
 */
TOK_API tok_status tok_encoder_append(tok_encoder *encoder, const char *text, size_t length,
                                      tok_error **error);

/**
 * Ends the text: the rest of its ids is there to be fetched. The encoder is then as new.
 *
 * Threads: one at a time for `encoder`. Since 0.1.
 */
TOK_API tok_status tok_encoder_finish(tok_encoder *encoder, tok_error **error);

/**
 * Fetches ids, up to `capacity`, and sets `*count` to how many were written and `*left` to how
 * many more there are now; `left` may be NULL.
 *
 * Threads: one at a time for `encoder`. Since 0.1.
 */
TOK_API tok_status tok_encoder_fetch(tok_encoder *encoder, tok_id *ids, size_t capacity,
                                     size_t *count, size_t *left);

/**
 * Frees an encoder; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_encoder_free(tok_encoder *encoder);

/**
 * Makes a decoder of ids that come one after another.
 *
 * @param special  whether special tokens are written, too.
 * @param decoder  the new decoder, to be freed with tok_decoder_free(); NULL on failure. The tokenizer
 *                 may be freed before it.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_decoder_create(const tok_tokenizer *tokenizer, bool special,
                                      tok_decoder **decoder);

/**
 * Takes an id and writes the text that it completes: whole characters, often none.
 *
 * Writes the first `capacity` bytes and sets `*length` to how many there are. What had no room
 * stays and comes first at the next call: TOK_E_CAPACITY says so; call tok_decoder_fetch() for
 * it. Returns TOK_E_UNKNOWN_ID for an id without a token, which changes nothing.
 *
 * Threads: one at a time for `decoder`. Since 0.1.
 */
TOK_API tok_status tok_decoder_append(tok_decoder *decoder, tok_id id, char *text,
                                      size_t capacity, size_t *length, tok_error **error);

/**
 * Writes text that had no room before. As tok_decoder_append() without an id.
 *
 * Threads: one at a time for `decoder`. Since 0.1.
 */
TOK_API tok_status tok_decoder_fetch(tok_decoder *decoder, char *text, size_t capacity,
                                     size_t *length);

/**
 * Writes what was kept, repaired: the end of a character that did not come. The decoder is then
 * as new. As tok_decoder_append() without an id.
 *
 * Threads: one at a time for `decoder`. Since 0.1.
 */
TOK_API tok_status tok_decoder_finish(tok_decoder *decoder, char *text, size_t capacity,
                                      size_t *length, tok_error **error);

/**
 * Frees a decoder; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_decoder_free(tok_decoder *decoder);

/**
 * Makes the encoding of the empty text, to which text is appended.
 *
 * @param options  may be NULL.
 * @param growing  the new encoding, to be freed with tok_growing_text_free(); NULL on failure. The
 *                 tokenizer may be freed before it.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_UNSUPPORTED for a tokenizer that may need all of a text.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_growing_text_create(const tok_tokenizer *tokenizer,
                                           const tok_encode_options *options,
                                           tok_growing_text **growing, tok_error **error);

/**
 * Appends text, which costs about what encoding it alone costs.
 *
 * @param kept     how many ids at the front are as they were before; all behind them are new. May be NULL.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * All is as it was before on failure.
 *
 * Threads: one at a time for `growing`. Since 0.1.
 */
TOK_API tok_status tok_growing_text_append(tok_growing_text *growing, const char *text,
                                           size_t length, size_t *kept, tok_error **error);

/**
 * Copies ids of the whole text so far.
 *
 * Writes the ids from `start` on, at most `capacity`, and sets `*count` to how many there are from `start`
 * on.
 *
 * Returns TOK_OK; TOK_E_CAPACITY if ids were left out.
 *
 * Threads: one at a time for `growing`. Since 0.1.
 */
TOK_API tok_status tok_growing_text_ids(tok_growing_text *growing, size_t start, tok_id *ids,
                                        size_t capacity, size_t *count);

/**
 * Frees the encoding of a growing text; NULL is left alone. Returns TOK_E_HANDLE for what is
 * none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_growing_text_free(tok_growing_text *growing);

/* ---- Chat templates ------------------------------------------------------------------------- */

/**
 * Loads a chat template from a model's folder, its tokenizer_config.json, a GGUF file, or a file that is the
 * template itself.
 *
 * @param path      UTF-8, NUL-terminated.
 * @param name      one of several templates, as `tool_use`; NULL for the one without a name.
 * @param chat_template  the new template, to be freed with tok_chat_template_free(); NULL on failure.
 * @param error     what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_chat_template_load(const char *path, const char *name,
                                          tok_chat_template **chat_template, tok_error **error);

/**
 * Reads a chat template from memory.
 *
 * @param source          Jinja, UTF-8.
 * @param special_tokens  a JSON object of the model's special tokens by the names that templates have for
 *                        them, as {"bos_token": "<s>"}, NUL-terminated; or NULL.
 * @param chat_template   the new template, to be freed with tok_chat_template_free(); NULL on failure.
 * @param error           what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_chat_template_create(const char *source, size_t length,
                                            const char *special_tokens,
                                            tok_chat_template **chat_template, tok_error **error);

/**
 * Frees a chat template; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_chat_template_free(tok_chat_template *chat_template);

/**
 * Puts a conversation into a chat template.
 *
 * @param conversation  JSON: a list of messages, or an object with `messages` and, where wanted, `tools`,
 *                      `documents`, `add_generation_prompt` and whatever else the template knows.
 * @param options       may be NULL.
 * @param chat          the text and who wrote what of it, to be freed with tok_chat_free(); NULL on
 *                      failure. The template may be freed before it.
 * @param error         what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_TEMPLATE for what the template does wrong with these messages.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_chat_render(const tok_chat_template *chat_template,
                                   const char *conversation, size_t length,
                                   const tok_chat_options *options, tok_chat **chat,
                                   tok_error **error);

/**
 * The text of a chat, exactly what the model sees, and its length; a NUL stands behind it. It stays until
 * the chat is freed. NULL and 0 for no chat.
 *
 * @param length  may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const char *tok_chat_text(const tok_chat *chat, size_t *length);

/**
 * The parts of a chat, for tok_encode_parts(): what the template wrote may be special tokens, what users
 * wrote is as `users` of the options says. They stay until the chat is freed. NULL and 0 for no chat.
 *
 * @param count  may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API const tok_part *tok_chat_parts(const tok_chat *chat, size_t *count);

/**
 * Frees a chat; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_chat_free(tok_chat *chat);

/* ---- Training ------------------------------------------------------------------------------- */

/**
 * Makes a trainer.
 *
 * @param kind     NUL-terminated: `bpe`, `wordpiece`, `unigram`, `sentencepiece_bpe`, `superbpe`,
 *                 `boundless`, `lib` (Less-is-Better), or `extend`: more tokens for a tokenizer that there is.
 * @param base     the tokenizer that `extend` and, if it is not NULL, `lib` go on from; otherwise NULL. It
 *                 may be freed before the trainer.
 * @param trainer  the new trainer, to be freed with tok_trainer_free(); NULL on failure.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_trainer_create(const char *kind, const tok_tokenizer *base,
                                      tok_trainer **trainer, tok_error **error);

/**
 * Sets an option. Options that are lists take one more element with each call; flags are `true` or `false`.
 *
 * `bpe` and `wordpiece`, by the names of huggingface's trainers: vocab_size, min_frequency,
 * special_tokens (a list), unk_token, initial_alphabet (`bytes`, `none`, or characters), limit_alphabet,
 * character_coverage, continuing_subword_prefix, end_of_word_suffix, max_token_length, required_tokens (a
 * list); pattern (a regular expression, or gpt2, cl100k, o200k, bert, whitespace, metaspace, none),
 * dialect (rust, oniguruma), normalize (a list of nfc, nfd, nfkc, nfkd, lowercase, strip-accents, nmt,
 * strip, bert, bert-cased). Only `bpe`: characters (tokens are made of characters instead of bytes),
 * compatibility (none, huggingface), picky_threshold. Only `wordpiece`: score (counts, likelihood).
 *
 * `unigram` and `sentencepiece_bpe`: the options of sentencepiece's trainer that change its result, by
 * its names.
 *
 * `superbpe`: vocab_size, word_merges, word_limit, keep_colons_out, min_frequency, special_tokens,
 * word_pattern, chunk_pattern, chunk_length. `boundless`: vocab_size, tau, min_frequency, special_tokens,
 * pattern, join_pattern, dialect, compatibility (none, authors). `extend`: vocab_size, min_frequency, max_token_length. `lib`:
 * variant (lib2020, lib2023) and published first, then vocab_size, documents, memorizing_rate,
 * forgetting_rate, update_rate, life, max_token_length, max_gap, inspect_context, seed, keep_characters,
 * byte_fallback, unk_token, reading_limit, skip_lone_units.
 *
 * @param name   NUL-terminated.
 * @param value  UTF-8, NUL-terminated.
 * @param error  what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_OPTION for a name that the trainer does not have and a value without
 * meaning.
 *
 * Threads: one at a time for `trainer`. Since 0.1.
 */
TOK_API tok_status tok_trainer_set(tok_trainer *trainer, const char *name, const char *value,
                                   tok_error **error);

/**
 * Adds a file to what is trained on.
 *
 * @param path     UTF-8, NUL-terminated. The file is read when the training runs.
 * @param options  may be NULL.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: one at a time for `trainer`. Since 0.1.
 */
TOK_API tok_status tok_trainer_add_file(tok_trainer *trainer, const char *path,
                                        const tok_source_options *options, tok_error **error);

/**
 * Adds a text in memory to what is trained on. It is not copied: it must stay as it is until the trainer is
 * freed.
 *
 * @param text     UTF-8; what is none is trained on as it is by byte-level trainers.
 * @param options  may be NULL; `content` must be TOK_CONTENT_TEXT.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: one at a time for `trainer`. Since 0.1.
 */
TOK_API tok_status tok_trainer_add_text(tok_trainer *trainer, const char *text, size_t length,
                                        const tok_source_options *options, tok_error **error);

/**
 * Adds texts that a function gives, one after another, to what is trained on. They are read while the
 * training runs, and not kept.
 *
 * @param next     see tok_next_text.
 * @param user     what `next` is given.
 * @param options  may be NULL; `content` must be TOK_CONTENT_TEXT.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * A training that reads its texts twice, or goes on from a checkpoint, asks for them again:
 * `next` must begin anew behind their end.
 *
 * Threads: one at a time for `trainer`. Since 0.1.
 */
TOK_API tok_status tok_trainer_add_texts(tok_trainer *trainer, tok_next_text next, void *user,
                                         const tok_source_options *options, tok_error **error);

/**
 * Trains.
 *
 * The result is the same for any number of threads and on any machine.
 *
 * @param options    may be NULL.
 * @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
 * @param report     JSON, to be freed with tok_bytes_free(): `tokens`, `requested`, `shortage` (why there
 *                   are fewer, or null) and `remarks`; may be NULL.
 * @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK, also when `progress` ended it; TOK_E_OPTION, TOK_E_INPUT, TOK_E_UNREADABLE and
 * others.
 *
 * Threads: one at a time for `trainer`. Since 0.1.
 */
TOK_API tok_status tok_trainer_run(tok_trainer *trainer, const tok_run_options *options,
                                   tok_tokenizer **tokenizer, tok_bytes **report,
                                   tok_error **error);

/**
 * Counts the words of the texts and writes them to a file, which other trainers with the same pattern and
 * normalization can be given as TOK_CONTENT_WORD_COUNTS: so counting can be done on many machines.
 *
 * @param path     the file to write, UTF-8, NUL-terminated.
 * @param options  may be NULL.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_UNSUPPORTED for a trainer that reads more than words, as `lib`.
 *
 * Threads: one at a time for `trainer`. Since 0.1.
 */
TOK_API tok_status tok_trainer_count(tok_trainer *trainer, const char *path,
                                     const tok_run_options *options, tok_error **error);

/**
 * Frees a trainer; NULL is left alone. Returns TOK_E_HANDLE for what is none.
 *
 * Threads: no other call may be using it. Since 0.1.
 */
TOK_API tok_status tok_trainer_free(tok_trainer *trainer);

/* ---- Smaller vocabularies ------------------------------------------------------------------- */

/**
 * Makes a tokenizer with fewer tokens: those that texts use most.
 *
 * Ids are given anew, without holes, in the order of the old ones. Bytes, characters, special tokens and
 * what other tokens are merged from stay in any case.
 *
 * @param uses        how much each id is wanted, as how often texts use it; 0 for ids that may go.
 * @param use_count   how many: tok_id_count().
 * @param token_count how many tokens there are at most, where so few can do; 0 for all with uses.
 * @param new_ids     room for `use_count` ids: the new one of each old one, TOK_NO_ID for those that are
 *                    gone; or NULL.
 * @param smaller     the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old one
 *                    stays.
 * @param error       what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_trim(const tok_tokenizer *tokenizer, const uint64_t *uses,
                                      size_t use_count, size_t token_count, tok_id *new_ids,
                                      tok_tokenizer **smaller, tok_error **error);

/**
 * Makes a tokenizer without the merges that mostly join what belongs to different morphemes: BPE-knockout
 * (Bauwens and Delobelle 2024).
 *
 * @param lexicon  a line for each word: the word, a tab, its morphemes with spaces between them, and
 *                 perhaps a tab and how much it counts.
 * @param options  may be NULL.
 * @param new_ids  room for `id_count` ids: the new one of each old one, TOK_NO_ID for those that are
 *                 gone; or NULL.
 * @param id_count tok_id_count().
 * @param smaller  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old one
 *                 stays.
 * @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
 *
 * Returns TOK_OK; TOK_E_MALFORMED for a tokenizer whose tokens are not merged in one order.
 *
 * Threads: any, at once. Since 0.1.
 */
TOK_API tok_status tok_tokenizer_knock_out(const tok_tokenizer *tokenizer, const char *lexicon,
                                           size_t length, const tok_knockout_options *options,
                                           tok_id *new_ids, size_t id_count,
                                           tok_tokenizer **smaller, tok_error **error);

#ifdef __cplusplus
}
#endif

#endif
