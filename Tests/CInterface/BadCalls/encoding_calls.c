/* Calls that encode and decode whole texts. */
#include "calls.h"

const tok_encode_options *encode_options(int *special, int *no_template) {
  static tok_encode_options options;
  const void *found;
  options.size = sizeof options;
  options.special = enumeration(TOK_SPECIAL_ONLY_MODEL + 1);
  options.no_template = by_chance(2) ? 0 : by_chance(2) ? 1 : -7;
  found = sized_options(&options, sizeof options);
  *special = options.special;
  *no_template = options.no_template;
  return found;
}

static void compare(const result *expected, const tok_id *ids, size_t capacity, size_t count) {
  size_t written = count < capacity ? count : capacity;
  CHECK(count == expected->count);
  CHECK(!written || memcmp(ids, expected->ids, written * sizeof *ids) == 0);
}

/* What a good call of encoding may come to. */
static unsigned fine(const result *expected) {
  return expected->status == TOK_OK ? MAY(TOK_OK) | MAY(TOK_E_CAPACITY) : MAY(expected->status);
}

static void context_create(void) {
  size_t limit = by_chance(3) ? random_below(&dice, 1 << 20) : 0;
  tok_context *made, **to;
  tok_status status;
  void *overflow;
  begin("tok_context_create");
  if (by_chance(badness)) limit = SIZE_MAX - random_below(&dice, 1000), bad(TOK_E_ARGUMENT);
  to = place(&made, sizeof made);
  status = tok_context_create(limit, to);
  judge(status, MAY(TOK_OK));
  if (status != TOK_OK) return;
  keep(CONTEXT, made, &overflow);
  if (overflow) CHECK(tok_context_free(overflow) == TOK_OK);
}

static tok_status release_context(void *context) { return tok_context_free(context); }
static void context_free(void) { free_one("tok_context_free", CONTEXT, release_context); }

static void encode(void) {
  owned *entry, *memory;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  const char *text;
  tok_context *context;
  tok_id *ids;
  size_t index, length, capacity, count, *to;
  int special, no_template;
  tok_error **error;
  tok_status status;
  const result *expected = NULL;
  begin("tok_encode");
  tokenizer = handle(TOKENIZER, &entry);
  text = text_input(&index, &length);
  options = encode_options(&special, &no_template);
  context = handle_or_null(CONTEXT, &memory);
  ids = room(sizeof *ids, sizeof *ids, &capacity);
  to = place(&count, sizeof count);
  error = error_place();
  if (!is_bad()) expected = result_of(entry->model, index, special, no_template);
  status = tok_encode(tokenizer, text, length, options, context, ids, capacity, to, error);
  judge(status, expected ? fine(expected) : 0);
  if (!expected || expected->status != TOK_OK) return;
  compare(expected, ids, capacity, count);
  CHECK((status == TOK_OK) == (count <= capacity));
}

static void count_ids(void) {
  owned *entry, *memory;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  const char *text;
  tok_context *context;
  size_t index, length, count, *to;
  int special, no_template;
  tok_error **error;
  const result *expected = NULL;
  begin("tok_count");
  tokenizer = handle(TOKENIZER, &entry);
  text = text_input(&index, &length);
  options = encode_options(&special, &no_template);
  context = handle_or_null(CONTEXT, &memory);
  to = place(&count, sizeof count);
  error = error_place();
  if (!is_bad()) expected = result_of(entry->model, index, special, no_template);
  judge(tok_count(tokenizer, text, length, options, context, to, error),
        expected ? MAY(expected->status) : 0);
  if (expected && expected->status == TOK_OK) CHECK(count == expected->count);
}

static void tokenize(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  const char *text;
  tok_token *tokens;
  size_t index, length, capacity, count, *to, token;
  int special, no_template;
  tok_error **error;
  tok_status status;
  const result *expected = NULL;
  begin("tok_tokenize");
  tokenizer = handle(TOKENIZER, &entry);
  text = text_input(&index, &length);
  options = encode_options(&special, &no_template);
  tokens = room(sizeof *tokens, sizeof(size_t), &capacity);
  to = place(&count, sizeof count);
  error = error_place();
  if (!is_bad()) expected = result_of(entry->model, index, special, no_template);
  status = tok_tokenize(tokenizer, text, length, options, tokens, capacity, to, error);
  judge(status, expected ? fine(expected) : 0);
  if (!expected || expected->status != TOK_OK) return;
  CHECK(count == expected->count && (status == TOK_OK) == (count <= capacity));
  for (token = 0; token < count && token < capacity; token++) {
    CHECK(tokens[token].id == expected->ids[token]);
    CHECK(tokens[token].start <= tokens[token].end && tokens[token].end <= length);
  }
}

