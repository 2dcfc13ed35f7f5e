/* Calls of what is not encoding or decoding: loading, vocabularies, errors. */
#include "calls.h"

static void version(void) {
  begin("tok_version");
  CHECK(tok_version() == TOK_VERSION);
}

static void status_message(void) {
  int32_t status = by_chance(4) ? (int32_t)random_bits(&dice) : -(int32_t)random_below(&dice, 40);
  begin("tok_status_message");
  CHECK(tok_status_message(status) && tok_status_message(status)[0]);
}

/* ---- Errors --------------------------------------------------------------------------------- */

static void error_status(void) {
  owned *entry;
  tok_status status;
  begin("tok_error_status");
  status = tok_error_status(handle(ERROR, &entry));
  CHECK(entry ? status < 0 : status == TOK_E_HANDLE);
}

static void error_message(void) {
  owned *entry;
  const char *message;
  begin("tok_error_message");
  message = tok_error_message(handle(ERROR, &entry));
  CHECK(entry ? message && message[0] : !message);
}

static void error_place_of(void) {
  owned *entry;
  const char *place;
  begin("tok_error_place");
  place = tok_error_place(handle(ERROR, &entry));
  CHECK(entry ? place && strlen(place) < 4096 : !place);
}

static void error_offset(void) {
  owned *entry;
  int64_t offset;
  begin("tok_error_offset");
  offset = tok_error_offset(handle(ERROR, &entry));
  CHECK(entry ? offset >= -1 : offset == -1);
}

void free_one(const char *name, kind kind, tok_status (*release)(void *)) {
  owned *entry;
  void *freed;
  begin(name);
  freed = handle_or_null(kind, &entry);
  judge(release(freed), MAY(TOK_OK));
  if (entry) drop(kind, entry);
}

static tok_status release_error(void *error) { return tok_error_free(error); }
static void error_free(void) { free_one("tok_error_free", ERROR, release_error); }

/* ---- Loading -------------------------------------------------------------------------------- */

static void keep_tokenizer(tok_tokenizer *tokenizer, size_t model) {
  void *overflow;
  keep(TOKENIZER, tokenizer, &overflow)->model = model;
  if (overflow) CHECK(tok_tokenizer_free(overflow) == TOK_OK);
}

#define LOADING_FAILURES                                                                     \
  (MAY(TOK_E_MALFORMED) | MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_LIMIT) | MAY(TOK_E_COMPILED))

/* A model's options, or such that must be refused. */
static const tok_load_options *load_options(const model *model) {
  static tok_load_options options;
  const void *found;
  tok_load_options before = options = model->options;
  if (by_chance(badness)) {
    options.dialect = by_chance(2) ? 2 : (int32_t)random_bits(&dice) | 2;
    bad(TOK_E_ARGUMENT);
  } else if (by_chance(badness)) {
    options.pattern = by_chance(2) ? "(" : "[\xFF";
    bad(TOK_E_MALFORMED);
    bad(TOK_E_INVALID_UTF8);
  } else if (by_chance(badness)) {
    static const char *const wrong[] = {"", "{", "[1]", "{\"a\": -1}", "{\"a\": \"b\"}",
                                        "{\"a\": 4294967296}", "\xFF"};
    options.special_tokens = wrong[random_below(&dice, sizeof wrong / sizeof *wrong)];
    bad(TOK_E_MALFORMED);
    bad(TOK_E_INVALID_UTF8);
    bad(TOK_E_LIMIT);
  }
  found = sized_options(&options, sizeof options);
  /* Without all of its options it would be another tokenizer. */
  if (!is_bad() && (options.pattern != before.pattern ||
                    options.special_tokens != before.special_tokens))
    return &model->options;
  return found;
}

static size_t small_model(void) {
  size_t index;
  do index = random_below(&dice, model_count);
  while (!models[index].is_small || !models[index].bytes);
  return by_chance(200) ? 3 + random_below(&dice, 3) : index;
}

static void load_memory(void) {
  size_t index = small_model(), length = models[index].length;
  tok_tokenizer *made, **to;
  tok_error **error;
  const tok_load_options *options;
  const void *bytes;
  tok_status status;
  begin("tok_tokenizer_load_memory");
  bytes = input(models[index].bytes, &length, 1, 1);
  options = load_options(&models[index]);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_tokenizer_load_memory(bytes, length, options, to, error);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) keep_tokenizer(made, index);
}

