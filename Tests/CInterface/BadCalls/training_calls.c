/* Calls that have to do with training. */
#include "calls.h"

static const char *const kinds[] = {"bpe", "wordpiece", "unigram", "sentencepiece_bpe", "superbpe", "lib"};

static void trainer_create(void) {
  owned *entry = NULL;
  const char *kind = kinds[random_below(&dice, 6)];
  const tok_tokenizer *base = NULL;
  tok_trainer *made, **to;
  tok_error **error;
  tok_status status;
  void *overflow;
  unsigned may = MAY(TOK_OK);
  begin("tok_trainer_create");
  if (by_chance(6)) {
    kind = "extend";
    base = small_tokenizer(&entry);
    if (!base) bad(TOK_E_ARGUMENT);
    may |= MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_OPTION) | MAY(TOK_E_MALFORMED);
  } else if (by_chance(badness)) {
    kind = "no such trainer";
    bad(TOK_E_ARGUMENT);
    bad(TOK_E_OPTION);
    bad(TOK_E_UNSUPPORTED);
  }
  kind = c_text(kind, 0);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_trainer_create(kind, base, to, error);
  judge(status, may);
  if (status != TOK_OK) return;
  /* Sizes that suit such little texts. */
  tok_trainer_set(made, "vocab_size", "270", NULL);
  tok_trainer_set(made, "documents", "20", NULL);
  keep(TRAINER, made, &overflow);
  if (overflow) CHECK(tok_trainer_free(overflow) == TOK_OK);
}

static void trainer_set(void) {
  static const char *const names[] = {"vocab_size", "min_frequency", "special_tokens", "unk_token", "pattern",
                                      "dialect", "normalize", "limit_alphabet", "character_coverage",
                                      "max_token_length", "byte_fallback", "split_digits", "word_limit",
                                      "num_sub_iterations", "shrinking_factor", "published", "variant", "",
                                      "no such option"};
  static const char *const values[] = {"", "true", "false", "0", "1", "-1", "270", "300", "0.5", "1e300", "nan",
                                       "99999999999999999999", "2147483648", "[UNK]", "(", "\\s+", "gpt2",
                                       "rust", "nfkc", "lib2020"};
  owned *entry;
  tok_trainer *trainer;
  const char *name, *value;
  tok_error **error;
  begin("tok_trainer_set");
  trainer = handle(TRAINER, &entry);
  name = c_text(names[random_below(&dice, sizeof names / sizeof *names)], 0);
  value = c_text(values[random_below(&dice, sizeof values / sizeof *values)], 0);
  error = error_place();
  maybe(MAY(TOK_E_OPTION));
  judge(tok_trainer_set(trainer, name, value, error), MAY(TOK_OK));
}

static const tok_source_options *source_options(tok_source_options *options, int32_t content) {
  memset(options, 0, sizeof *options);
  options->unit = enumeration(TOK_TRAINING_UNIT_DOCUMENT + 1);
  options->content = content;
  options->field = c_text("text", 1);
  if (by_chance(4)) options->weight = by_chance(2) ? 2.5 : by_chance(2) ? -1 : 1e9;
  if (options->weight < 0 || options->weight > 1e6) bad(TOK_E_ARGUMENT), bad(TOK_E_OPTION);
  return sized_options(options, sizeof *options);
}

static void add_file(void) {
  static const char *const missing[] = {"/nowhere/text", "/dev/null", ""};
  owned *entry;
  tok_trainer *trainer;
  const char *path;
  tok_source_options options;
  const tok_source_options *given;
  tok_error **error;
  begin("tok_trainer_add_file");
  trainer = handle(TRAINER, &entry);
  path = c_text(missing[random_below(&dice, sizeof missing / sizeof *missing)], 0);
  given = source_options(&options, enumeration(TOK_CONTENT_WORD_COUNTS + 1));
  error = error_place();
  judge(tok_trainer_add_file(trainer, path, given, error),
        MAY(TOK_OK) | MAY(TOK_E_OPTION) | MAY(TOK_E_ARGUMENT) | MAY(TOK_E_UNREADABLE));
}

static void add_text(void) {
  owned *entry;
  tok_trainer *trainer;
  size_t index, length;
  const char *text;
  tok_source_options options;
  const tok_source_options *given;
  tok_error **error;
  begin("tok_trainer_add_text");
  trainer = handle(TRAINER, &entry);
  text = text_input(&index, &length);
  given = source_options(&options, TOK_CONTENT_TEXT);
  error = error_place();
  judge(tok_trainer_add_text(trainer, text, length, given, error),
        MAY(TOK_OK) | MAY(TOK_E_OPTION) | MAY(TOK_E_ARGUMENT));
}