static void encode_parts(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  const tok_part *given;
  static tok_part parts[4];
  char whole[4096];
  size_t part_count = random_below(&dice, 5), part, length = 0, capacity, count, *to;
  int special, no_template, are_alike = by_chance(2);
  int32_t same = (int32_t)random_below(&dice, 4);
  tok_id *ids;
  tok_error **error;
  tok_status status;
  begin("tok_encode_parts");
  for (part = 0; part < part_count; part++) {
    size_t index;
    parts[part].text = text_input(&index, &parts[part].length);
    parts[part].special = are_alike ? same : enumeration(TOK_SPECIAL_ONLY_MODEL + 1);
    parts[part].reserved = 0;
    if (is_bad()) continue;
    memcpy(whole + length, texts[index].bytes, texts[index].length);
    length += texts[index].length;
  }
  tokenizer = handle(TOKENIZER, &entry);
  options = encode_options(&special, &no_template);
  given = input(parts, &part_count, sizeof *parts, sizeof(void *));
  ids = room(sizeof *ids, sizeof *ids, &capacity);
  to = place(&count, sizeof count);
  error = error_place();
  status = tok_encode_parts(tokenizer, given, part_count, options, ids, capacity, to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_CAPACITY) | ENCODING_FAILURES);
  if (is_bad()) return;
  if (are_alike) {
    result expected = encode_plainly(tokenizer, whole, length, part_count ? same : 0, no_template);
    CHECK(expected.status == TOK_OK ? status == TOK_OK || status == TOK_E_CAPACITY
                                    : status == expected.status);
    if (expected.status == TOK_OK) compare(&expected, ids, capacity, count);
    free(expected.ids);
  }
}

/* ---- Many texts ----------------------------------------------------------------------------- */

static void encode_batch(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  static size_t ends[8];
  size_t indices[8];
  char whole[8192];
  const char *text;
  const size_t *given;
  size_t count = random_below(&dice, 7), index, length = 0, given_length, given_count, start = 0;
  int special, no_template;
  int32_t thread_count;
  tok_batch *batch, **to;
  tok_error **error;
  tok_status status;
  unsigned may = MAY(TOK_OK);
  void *overflow;
  const tok_id *ids;
  const size_t *id_ends;
  begin("tok_encode_batch");
  for (index = 0; index < count; index++) {
    const struct text *one = &texts[indices[index] = random_below(&dice, TEXTS)];
    memcpy(whole + length, one->bytes, one->length);
    ends[index] = length += one->length;
  }
  tokenizer = handle(TOKENIZER, &entry);
  given_length = length;
  text = input(whole, &given_length, 1, 1);
  given_count = count;
  given = input(ends, &given_count, sizeof *ends, sizeof *ends);
  if (count > 1 && given_count == count && by_chance(badness)) {
    ends[count / 2] = by_chance(2) ? SIZE_MAX : length + 1;
    bad(TOK_E_ARGUMENT);
  }
  options = encode_options(&special, &no_template);
  thread_count = threads();
  to = place(&batch, sizeof batch);
  error = error_place();
  if (!is_bad())
    for (index = 0; index < count; index++) {
      const result *expected = result_of(entry->model, indices[index], special, no_template);
      if (expected->status == TOK_OK) continue;
      may = (may & ~MAY(TOK_OK)) | MAY(expected->status);
    }
  status = tok_encode_batch(tokenizer, text, given_length, given, given_count, options, thread_count,
                            to, error);
  judge(status, may);
  if (status != TOK_OK) return;
  ids = tok_batch_ids(batch, &length);
  id_ends = tok_batch_ends(batch, &given_count);
  CHECK(given_count == count && (count == 0 || id_ends[count - 1] == length));
  for (index = 0; index < count; start = id_ends[index++])
    compare(result_of(entry->model, indices[index], special, no_template), ids + start, SIZE_MAX,
            id_ends[index] - start);
  keep(BATCH, batch, &overflow);
  if (overflow) CHECK(tok_batch_free(overflow) == TOK_OK);
}

