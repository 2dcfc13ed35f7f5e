/*
 * What the functions beside encoding and decoding give, on texts small enough to know it:
 *
 *     functions FOLDER
 *
 * FOLDER is one where files may be written.
 */
#include "support.h"

static char folder[1024];

static const char *in_folder(const char *name) {
  static char path[2048];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static size_t encoded(const tok_tokenizer *tokenizer, const char *text, tok_id *ids, size_t capacity) {
  tok_encode_options options = {sizeof options, TOK_SPECIAL_PARSE, 0};
  size_t count;
  tok_error *error;
  SUCCEED(
      tok_encode(tokenizer, text, strlen(text), &options, NULL, ids, capacity, &count, &error),
      error);
  return count;
}

static void check_same(const tok_tokenizer *one, const tok_tokenizer *other, const char *text) {
  tok_id first[256], second[256];
  size_t count = encoded(one, text, first, 256);
  CHECK(encoded(other, text, second, 256) == count);
  CHECK(memcmp(first, second, count * sizeof *first) == 0);
}

static int contains(const tok_bytes *json, const char *part) {
  return strstr(tok_bytes_data(json, NULL), part) != NULL;
}

/* ---- Tokenizers ------------------------------------------------------------------------------ */

static void added_tokens(const tok_tokenizer *tokenizer) {
  tok_added_token given[2] = {
      {"<|mine|>", 8, TOK_NO_ID, 1, 0, 0, 0, 0}, {"Quxquux", 7, TOK_NO_ID, 0, 0, 0, 0, 0}};
  tok_added_token found;
  tok_tokenizer *larger, *refused;
  tok_error *error;
  tok_id ids[8];
  size_t count = tok_added_token_count(tokenizer), next = tok_id_count(tokenizer);
  SUCCEED(tok_tokenizer_add_tokens(tokenizer, given, 2, &larger, &error), error);
  CHECK(tok_id_count(tokenizer) == next && tok_added_token_count(tokenizer) == count);
  CHECK(tok_id_count(larger) == next + 2 && tok_added_token_count(larger) == count + 2);
  CHECK(tok_is_special(larger, (tok_id)next) && !tok_is_special(larger, (tok_id)next + 1));
  SUCCEED(tok_added_token_at(larger, count, &found), NULL);
  CHECK(found.id == next && found.length == 8 && memcmp(found.text, "<|mine|>", 9) == 0);
  CHECK(found.special == 1 && found.normalized == 0);
  CHECK(tok_added_token_at(larger, count + 2, &found) == TOK_E_ARGUMENT);
  CHECK(encoded(larger, "<|mine|>Quxquux", ids, 8) == 2);
  CHECK(ids[0] == next && ids[1] == next + 1);
  /* Its own text keeps its id; an id of another token is refused. */
  SUCCEED(tok_tokenizer_add_tokens(larger, given, 1, &refused, &error), error);
  CHECK(tok_id_count(refused) == next + 2);
  SUCCEED(tok_tokenizer_free(refused), NULL);
  given[0].id = 0;
  CHECK(tok_tokenizer_add_tokens(tokenizer, given, 1, &refused, &error) == TOK_E_MALFORMED);
  CHECK(refused == NULL && strcmp(tok_error_place(error), "added_tokens[0]") == 0);
  tok_error_free(error);
  SUCCEED(tok_tokenizer_free(larger), NULL);
}

static void files(const tok_tokenizer *tokenizer) {
  static const char *names[] = {"written.tokenizer.json", "o200k_base.tiktoken", "written.tok",
                                "written-vocab.json"};
  static const char *text = "Files are written, and read again: \xC3\xA9\xE2\x82\xAC 12345 <|endoftext|>";
  tok_bytes *file, *merges, *losses;
  tok_tokenizer *read;
  tok_error *error;
  size_t length, index;
  SUCCEED(tok_tokenizer_write(tokenizer, TOK_FORMAT_COMPILED, NULL, false, &file, &merges, &losses,
                              &error),
          error);
  CHECK(merges == NULL && losses == NULL);
  CHECK(tok_bytes_data(file, &length) != NULL && length > 1000000);
  SUCCEED(tok_tokenizer_load_memory(tok_bytes_data(file, NULL), length, NULL, &read, &error), error);
  check_same(tokenizer, read, text);
  SUCCEED(tok_tokenizer_free(read), NULL);
  SUCCEED(tok_bytes_free(file), NULL);
  for (index = 0; index < 3; index++) {
    SUCCEED(tok_tokenizer_save(tokenizer, in_folder(names[index]), true, &losses, &error), error);
    SUCCEED(tok_bytes_free(losses), NULL);
    SUCCEED(tok_tokenizer_load(in_folder(names[index]), NULL, &read, &error), error);
    check_same(tokenizer, read, text);
    SUCCEED(tok_tokenizer_free(read), NULL);
  }
  CHECK(tok_tokenizer_save(tokenizer, in_folder("no.format"), false, NULL, &error) ==
        TOK_E_ARGUMENT);
  tok_error_free(error);
  CHECK(tok_tokenizer_save(tokenizer, in_folder("missing/a.tok"), false, NULL, &error) ==
        TOK_E_UNWRITABLE);
  CHECK(strstr(tok_error_place(error), "missing/a.tok") != NULL);
  tok_error_free(error);
  CHECK(tok_tokenizer_save(tokenizer, in_folder("a.gguf"), false, NULL, &error) == TOK_OK ||
        tok_error_status(error) == TOK_E_INEXPRESSIBLE);
  tok_error_free(error);
}

static void inspection(const tok_tokenizer *tokenizer) {
  tok_bytes *json;
  tok_error *error;
  SUCCEED(tok_inspect(tokenizer, "mine", &json, &error), error);
  CHECK(contains(json, "\"vocabulary\":\"mine\"") && contains(json, "byte-level BPE"));
  SUCCEED(tok_bytes_free(json), NULL);
  SUCCEED(tok_vocabularies(&json, &error), error);
  CHECK(contains(json, "{\"name\":\"o200k_base\",\"path\":null}"));
  SUCCEED(tok_bytes_free(json), NULL);
}

static void growing(const tok_tokenizer *tokenizer) {
  static const char *parts[] = {"Grow", "ing text", "s cost what ", "is new.", " 12", "3456"};
  tok_growing_text *growing;
  tok_error *error;
  tok_id ids[64], whole[64];
  char text[128] = "";
  size_t index, kept, count, expected = 0;
  SUCCEED(tok_growing_text_create(tokenizer, NULL, &growing, &error), error);
  for (index = 0; index < sizeof parts / sizeof *parts; index++) {
    SUCCEED(tok_growing_text_append(growing, parts[index], strlen(parts[index]), &kept, &error),
            error);
    strcat(text, parts[index]);
    CHECK(kept <= expected);
    SUCCEED(tok_growing_text_ids(growing, 0, ids, 64, &count), NULL);
    expected = encoded(tokenizer, text, whole, 64);
    CHECK(count == expected && memcmp(ids, whole, count * sizeof *ids) == 0);
  }
  CHECK(tok_growing_text_ids(growing, 1, ids, 0, &count) == TOK_E_CAPACITY && count == expected - 1);
  CHECK(tok_growing_text_ids(growing, expected + 1, ids, 64, &count) == TOK_E_ARGUMENT);
  SUCCEED(tok_growing_text_free(growing), NULL);
}

/* ---- Chat ------------------------------------------------------------------------------------ */

static void chat(const tok_tokenizer *tokenizer) {
  static const char *source =
      "{{ bos_token }}{% for m in messages %}<|endoftext|>{{ m.role }}: {{ m.content }}\n{% endfor %}"
      "{% if add_generation_prompt %}assistant:{% endif %}";
  static const char *messages =
      "[{\"role\": \"user\", \"content\": \"I write <|endoftext|> myself\"}]";
  static const char *expected =
      "<s><|endoftext|>user: I write <|endoftext|> myself\nassistant:";
  tok_chat_options options = {sizeof options, 1, TOK_SPECIAL_TEXT, "2024-07-26"};
  tok_encode_options plain = {sizeof plain, TOK_SPECIAL_TEXT, 1};
  tok_chat_template *template;
  tok_chat *chat;
  tok_error *error;
  tok_id ids[64], end_of_text;
  size_t length, part_count, count, index, specials = 0;
  const tok_part *parts;
  SUCCEED(tok_id_of(tokenizer, "<|endoftext|>", 13, &end_of_text), NULL);
  SUCCEED(tok_chat_template_create(source, strlen(source), "{\"bos_token\": \"<s>\"}", &template,
                                   &error),
          error);
  SUCCEED(tok_chat_render(template, messages, strlen(messages), &options, &chat, &error), error);
  CHECK(strcmp(tok_chat_text(chat, &length), expected) == 0 && length == strlen(expected));
  parts = tok_chat_parts(chat, &part_count);
  CHECK(part_count > 2);
  SUCCEED(tok_encode_parts(tokenizer, parts, part_count, &plain, ids, 64, &count, &error), error);
  for (index = 0; index < count; index++) specials += ids[index] == end_of_text;
  CHECK(specials == 1);
  SUCCEED(tok_chat_free(chat), NULL);
  CHECK(tok_chat_render(template, "{", 1, NULL, &chat, &error) == TOK_E_MALFORMED && chat == NULL);
  tok_error_free(error);
  SUCCEED(tok_chat_template_free(template), NULL);
  CHECK(tok_chat_template_create("{% for %}", 9, NULL, &template, &error) == TOK_E_TEMPLATE);
  CHECK(strstr(tok_error_place(error), "line 1") != NULL);
  tok_error_free(error);
}

/* ---- Training -------------------------------------------------------------------------------- */

static const char *corpus =
    "low low low low low lower lower newest newest newest newest newest newest widest widest widest\n"
    "the lowest of the low and the newest of the new, wider than the widest of the wide\n";

static int32_t stop_at_once(void *user, const tok_progress *progress) {
  ++*(int *)user;
  CHECK(progress->phase != NULL);
  return 1;
}

struct lines {
  int next;
};

static int32_t next_line(void *user, const char **text, size_t *length) {
  struct lines *lines = user;
  const char *newline = strchr(corpus, '\n');
  if (lines->next == 2) {
    lines->next = 0;
    return 0;
  }
  *text = lines->next == 0 ? corpus : newline + 1;
  *length = lines->next == 0 ? (size_t)(newline + 1 - corpus) : strlen(newline + 1);
  lines->next++;
  return 1;
}

static int32_t fail_at_once(void *user, const char **text, size_t *length) {
  (void)user, (void)text, (void)length;
  return -7;
}

static tok_trainer *trainer_of(const char *kind, const char *size) {
  tok_trainer *trainer;
  tok_error *error;
  SUCCEED(tok_trainer_create(kind, NULL, &trainer, &error), error);
  SUCCEED(tok_trainer_set(trainer, "vocab_size", size, &error), error);
  return trainer;
}

static tok_tokenizer *trained(tok_trainer *trainer, const tok_run_options *options) {
  tok_tokenizer *tokenizer;
  tok_error *error;
  SUCCEED(tok_trainer_run(trainer, options, &tokenizer, NULL, &error), error);
  SUCCEED(tok_trainer_free(trainer), NULL);
  return tokenizer;
}

static void training(void) {
  tok_trainer *trainer;
  tok_tokenizer *whole, *other, *larger;
  tok_bytes *report;
  tok_error *error;
  struct lines lines = {0};
  int calls = 0;
  tok_run_options options = {sizeof options, 2, 0, 0, NULL, 0, NULL, NULL};
  tok_source_options counted = {sizeof counted, 0, TOK_CONTENT_WORD_COUNTS, NULL, 0};
  FILE *file = fopen(in_folder("corpus.txt"), "wb");
  CHECK(file && fputs(corpus, file) >= 0 && fclose(file) == 0);

  trainer = trainer_of("bpe", "300");
  SUCCEED(tok_trainer_set(trainer, "special_tokens", "<|end|>", &error), error);
  SUCCEED(tok_trainer_add_text(trainer, corpus, strlen(corpus), NULL, &error), error);
  CHECK(tok_trainer_set(trainer, "vocab_sise", "1", &error) == TOK_E_OPTION);
  CHECK(strcmp(tok_error_place(error), "vocab_sise") == 0);
  tok_error_free(error);
  CHECK(tok_trainer_set(trainer, "vocab_size", "many", &error) == TOK_E_OPTION);
  tok_error_free(error);
  SUCCEED(tok_trainer_run(trainer, &options, &whole, &report, &error), error);
  CHECK(contains(report, "\"requested\":300"));
  SUCCEED(tok_bytes_free(report), NULL);
  SUCCEED(tok_trainer_free(trainer), NULL);
  CHECK(tok_token_count(whole) > 260 && tok_is_special(whole, 0));

  /* A file, texts from a function and word counts give the same tokenizer. */
  trainer = trainer_of("bpe", "300");
  SUCCEED(tok_trainer_set(trainer, "special_tokens", "<|end|>", &error), error);
  SUCCEED(tok_trainer_add_file(trainer, in_folder("corpus.txt"), NULL, &error), error);
  SUCCEED(tok_trainer_count(trainer, in_folder("corpus.counts"), NULL, &error), error);
  other = trained(trainer, NULL);
  check_same(whole, other, corpus);
  CHECK(tok_token_count(whole) == tok_token_count(other));
  SUCCEED(tok_tokenizer_free(other), NULL);
  trainer = trainer_of("bpe", "300");
  SUCCEED(tok_trainer_set(trainer, "special_tokens", "<|end|>", &error), error);
  SUCCEED(tok_trainer_add_texts(trainer, next_line, &lines, NULL, &error), error);
  other = trained(trainer, NULL);
  check_same(whole, other, corpus);
  SUCCEED(tok_tokenizer_free(other), NULL);
  trainer = trainer_of("bpe", "300");
  SUCCEED(tok_trainer_set(trainer, "special_tokens", "<|end|>", &error), error);
  SUCCEED(tok_trainer_add_file(trainer, in_folder("corpus.counts"), &counted, &error), error);
  other = trained(trainer, NULL);
  check_same(whole, other, corpus);
  SUCCEED(tok_tokenizer_free(other), NULL);

  /* More tokens, all old ids kept; then those that are not used go. */
  SUCCEED(tok_trainer_create("extend", whole, &trainer, &error), error);
  SUCCEED(tok_trainer_set(trainer, "vocab_size", "310", &error), error);
  SUCCEED(tok_trainer_add_text(trainer, "zebra zebra zebra\n", 18, NULL, &error), error);
  larger = trained(trainer, NULL);
  CHECK(tok_token_count(larger) > tok_token_count(whole));
  {
    size_t count = tok_id_count(larger), index, kept = 0;
    uint64_t *uses = calloc(count, sizeof *uses);
    tok_id *new_ids = calloc(count, sizeof *new_ids);
    CHECK(uses && new_ids);
    SUCCEED(tok_tokenizer_trim(larger, uses, count, 0, new_ids, &other, &error), error);
    for (index = 0; index < count; index++) kept += new_ids[index] != TOK_NO_ID;
    CHECK(kept == tok_token_count(other) && kept < tok_token_count(larger));
    SUCCEED(tok_tokenizer_free(other), NULL);
    CHECK(tok_tokenizer_trim(larger, uses, count - 1, 0, NULL, &other, &error) == TOK_E_ARGUMENT);
    tok_error_free(error);
    free(uses), free(new_ids);
  }
  SUCCEED(tok_tokenizer_free(larger), NULL);
  {
    static const char *lexicon = "newest\tnew est\nlowest\tlow est\nwidest\twid est\n";
    SUCCEED(tok_tokenizer_knock_out(whole, lexicon, strlen(lexicon), NULL, NULL, 0, &other, &error),
            error);
    CHECK(tok_token_count(other) <= tok_token_count(whole));
    SUCCEED(tok_tokenizer_free(other), NULL);
  }
  SUCCEED(tok_tokenizer_free(whole), NULL);

  /* Told to end, it gives the best so far. */
  trainer = trainer_of("bpe", "300");
  SUCCEED(tok_trainer_add_text(trainer, corpus, strlen(corpus), NULL, &error), error);
  options.progress = stop_at_once;
  options.user = &calls;
  SUCCEED(tok_trainer_run(trainer, &options, &other, &report, &error), error);
  CHECK(calls > 0 && contains(report, "told to end"));
  SUCCEED(tok_bytes_free(report), NULL);
  SUCCEED(tok_tokenizer_free(other), NULL);
  SUCCEED(tok_trainer_free(trainer), NULL);

  trainer = trainer_of("wordpiece", "80");
  SUCCEED(tok_trainer_add_texts(trainer, fail_at_once, NULL, NULL, &error), error);
  CHECK(tok_trainer_run(trainer, NULL, &other, NULL, &error) == TOK_E_INPUT && other == NULL);
  CHECK(strstr(tok_error_message(error), "-7") != NULL);
  tok_error_free(error);
  SUCCEED(tok_trainer_free(trainer), NULL);
  trainer = trainer_of("bpe", "300");
  SUCCEED(tok_trainer_add_file(trainer, in_folder("missing"), NULL, &error), error);
  CHECK(tok_trainer_run(trainer, NULL, &other, NULL, &error) == TOK_E_UNREADABLE);
  tok_error_free(error);
  SUCCEED(tok_trainer_free(trainer), NULL);
}

static void other_trainers(void) {
  static const char *kinds[][3] = {
      {"wordpiece", "vocab_size", "60"},         {"unigram", "vocab_size", "40"},
      {"sentencepiece_bpe", "vocab_size", "40"}, {"superbpe", "vocab_size", "300"},
      {"lib", "documents", "5"},                 {"boundless", "vocab_size", "300"},
  };
  size_t index;
  for (index = 0; index < sizeof kinds / sizeof *kinds; index++) {
    tok_trainer *trainer;
    tok_tokenizer *tokenizer;
    tok_error *error;
    tok_id ids[256];
    SUCCEED(tok_trainer_create(kinds[index][0], NULL, &trainer, &error), error);
    SUCCEED(tok_trainer_set(trainer, kinds[index][1], kinds[index][2], &error), error);
    if (index == 1 || index == 2)
      SUCCEED(tok_trainer_set(trainer, "hard_vocab_limit", "false", &error), error);
    if (index == 3) SUCCEED(tok_trainer_set(trainer, "word_merges", "20", &error), error);
    SUCCEED(tok_trainer_add_text(trainer, corpus, strlen(corpus), NULL, &error), error);
    tokenizer = trained(trainer, NULL);
    CHECK(encoded(tokenizer, "the newest", ids, 256) > 0);
    if (index == 1) {
      tok_draw_options options = {sizeof options, 0, 0, TOK_DRAWING_SEGMENTATION, 0, 0.1, 7};
      tok_id drawn[64], again[64];
      double scores[4];
      size_t count, same, ends;
      tok_batch *best;
      SUCCEED(tok_draw(tokenizer, "the newest", 10, &options, drawn, 64, &count, &error), error);
      SUCCEED(tok_draw(tokenizer, "the newest", 10, &options, again, 64, &same, &error), error);
      CHECK(count == same && memcmp(drawn, again, count * sizeof *drawn) == 0);
      SUCCEED(tok_best_encodings(tokenizer, "the newest", 10, 4, &best, scores, &error), error);
      CHECK(tok_batch_ends(best, &ends) != NULL && ends == 4 && scores[0] >= scores[3]);
      SUCCEED(tok_batch_free(best), NULL);
    }
    SUCCEED(tok_tokenizer_free(tokenizer), NULL);
  }
}

static void sampling(const tok_tokenizer *tokenizer) {
  tok_draw_options options = {sizeof options, 0, 0, TOK_DRAWING_DROPOUT, 0, 1.0, 1};
  tok_id ids[64];
  tok_tokenizer *fewest;
  tok_batch *best;
  tok_error *error;
  size_t count, usual = encoded(tokenizer, "Dropping out", ids, 64);
  /* Every merge is left out: bytes. */
  SUCCEED(tok_draw(tokenizer, "Dropping out", 12, &options, ids, 64, &count, &error), error);
  CHECK(count == 12);
  options.number = 2;
  CHECK(tok_draw(tokenizer, "a", 1, &options, ids, 64, &count, &error) == TOK_E_UNSUPPORTED);
  tok_error_free(error);
  CHECK(tok_best_encodings(tokenizer, "a", 1, 2, &best, NULL, &error) == TOK_E_UNSUPPORTED);
  tok_error_free(error);
  SUCCEED(tok_tokenizer_cut(tokenizer, TOK_CUTTING_FEWEST_TOKENS, NULL, 0, &fewest, &error), error);
  CHECK(encoded(fewest, "Dropping out", ids, 64) <= usual);
  SUCCEED(tok_tokenizer_free(fewest), NULL);
}

static void units(const tok_tokenizer *tokenizer) {
  static const char *text = "\xF0\x9F\x98\x80 ok";
  tok_text input = {text, 7, NULL, 0};
  tok_text_options options;
  tok_encoding *encoding;
  tok_encoding_view view;
  tok_error *error;
  size_t ends[3] = {7, 4, 5};
  int32_t unit;
  for (unit = TOK_UNIT_BYTES; unit <= TOK_UNIT_UTF16; unit++) {
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.unit = unit;
    SUCCEED(tok_encode_texts(tokenizer, &input, NULL, 1, &options, 1, &encoding, &error), error);
    SUCCEED(tok_encoding_part(encoding, 0, &view), NULL);
    CHECK(view.ends[view.count - 1] == ends[unit]);
    SUCCEED(tok_encoding_free(encoding), NULL);
  }
}

int main(int count, char **arguments) {
  tok_tokenizer *tokenizer;
  tok_error *error;
  tok_status icu;
  if (count != 2 || strlen(arguments[1]) >= sizeof folder) {
    fprintf(stderr, "usage: functions FOLDER\n");
    return 2;
  }
  strcpy(folder, arguments[1]);
  SUCCEED(tok_tokenizer_load_name("o200k_base", &tokenizer, &error), error);
  added_tokens(tokenizer);
  files(tokenizer);
  inspection(tokenizer);
  growing(tokenizer);
  chat(tokenizer);
  sampling(tokenizer);
  units(tokenizer);
  training();
  other_trainers();
  icu = tok_use_icu(&error);
  CHECK(icu == TOK_OK || icu == TOK_E_UNSUPPORTED);
  tok_error_free(error);
  SUCCEED(tok_tokenizer_free(tokenizer), NULL);
  puts("functions: all as expected");
  return 0;
}