/* Gives a few texts, then the end; sometimes what it may not give. */
static int32_t next_text(void *user, const char **text, size_t *length) {
  size_t *count = user;
  const struct text *one = &texts[*count % TEXTS];
  if (++*count % 5 == 0) return 0;
  if (*count % 67 == 0) return -1;
  if (*count % 71 == 0) {
    *text = NULL;
    *length = 5;
    return 1;
  }
  if (*count % 73 == 0) {
    *text = one->bytes;
    *length = SIZE_MAX;
    return 1;
  }
  *text = one->bytes;
  *length = one->length;
  return 1;
}

static void add_texts(void) {
  static size_t counts[8];
  owned *entry;
  tok_trainer *trainer;
  tok_next_text next = next_text;
  tok_source_options options;
  const tok_source_options *given;
  tok_error **error;
  begin("tok_trainer_add_texts");
  trainer = handle(TRAINER, &entry);
  if (by_chance(badness)) next = NULL, bad(TOK_E_ARGUMENT);
  given = source_options(&options, TOK_CONTENT_TEXT);
  error = error_place();
  judge(tok_trainer_add_texts(trainer, next, &counts[random_below(&dice, 8)], given, error),
        MAY(TOK_OK) | MAY(TOK_E_OPTION) | MAY(TOK_E_ARGUMENT));
}

static int32_t progress(void *user, const tok_progress *progress) {
  /* An older header has no `user`. */
  CHECK(progress->phase[0] && (user == &dice || !user));
  return 0;
}

static const tok_run_options *run_options(tok_run_options *options) {
  memset(options, 0, sizeof *options);
  options->threads = by_chance(2) ? 0 : 2;
  if (by_chance(badness)) options->threads = -1, bad(TOK_E_ARGUMENT);
  options->memory_limit = by_chance(3) ? random_bits(&dice) : 0;
  options->checkpoint_interval = by_chance(8) ? -1 : 0;
  options->progress = by_chance(2) ? progress : NULL;
  options->user = &dice;
  return sized_options(options, sizeof *options);
}

/* What can go wrong while a training with options and texts by chance goes on. */
#define TRAINING_FAILURES                                                                          \
  (MAY(TOK_E_OPTION) | MAY(TOK_E_INPUT) | MAY(TOK_E_UNREADABLE) | MAY(TOK_E_LIMIT) |               \
   MAY(TOK_E_MALFORMED) | MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_ARGUMENT) | MAY(TOK_E_UNWRITABLE) |   \
   MAY(TOK_E_CHECKPOINT))

static void run(void) {
  owned *entry;
  tok_trainer *trainer;
  tok_run_options options;
  const tok_run_options *given;
  tok_tokenizer *made, **to;
  tok_bytes *report = NULL, **report_to;
  tok_error **error;
  tok_status status;
  begin("tok_trainer_run");
  trainer = handle(TRAINER, &entry);
  given = run_options(&options);
  to = place(&made, sizeof made);
  report_to = by_chance(2) ? NULL : &report;
  error = error_place();
  status = tok_trainer_run(trainer, given, to, report_to, error);
  judge(status, MAY(TOK_OK) | TRAINING_FAILURES);
  if (status != TOK_OK) return;
  keep_bytes(report);
  try_tokenizer(made);
  drop(TRAINER, entry);
  CHECK(tok_trainer_free(trainer) == TOK_OK);
}

static void count(void) {
  owned *entry;
  tok_trainer *trainer;
  const char *path;
  tok_run_options options;
  const tok_run_options *given;
  tok_error **error;
  begin("tok_trainer_count");
  trainer = handle(TRAINER, &entry);
  path = c_text("/nowhere/counts", 0);
  given = run_options(&options);
  error = error_place();
  judge(tok_trainer_count(trainer, path, given, error), TRAINING_FAILURES);
}

static tok_status release_trainer(void *trainer) { return tok_trainer_free(trainer); }
static void trainer_free(void) { free_one("tok_trainer_free", TRAINER, release_trainer); }

const call training_calls[] = {
    {"tok_trainer_create", trainer_create, 2},
    {"tok_trainer_set", trainer_set, 3},
    {"tok_trainer_add_file", add_file, 1},
    {"tok_trainer_add_text", add_text, 3},
    {"tok_trainer_add_texts", add_texts, 1},
    {"tok_trainer_run", run, 1},
    {"tok_trainer_count", count, 1},
    {"tok_trainer_free", trainer_free, 1},
    {NULL, NULL, 0},
};
