/* Calls that make tokenizers of others, and those that say what one is. */
#include "calls.h"

void keep_bytes(tok_bytes *bytes) {
  size_t length;
  const char *data;
  void *overflow;
  if (!bytes) return;
  data = tok_bytes_data(bytes, &length);
  CHECK(data && data[length] == 0);
  keep(BYTES, bytes, &overflow);
  if (overflow) CHECK(tok_bytes_free(overflow) == TOK_OK);
}

void try_tokenizer(tok_tokenizer *tokenizer) {
  const struct text *text = &texts[random_below(&dice, TEXTS)];
  result found = encode_plainly(tokenizer, text->bytes, text->length, TOK_SPECIAL_TEXT, 0);
  size_t id;
  for (id = 0; id < found.count; id++) CHECK(tok_has_id(tokenizer, found.ids[id]));
  free(found.ids);
  CHECK(tok_tokenizer_free(tokenizer) == TOK_OK);
}

size_t id_count_of(const owned *entry) {
  size_t count = entry ? tok_id_count(tokenizer_of(entry->model)) : 300;
  if (!by_chance(badness)) return count;
  bad(TOK_E_ARGUMENT);
  bad(TOK_E_MALFORMED);
  return count - 1 - random_below(&dice, count);
}

void *small_tokenizer(owned **entry) {
  void *found = handle(TOKENIZER, entry);
  size_t tries;
  for (tries = 0; *entry && (*entry)->model > 2 && tries < 40; tries++) {
    *entry = any(TOKENIZER);
    found = (*entry)->handle;
  }
  return found;
}

/* ---- Bytes ---------------------------------------------------------------------------------- */

static void bytes_data(void) {
  owned *entry;
  const tok_bytes *bytes;
  size_t length = 77;
  const char *data;
  begin("tok_bytes_data");
  bytes = handle(BYTES, &entry);
  data = tok_bytes_data(bytes, by_chance(4) ? NULL : &length);
  CHECK(entry ? data != NULL : data == NULL && (length == 0 || length == 77));
}

static tok_status release_bytes(void *bytes) { return tok_bytes_free(bytes); }
static void bytes_free(void) { free_one("tok_bytes_free", BYTES, release_bytes); }

/* ---- Added tokens --------------------------------------------------------------------------- */

static void added_token_count(void) {
  owned *entry;
  size_t count;
  begin("tok_added_token_count");
  count = tok_added_token_count(handle(TOKENIZER, &entry));
  CHECK(count == (entry ? tok_added_token_count(tokenizer_of(entry->model)) : 0));
}

static void added_token_at(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  tok_added_token token, *to;
  size_t count, index = 0;
  tok_status status;
  begin("tok_added_token_at");
  tokenizer = handle(TOKENIZER, &entry);
  count = entry ? tok_added_token_count(tokenizer) : 1;
  if (count == 0 || by_chance(badness)) {
    index = by_chance(2) ? count : SIZE_MAX - random_below(&dice, 99);
    bad(TOK_E_ARGUMENT);
  } else {
    index = random_below(&dice, count);
  }
  to = place(&token, sizeof(void *));
  status = tok_added_token_at(tokenizer, index, to);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) CHECK(strlen(token.text) == token.length && tok_has_id(tokenizer, token.id));
}

static void add_tokens(void) {
  static const char *const names[] = {"<|new|>", "tool", "\xC3\xA9", "<|endoftext|>", "the"};
  owned *entry;
  const tok_tokenizer *tokenizer;
  static tok_added_token tokens[3];
  const tok_added_token *given;
  size_t count = random_below(&dice, 4), index, tokens_before;
  tok_tokenizer *made, **to;
  tok_error **error;
  tok_status status;

  begin("tok_tokenizer_add_tokens");
  tokenizer = small_tokenizer(&entry);
  for (index = 0; index < count; index++) {
    tok_added_token *token = &tokens[index];
    size_t length;
    memset(token, 0, sizeof *token);
    token->text = names[random_below(&dice, sizeof names / sizeof *names)];
    length = strlen(token->text);
    token->text = input(token->text, &length, 1, 1);
    token->length = length;
    token->id = by_chance(2) ? TOK_NO_ID : (tok_id)random_below(&dice, 400);
    if (by_chance(20)) token->id = UINT32_MAX - 1 - (tok_id)random_below(&dice, 99);
    if (by_chance(20)) {
      token->text = "\xFF", token->length = 1;
    } else if (by_chance(20)) {
      token->text = "", token->length = 0;
    }
    token->special = by_chance(2);
    token->single_word = by_chance(2);
    token->strips_left = by_chance(2);
    token->strips_right = -1;
    token->normalized = by_chance(2);
  }
  maybe(MAY(TOK_E_ARGUMENT) | MAY(TOK_E_LIMIT) | MAY(TOK_E_INVALID_UTF8) | MAY(TOK_E_MALFORMED));
  given = input(tokens, &count, sizeof *tokens, sizeof(void *));
  to = place(&made, sizeof made);
  error = error_place();
  tokens_before = entry ? tok_token_count(tokenizer) : 0;
  status = tok_tokenizer_add_tokens(tokenizer, given, count, to, error);
  judge(status, MAY(TOK_OK));
  if (status != TOK_OK) return;
  CHECK(tok_token_count(made) >= tokens_before);
  try_tokenizer(made);
}