static void batch_ids(void) {
  owned *entry;
  const tok_batch *batch;
  size_t count = 77;
  const tok_id *ids;
  begin("tok_batch_ids");
  batch = handle(BATCH, &entry);
  ids = tok_batch_ids(batch, by_chance(4) ? NULL : &count);
  CHECK(entry ? ids != NULL : ids == NULL && (count == 0 || count == 77));
}

static void batch_ends(void) {
  owned *entry;
  const tok_batch *batch;
  size_t count = 77;
  const size_t *ends;
  begin("tok_batch_ends");
  batch = handle(BATCH, &entry);
  ends = tok_batch_ends(batch, by_chance(4) ? NULL : &count);
  CHECK(entry ? ends != NULL : ends == NULL && (count == 0 || count == 77));
}

static tok_status release_batch(void *batch) { return tok_batch_free(batch); }
static void batch_free(void) { free_one("tok_batch_free", BATCH, release_batch); }

/* ---- Texts as models take them -------------------------------------------------------------- */

static size_t length_option(size_t limit) {
  if (by_chance(3)) return 0;
  if (!by_chance(badness * 3)) return random_below(&dice, limit);
  bad(TOK_E_ARGUMENT);
  return by_chance(2) ? SIZE_MAX : (size_t)INT32_MAX + 1 + random_below(&dice, 1000);
}

static const tok_text_options *text_options(tok_text_options *options) {
  memset(options, 0, sizeof *options);
  options->size = sizeof *options;
  options->special = enumeration(TOK_SPECIAL_ONLY_MODEL + 1);
  options->no_template = by_chance(2);
  options->no_ranges = by_chance(3);
  options->trim_ranges = by_chance(3);
  options->max_length = length_option(40);
  options->stride = length_option(8);
  options->truncation = enumeration(TOK_TRUNCATION_ONLY_SECOND + 1);
  options->truncate_left = by_chance(2);
  options->keep_overflow = by_chance(2);
  options->padding = enumeration(TOK_PADDING_FIXED + 1);
  options->pad_length = length_option(60);
  options->pad_multiple = length_option(10);
  options->pad_left = by_chance(2);
  options->pad_id = (tok_id)random_bits(&dice);
  options->pad_type_id = (int32_t)random_bits(&dice);
  options->unit = enumeration(TOK_UNIT_UTF16 + 1);
  if (!is_bad() && by_chance(2)) options->max_length = 0, options->padding = TOK_PADDING_NONE;
  return sized_options(options, sizeof *options);
}

/* A text, whole or as words. */
static tok_text some_text(size_t *index) {
  static size_t ends[8][3];
  static size_t next;
  tok_text text = {NULL, 0, NULL, 0};
  text.text = text_input(index, &text.length);
  if (is_bad() || by_chance(2)) return text;
  next = (next + 1) % 8;
  ends[next][2] = text.length;
  ends[next][1] = random_below(&dice, text.length + 1);
  ends[next][0] = random_below(&dice, ends[next][1] + 1);
  text.word_ends = ends[next];
  text.word_count = 3;
  if (by_chance(badness)) ends[next][1] = text.length + 1, bad(TOK_E_ARGUMENT);
  text.word_ends = input(text.word_ends, &text.word_count, sizeof(size_t), sizeof(size_t));
  /* NULL would be a whole text. */
  if (!text.word_ends) text.word_ends = ends[next], text.word_count = SIZE_MAX;
  return text;
}

static void check_encoding(const tok_encoding *encoding, const tok_text_options *options) {
  size_t parts = tok_encoding_part_count(encoding), part, token;
  CHECK(parts >= 1 && (parts == 1 || options->keep_overflow));
  for (part = 0; part < parts; part++) {
    tok_encoding_view view;
    CHECK(tok_encoding_part(encoding, part, &view) == TOK_OK);
    CHECK((view.starts == NULL) == (options->no_ranges != 0) || view.count == 0);
    CHECK(!options->max_length || options->padding || view.count <= options->max_length);
    /* What is longer than a fixed length, or than the longest first part, stays as it is. */
    if (options->padding && options->pad_multiple > 1 && part == 0)
      CHECK(view.count % options->pad_multiple == 0 ||
            (options->padding == TOK_PADDING_FIXED && view.count > options->pad_length));
    if (options->padding == TOK_PADDING_FIXED) CHECK(view.count >= options->pad_length);
    for (token = 0; token < view.count; token++) {
      CHECK((view.attention_mask[token] | 1) == 1 && (view.special_mask[token] | 1) == 1);
      CHECK(view.texts[token] >= -1 && view.texts[token] <= 1);
      if (!view.attention_mask[token]) CHECK(view.ids[token] == options->pad_id);
      if (view.starts) CHECK(view.starts[token] <= view.ends[token] && view.words[token] >= -1);
    }
  }
}