/* A file that was changed by chance: any status of loading, but no harm. */
static void load_mutation(void) {
  const model *model = &models[random_below(&dice, 3)];
  size_t length = model->length, changes = 1 + random_below(&dice, 6), text;
  char *bytes = memcpy(allocate(length), model->bytes, length);
  tok_tokenizer *made;
  tok_status status;
  begin("tok_tokenizer_load_memory");
  while (changes-- > 0 && length > 0) {
    size_t at = random_below(&dice, length);
    switch (random_below(&dice, 4)) {
      case 0: length = at; break;
      case 1: bytes[at] = (char)random_bits(&dice); break;
      case 2: bytes[at] ^= (char)(1 << random_below(&dice, 8)); break;
      default: memmove(bytes + at, bytes + at + 1, length - at - 1), length--;
    }
  }
  bytes = realloc(bytes, length ? length : 1);
  CHECK(bytes);
  status = tok_tokenizer_load_memory(bytes, length, &model->options, &made, error_place());
  free(bytes);
  if (is_bad()) {
    judge(status, 0);
    return;
  }
  judge(status, MAY(TOK_OK) | LOADING_FAILURES);
  CHECK((made != NULL) == (status == TOK_OK));
  if (!made) return;
  text = random_below(&dice, TEXTS);
  free(encode_plainly(made, texts[text].bytes, texts[text].length, TOK_SPECIAL_TEXT, 0).ids);
  CHECK(tok_tokenizer_free(made) == TOK_OK);
}

static void load_path(void) {
  static const char *const missing[] = {"", "/nowhere/tokenizer.json", "/", "/dev/null"};
  const char *path;
  tok_tokenizer *made, **to;
  tok_error **error;
  const tok_load_options *options;
  begin("tok_tokenizer_load");
  path = c_text(missing[random_below(&dice, sizeof missing / sizeof *missing)], 0);
  options = load_options(&models[1]);
  to = place(&made, sizeof made);
  error = error_place();
  judge(tok_tokenizer_load(path, options, to, error),
        MAY(TOK_E_UNREADABLE) | MAY(TOK_E_MALFORMED) | MAY(TOK_E_UNSUPPORTED));
}

static void load_name(void) {
  static const char *const unknown[] = {"", "no such vocabulary", "../o200k_base", "o200k"};
  const char *name = "o200k_base";
  tok_tokenizer *made, **to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_load_name");
  if (by_chance(3)) {
    name = unknown[random_below(&dice, sizeof unknown / sizeof *unknown)];
    bad(TOK_E_UNKNOWN_VOCABULARY);
  }
  name = c_text(name, 0);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_tokenizer_load_name(name, to, error);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) keep_tokenizer(made, model_count - 1);
}

static void load_vocab_json(void) {
  static const char vocabulary[] = "{\"a\": 0, \"b\": 1, \"ab\": 2, \"\u0120\": 3}";
  static const char merges[] = "#version: 0.2\na b\n";
  size_t length = strlen(vocabulary), merges_length = strlen(merges);
  const void *first, *second;
  tok_tokenizer *made, **to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_load_vocab_json");
  first = input(vocabulary, &length, 1, 1);
  second = input(merges, &merges_length, 1, 1);
  if (!is_bad() && by_chance(2)) length = random_below(&dice, length), bad(TOK_E_MALFORMED);
  if (!is_bad() && by_chance(4)) {
    merges_length = 1 + random_below(&dice, 16);
    maybe(MAY(TOK_E_MALFORMED));
  }
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_tokenizer_load_vocab_json(first, length, second, merges_length, to, error);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) try_tokenizer(made);
}

static void use_icu(void) {
  begin("tok_use_icu");
  judge(tok_use_icu(error_place()), MAY(TOK_OK) | MAY(TOK_E_UNSUPPORTED));
}

static tok_status release_tokenizer(void *tokenizer) { return tok_tokenizer_free(tokenizer); }
static void tokenizer_free(void) { free_one("tok_tokenizer_free", TOKENIZER, release_tokenizer); }

/* ---- Vocabularies --------------------------------------------------------------------------- */

static tok_id some_id(const owned *entry) {
  size_t ids = entry ? tok_id_count(tokenizer_of(entry->model)) : 1000;
  return by_chance(4) ? (tok_id)random_bits(&dice) : (tok_id)random_below(&dice, ids);
}