/* ---- Files ---------------------------------------------------------------------------------- */

static void write_tokenizer(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  int32_t format;
  const char *stem;
  tok_bytes *file = NULL, *merges = NULL, *losses = NULL, **to, **merges_to, **losses_to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_write");
  tokenizer = small_tokenizer(&entry);
  format = enumeration(TOK_FORMAT_COMPILED + 1);
  stem = c_text("some", 1);
  to = place(&file, sizeof file);
  merges_to = by_chance(3) ? NULL : &merges;
  losses_to = by_chance(3) ? NULL : &losses;
  if (losses_to && by_chance(badness)) {
    losses_to = (tok_bytes **)(void *)((char *)&losses + 1);
    bad(TOK_E_ARGUMENT);
  }
  error = error_place();
  status = tok_tokenizer_write(tokenizer, format, stem, by_chance(2), to, merges_to, losses_to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_INEXPRESSIBLE) | MAY(TOK_E_UNSUPPORTED));
  if (status == TOK_OK && format != TOK_FORMAT_VOCABULARY_JSON && format != TOK_FORMAT_TIKTOKEN &&
      format != TOK_FORMAT_VOCABULARY_TEXT) {
    /* What was written is read again. */
    size_t length;
    const char *bytes = tok_bytes_data(file, &length);
    tok_tokenizer *again;
    tok_error *wrong;
    SUCCEED(tok_tokenizer_load_memory(bytes, length, NULL, &again, &wrong), wrong);
    try_tokenizer(again);
  }
  if (is_bad()) return;
  CHECK((file != NULL) == (status == TOK_OK));
  keep_bytes(file);
  keep_bytes(merges);
  keep_bytes(losses);
}

static void save_tokenizer(void) {
  static const char *const places[] = {"/nowhere/tokenizer.json", "/dev/full/some.tok",
                                       "/proc/vocab.txt", "no such folder/vocab.json"};
  owned *entry;
  const tok_tokenizer *tokenizer;
  const char *path = places[random_below(&dice, sizeof places / sizeof *places)];
  tok_bytes *losses = NULL, **losses_to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_save");
  tokenizer = small_tokenizer(&entry);
  if (by_chance(4)) path = "name without a format", bad(TOK_E_ARGUMENT);
  path = c_text(path, 0);
  losses_to = by_chance(2) ? NULL : &losses;
  error = error_place();
  status = tok_tokenizer_save(tokenizer, path, by_chance(2), losses_to, error);
  judge(status, MAY(TOK_E_UNWRITABLE) | MAY(TOK_E_INEXPRESSIBLE) | MAY(TOK_E_UNSUPPORTED));
  CHECK(!losses);
}

static void inspect(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  const char *name;
  tok_bytes *json, **to;
  tok_error **error;
  tok_status status;
  begin("tok_inspect");
  /* A large one takes a second. */
  do tokenizer = small_tokenizer(&entry);
  while (entry && entry->model > 2 && !is_bad() && !by_chance(1000));
  name = c_text("some", 1);
  to = place(&json, sizeof json);
  error = error_place();
  status = tok_inspect(tokenizer, name, to, error);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) keep_bytes(json);
}

static void vocabularies(void) {
  tok_bytes *json, **to;
  tok_error **error;
  tok_status status;
  begin("tok_vocabularies");
  to = place(&json, sizeof json);
  error = error_place();
  status = tok_vocabularies(to, error);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) keep_bytes(json);
}

/* ---- Tokenizers of others ------------------------------------------------------------------- */