static void encode_texts(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  const tok_text_options *options;
  tok_text_options said;
  static tok_text firsts[3], seconds[3];
  size_t indices[3], other, count = random_below(&dice, 4), given_count = count, index;
  const tok_text *first, *second = NULL;
  static tok_encoding *made[128];
  tok_encoding **to;
  int32_t thread_count;
  tok_error **error;
  tok_status status;
  void *overflow;
  begin("tok_encode_texts");
  memset(made, 0, sizeof made);
  tokenizer = handle(TOKENIZER, &entry);
  for (index = 0; index < count; index++) {
    firsts[index] = some_text(&indices[index]);
    seconds[index] = some_text(&other);
  }
  first = input(firsts, &given_count, sizeof *firsts, sizeof(void *));
  options = text_options(&said);
  /* The second texts may be bad where the first ones are not. */
  if (is_bad() || by_chance(3)) second = seconds;
  thread_count = threads();
  to = count && !is_bad() ? place(made, sizeof *made) : made;
  error = error_place();
  status = tok_encode_texts(tokenizer, first, second, given_count, options, thread_count, to, error);
  judge(status, MAY(TOK_OK) | ENCODING_FAILURES);
  if (status != TOK_OK) {
    for (index = 0; to == made && index < count; index++) CHECK(!made[index]);
    return;
  }
  for (index = 0; index < count; index++) {
    check_encoding(made[index], &said);
    if (!second && !firsts[index].word_ends && !said.max_length && !said.padding) {
      tok_encoding_view view;
      CHECK(tok_encoding_part(made[index], 0, &view) == TOK_OK);
      compare(result_of(entry->model, indices[index], said.special, said.no_template), view.ids,
              SIZE_MAX, view.count);
    }
    keep(ENCODING, made[index], &overflow);
    if (overflow) CHECK(tok_encoding_free(overflow) == TOK_OK);
  }
}

static void encoding_part_count(void) {
  owned *entry;
  size_t count;
  begin("tok_encoding_part_count");
  count = tok_encoding_part_count(handle(ENCODING, &entry));
  CHECK(entry ? count >= 1 : count == 0);
}

static void encoding_part(void) {
  owned *entry;
  const tok_encoding *encoding;
  tok_encoding_view view, *to;
  size_t part = 0;
  begin("tok_encoding_part");
  encoding = handle(ENCODING, &entry);
  if (by_chance(badness)) {
    part = entry ? tok_encoding_part_count(encoding) + random_below(&dice, 9) : SIZE_MAX;
    if (by_chance(2)) part = SIZE_MAX - random_below(&dice, 9);
    bad(TOK_E_ARGUMENT);
  }
  to = place(&view, sizeof(void *));
  judge(tok_encoding_part(encoding, part, to), MAY(TOK_OK));
}

static tok_status release_encoding(void *encoding) { return tok_encoding_free(encoding); }
static void encoding_free(void) { free_one("tok_encoding_free", ENCODING, release_encoding); }

/* ---- Decoding ------------------------------------------------------------------------------- */

static void decode(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  static tok_id unknown[3];
  const result *source;
  const tok_id *ids;
  size_t count, capacity, length, *to;
  bool special = by_chance(2);
  int32_t invalid;
  char *text;
  tok_error **error;
  tok_status status;
  unsigned may = MAY(TOK_OK) | MAY(TOK_E_CAPACITY);
  begin("tok_decode");
  tokenizer = handle(TOKENIZER, &entry);
  source = result_of(entry ? entry->model : 0, random_below(&dice, TEXTS), TOK_SPECIAL_TEXT, 0);
  count = source->count;
  ids = source->ids;
  if (by_chance(badness)) {
    unknown[random_below(&dice, 3)] = UINT32_MAX - (tok_id)random_below(&dice, 1000);
    ids = unknown;
    count = 3;
    bad(TOK_E_UNKNOWN_ID);
  }
  ids = input(ids, &count, sizeof *ids, sizeof *ids);
  invalid = enumeration(TOK_INVALID_UTF8_KEEP + 1);
  if (invalid == TOK_INVALID_UTF8_REFUSE) may |= MAY(TOK_E_INVALID_UTF8);
  text = room(1, 1, &capacity);
  to = place(&length, sizeof length);
  error = error_place();
  status = tok_decode(tokenizer, ids, count, special, invalid, text, capacity, to, error);
  judge(status, may);
  if (status == TOK_OK || (status == TOK_E_CAPACITY && !is_bad())) {
    size_t again;
    CHECK((status == TOK_OK) == (length <= capacity));
    CHECK(tok_decode(tokenizer_of(entry->model), ids, count, special, invalid, NULL, 0, &again,
                     NULL) == (again ? TOK_E_CAPACITY : TOK_OK));
    CHECK(again == length);
  }
}