static void id_count(void) {
  owned *entry;
  size_t count;
  begin("tok_id_count");
  count = tok_id_count(handle(TOKENIZER, &entry));
  CHECK(count == (entry ? tok_id_count(tokenizer_of(entry->model)) : 0));
}

static void token_count(void) {
  owned *entry;
  size_t count;
  begin("tok_token_count");
  count = tok_token_count(handle(TOKENIZER, &entry));
  CHECK(entry ? count > 0 && count <= tok_id_count(tokenizer_of(entry->model)) : count == 0);
}

static void has_id(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  tok_id id;
  begin("tok_has_id");
  tokenizer = handle(TOKENIZER, &entry);
  id = some_id(entry);
  CHECK(tok_has_id(tokenizer, id) == (entry && tok_has_id(tokenizer_of(entry->model), id)));
}

static void is_special(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  tok_id id;
  begin("tok_is_special");
  tokenizer = handle(TOKENIZER, &entry);
  id = some_id(entry);
  CHECK(tok_is_special(tokenizer, id) == (entry && tok_is_special(tokenizer_of(entry->model), id)));
}

static void id_of(void) {
  owned *entry;
  size_t index, length;
  const tok_tokenizer *tokenizer;
  const char *text;
  tok_id found, *to;
  tok_status status;
  begin("tok_id_of");
  tokenizer = handle(TOKENIZER, &entry);
  text = text_input(&index, &length);
  to = place(&found, sizeof found);
  status = tok_id_of(tokenizer, text, length, to);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_UNKNOWN_ID));
  if (status == TOK_OK) CHECK(tok_has_id(tokenizer, found));
}

static void bytes_of(void) {
  owned *entry;
  size_t capacity, length, *to, again;
  const tok_tokenizer *tokenizer;
  char *bytes;
  tok_id id;
  tok_status status;
  begin("tok_bytes_of");
  tokenizer = handle(TOKENIZER, &entry);
  id = some_id(entry);
  bytes = room(1, 1, &capacity);
  to = place(&length, sizeof length);
  if (entry && !is_bad() && !tok_has_id(tokenizer, id)) bad(TOK_E_UNKNOWN_ID);
  status = tok_bytes_of(tokenizer, id, bytes, capacity, to);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_CAPACITY));
  if (is_bad()) return;
  CHECK((status == TOK_OK) == (length <= capacity));
  CHECK(tok_bytes_of(tokenizer_of(entry->model), id, NULL, 0, &again) ==
        (again ? TOK_E_CAPACITY : TOK_OK));
  CHECK(again == length);
}

static void id_of_role(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  int32_t role;
  tok_id found, *to;
  tok_status status;
  begin("tok_id_of_role");
  tokenizer = handle(TOKENIZER, &entry);
  role = enumeration(TOK_ROLE_PADDING + 1);
  to = place(&found, sizeof found);
  status = tok_id_of_role(tokenizer, role, to);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_UNKNOWN_ID));
  if (status == TOK_OK) CHECK(tok_has_id(tokenizer, found));
}

const call library_calls[] = {
    {"tok_version", version, 1},
    {"tok_status_message", status_message, 1},
    {"tok_error_status", error_status, 2},
    {"tok_error_message", error_message, 2},
    {"tok_error_place", error_place_of, 2},
    {"tok_error_offset", error_offset, 2},
    {"tok_error_free", error_free, 2},
    {"tok_tokenizer_load", load_path, 1},
    {"tok_tokenizer_load_memory", load_memory, 1},
    {"tok_tokenizer_load_memory", load_mutation, 2},
    {"tok_tokenizer_load_name", load_name, 1},
    {"tok_tokenizer_load_vocab_json", load_vocab_json, 1},
    {"tok_use_icu", use_icu, 1},
    {"tok_tokenizer_free", tokenizer_free, 1},
    {"tok_id_count", id_count, 1},
    {"tok_token_count", token_count, 1},
    {"tok_has_id", has_id, 1},
    {"tok_is_special", is_special, 1},
    {"tok_id_of", id_of, 3},
    {"tok_bytes_of", bytes_of, 4},
    {"tok_id_of_role", id_of_role, 2},
    {NULL, NULL, 0},
};