static void cut(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  int32_t cutting;
  double *scores = NULL;
  const double *given;
  size_t count = 0, index;
  tok_tokenizer *made, **to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_cut");
  tokenizer = small_tokenizer(&entry);
  cutting = enumeration(TOK_CUTTING_HIGHEST_LIKELIHOOD + 1);
  if (cutting == TOK_CUTTING_HIGHEST_LIKELIHOOD) {
    count = id_count_of(entry);
    scores = allocate(count * sizeof *scores);
    for (index = 0; index < count; index++) scores[index] = -(double)random_below(&dice, 100);
    if (count && by_chance(badness)) scores[0] = 0.0 / (double)(count < 1);
  }
  maybe(MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_MALFORMED));
  given = input(scores, &count, sizeof *scores, sizeof *scores);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_tokenizer_cut(tokenizer, cutting, given, count, to, error);
  free(scores);
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) try_tokenizer(made);
}

static void trim(void) {
  owned *entry;
  const tok_tokenizer *tokenizer;
  uint64_t *uses;
  const uint64_t *given;
  size_t count, index, wanted = random_below(&dice, 400);
  tok_id *new_ids;
  tok_tokenizer *made, **to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_trim");
  tokenizer = small_tokenizer(&entry);
  count = id_count_of(entry);
  uses = allocate(count * sizeof *uses);
  new_ids = allocate(count * sizeof *new_ids);
  for (index = 0; index < count; index++) uses[index] = by_chance(2) ? 0 : random_bits(&dice);
  given = input(uses, &count, sizeof *uses, sizeof *uses);
  if (by_chance(badness)) wanted = SIZE_MAX - random_below(&dice, 9), bad(TOK_E_ARGUMENT);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_tokenizer_trim(tokenizer, given, count, wanted, by_chance(2) ? NULL : new_ids, to, error);
  free(uses);
  free(new_ids);
  maybe(MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_MALFORMED) | MAY(TOK_E_LIMIT));
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) try_tokenizer(made);
}

static void knock_out(void) {
  static const char lexicon[] = "tokens\ttoken s\nthe\tthe\nthen\tthe n\t3\ntoken\ttok en\n";
  owned *entry;
  const tok_tokenizer *tokenizer;
  const char *text;
  size_t length = strlen(lexicon), count;
  tok_knockout_options options;
  const tok_knockout_options *given;
  tok_id *new_ids;
  tok_tokenizer *made, **to;
  tok_error **error;
  tok_status status;
  begin("tok_tokenizer_knock_out");
  tokenizer = small_tokenizer(&entry);
  if (by_chance(4)) length = random_below(&dice, length + 1);
  text = input(lexicon, &length, 1, 1);
  memset(&options, 0, sizeof options);
  options.threshold = by_chance(3) ? 0.25 : by_chance(4) ? -1 : by_chance(4) ? 2 : 0;
  options.min_uses = by_chance(2) ? random_bits(&dice) : 0;
  options.min_vocab_size = by_chance(2) ? random_below(&dice, 400) : 0;
  options.rounds = by_chance(2) ? (int32_t)random_below(&dice, 4) : by_chance(4) ? -1 : 0;
  options.prefix = c_text("_", 1);
  given = sized_options(&options, sizeof options);
  count = id_count_of(entry);
  new_ids = allocate(count * sizeof *new_ids);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_tokenizer_knock_out(tokenizer, text, length, given, new_ids, count, to, error);
  free(new_ids);
  maybe(MAY(TOK_E_MALFORMED) | MAY(TOK_E_UNSUPPORTED) | MAY(TOK_E_ARGUMENT) | MAY(TOK_E_OPTION) |
        MAY(TOK_E_INPUT));
  judge(status, MAY(TOK_OK));
  if (status == TOK_OK) try_tokenizer(made);
}

const call tokenizer_calls[] = {
    {"tok_bytes_data", bytes_data, 2},
    {"tok_bytes_free", bytes_free, 2},
    {"tok_added_token_count", added_token_count, 1},
    {"tok_added_token_at", added_token_at, 2},
    {"tok_tokenizer_add_tokens", add_tokens, 1},
    {"tok_tokenizer_write", write_tokenizer, 1},
    {"tok_tokenizer_save", save_tokenizer, 1},
    {"tok_inspect", inspect, 1},
    {"tok_vocabularies", vocabularies, 1},
    {"tok_tokenizer_cut", cut, 1},
    {"tok_tokenizer_trim", trim, 1},
    {"tok_tokenizer_knock_out", knock_out, 1},
    {NULL, NULL, 0},
};