/* ---- Encodings by chance and others --------------------------------------------------------- */

static void draw(void) {
  static const double numbers[] = {0, 0.1, 0.5, 1, -1, 2, 1e308, -1e308};
  owned *entry;
  const tok_tokenizer *tokenizer;
  const char *text;
  tok_draw_options options;
  const tok_draw_options *given;
  tok_id *ids, again[64];
  size_t index, length, capacity, count, *to, same;
  tok_error **error;
  tok_status status;
  begin("tok_draw");
  tokenizer = handle(TOKENIZER, &entry);
  text = text_input(&index, &length);
  memset(&options, 0, sizeof options);
  options.special = enumeration(TOK_SPECIAL_ONLY_MODEL + 1);
  options.no_template = by_chance(2);
  options.drawing = enumeration(TOK_DRAWING_SEGMENTATION + 1);
  options.number = by_chance(20) ? 0.0 / (double)(index > TEXTS) : numbers[random_below(&dice, 8)];
  options.seed = random_bits(&dice);
  given = sized_options(&options, sizeof options);
  ids = room(sizeof *ids, sizeof *ids, &capacity);
  to = place(&count, sizeof count);
  error = error_place();
  maybe(MAY(TOK_E_UNSUPPORTED));
  status = tok_draw(tokenizer, text, length, given, ids, capacity, to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_CAPACITY) | MAY(TOK_E_UNSUPPORTED) | ENCODING_FAILURES);
  if (is_bad() || (status != TOK_OK && status != TOK_E_CAPACITY)) return;
  tok_draw(tokenizer, text, length, given, again, 64, &same, NULL);
  CHECK(same == count);
  if (count > capacity) count = capacity;
  if (count > 64) count = 64;
  CHECK(!count || memcmp(ids, again, count * sizeof *ids) == 0);
}

static void best_encodings(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  const char *text;
  size_t index, length, limit = random_below(&dice, 6), count, found;
  tok_batch *batch, **to;
  double scores[8], *scores_to;
  tok_error **error;
  tok_status status;
  void *overflow;
  begin("tok_best_encodings");
  tokenizer = handle(TOKENIZER, &entry);
  text = text_input(&index, &length);
  if (by_chance(badness)) limit = SIZE_MAX - random_below(&dice, 99), bad(TOK_E_ARGUMENT);
  to = place(&batch, sizeof batch);
  scores_to = by_chance(2) ? NULL : scores;
  error = error_place();
  maybe(MAY(TOK_E_UNSUPPORTED));
  status = tok_best_encodings(tokenizer, text, length, limit, to, scores_to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_LIMIT) | ENCODING_FAILURES);
  if (status != TOK_OK) return;
  CHECK(tok_batch_ids(batch, &count) && tok_batch_ends(batch, &found) && found <= limit);
  for (index = 1; scores_to && index < found; index++) CHECK(scores[index] <= scores[index - 1]);
  keep(BATCH, batch, &overflow);
  if (overflow) CHECK(tok_batch_free(overflow) == TOK_OK);
}

const call encoding_calls[] = {
    {"tok_draw", draw, 3},
    {"tok_best_encodings", best_encodings, 1},
    {"tok_context_create", context_create, 1},
    {"tok_context_free", context_free, 1},
    {"tok_encode", encode, 12},
    {"tok_count", count_ids, 6},
    {"tok_tokenize", tokenize, 6},
    {"tok_encode_parts", encode_parts, 6},
    {"tok_encode_batch", encode_batch, 4},
    {"tok_batch_ids", batch_ids, 2},
    {"tok_batch_ends", batch_ends, 2},
    {"tok_batch_free", batch_free, 2},
    {"tok_encode_texts", encode_texts, 8},
    {"tok_encoding_part_count", encoding_part_count, 2},
    {"tok_encoding_part", encoding_part, 3},
    {"tok_encoding_free", encoding_free, 4},
    {"tok_decode", decode, 8},
    {NULL, NULL, 0},
};
