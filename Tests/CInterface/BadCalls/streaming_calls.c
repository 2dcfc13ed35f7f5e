/* Calls that encode and decode what comes in parts. */
#include "calls.h"

static void release(kind kind, void *handle) {
  if (handle) CHECK((kind == ENCODER ? tok_encoder_free(handle) : tok_decoder_free(handle)) == TOK_OK);
}

/* ---- Encoders ------------------------------------------------------------------------------- */

static const result *result_of_entry(const owned *entry) {
  return result_of(entry->model, entry->text, entry->special, entry->no_template);
}

/* The encoder is as new: another text is chosen. Random bytes are none of them: where a normaliser takes
   characters away between bytes that are no UTF-8, these may join to one. */
static void renew(owned *entry) {
  do entry->text = random_below(&dice, TEXTS);
  while (is_random(entry->text));
  entry->position = 0;
  entry->digest = 0;
}

static void encoder_create(void) {
  owned *entry, *added;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  int special, no_template;
  tok_encoder *made, **to;
  tok_error **error;
  tok_status status;
  void *overflow;
  size_t model;
  begin("tok_encoder_create");
  tokenizer = handle(TOKENIZER, &entry);
  options = encode_options(&special, &no_template);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_encoder_create(tokenizer, options, to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_UNSUPPORTED));
  if (status != TOK_OK) return;
  model = entry->model;
  added = keep(ENCODER, made, &overflow);
  added->model = model;
  added->special = special;
  added->no_template = no_template;
  renew(added);
  release(ENCODER, overflow);
}

/* After an error nobody goes on. */
static void give_up(kind kind, owned *entry) {
  void *handle = entry->handle;
  drop(kind, entry);
  release(kind, handle);
}

static void encoder_append(void) {
  owned *entry;
  tok_encoder *encoder;
  const struct text *text;
  const void *bytes;
  size_t length, given;
  tok_error **error;
  tok_status status;
  begin("tok_encoder_append");
  encoder = handle(ENCODER, &entry);
  text = &texts[entry ? entry->text : 0];
  length = random_below(&dice, text->length - (entry ? entry->position : 0) + 1);
  given = length;
  bytes = input(text->bytes + (entry ? entry->position : 0), &given, 1, 1);
  error = error_place();
  status = tok_encoder_append(encoder, bytes, given, error);
  judge(status, entry && result_of_entry(entry)->status == TOK_OK ? MAY(TOK_OK)
                                                                 : MAY(TOK_OK) | ENCODING_FAILURES);
  if (is_bad()) return;
  if (status == TOK_OK) {
    entry->position += length;
  } else {
    give_up(ENCODER, entry);
  }
}

static void encoder_fetch(void) {
  owned *entry;
  tok_encoder *encoder;
  tok_id *ids;
  size_t capacity, count, left, *to, *left_to;
  begin("tok_encoder_fetch");
  encoder = handle(ENCODER, &entry);
  ids = room(sizeof *ids, sizeof *ids, &capacity);
  to = place(&count, sizeof count);
  left_to = by_chance(3) ? NULL : by_chance(badness) ? (size_t *)(void *)((char *)&left + 1) : &left;
  if (left_to && left_to != &left) bad(TOK_E_ARGUMENT);
  judge(tok_encoder_fetch(encoder, ids, capacity, to, left_to), MAY(TOK_OK));
  if (is_bad()) return;
  CHECK(count <= capacity && (!left_to || left == 0 || count == capacity));
  entry->digest = digest(entry->digest, ids, count * sizeof *ids);
}

/* Gives the rest of the text, ends it and looks at all ids. */
static void encoder_finish(void) {
  owned *entry;
  tok_encoder *encoder;
  const struct text *text;
  const result *expected = NULL;
  tok_error **error;
  tok_status status = TOK_OK;
  size_t count, left;
  tok_id ids[16];
  begin("tok_encoder_finish");
  encoder = handle(ENCODER, &entry);
  error = error_place();
  if (!is_bad()) {
    text = &texts[entry->text];
    expected = result_of_entry(entry);
    status = tok_encoder_append(encoder, text->bytes + entry->position, text->length - entry->position,
                                error);
  }
  if (status == TOK_OK) status = tok_encoder_finish(encoder, error);
  judge(status, expected ? MAY(expected->status) : 0);
  if (!expected) return;
  if (status != TOK_OK) {
    give_up(ENCODER, entry);
    return;
  }
  do {
    CHECK(tok_encoder_fetch(encoder, ids, 16, &count, &left) == TOK_OK);
    entry->digest = digest(entry->digest, ids, count * sizeof *ids);
  } while (left);
  if (entry->digest != digest(0, expected->ids, expected->count * sizeof *expected->ids))
    fail("tok_encoder: other ids than at once, %s, text %zu, special %d, no_template %d",
         models[entry->model].name, entry->text, entry->special, entry->no_template);
  renew(entry);
}

static tok_status release_encoder(void *encoder) { return tok_encoder_free(encoder); }
static void encoder_free(void) { free_one("tok_encoder_free", ENCODER, release_encoder); }

/* ---- Decoders ------------------------------------------------------------------------------- */

/* The ids that go through a decoder. */
static const result *source_of(const owned *entry) {
  return result_of(entry->model, entry->text, TOK_SPECIAL_PARSE, 0);
}

static void decoder_create(void) {
  owned *entry, *added;
  const tok_tokenizer *tokenizer;
  bool special = by_chance(2);
  tok_decoder *made, **to;
  tok_status status;
  void *overflow;
  size_t model;
  begin("tok_decoder_create");
  tokenizer = handle(TOKENIZER, &entry);
  to = place(&made, sizeof made);
  status = tok_decoder_create(tokenizer, special, to);
  judge(status, MAY(TOK_OK));
  if (status != TOK_OK) return;
  model = entry->model;
  added = keep(DECODER, made, &overflow);
  added->model = model;
  added->special = special;
  renew(added);
  release(DECODER, overflow);
}

#define WRITING (MAY(TOK_OK) | MAY(TOK_E_CAPACITY))

static void decoder_append(void) {
  owned *entry;
  tok_decoder *decoder;
  const result *source;
  tok_id id = 0;
  char *text;
  size_t capacity, length = 0, *to;
  tok_error **error;
  tok_status status;
  begin("tok_decoder_append");
  decoder = handle(DECODER, &entry);
  if (entry) {
    source = source_of(entry);
    if (entry->position >= source->count || by_chance(badness)) {
      id = UINT32_MAX - (tok_id)random_below(&dice, 1000);
      bad(TOK_E_UNKNOWN_ID);
    } else {
      id = source->ids[entry->position];
    }
  }
  text = room(1, 1, &capacity);
  to = place(&length, sizeof length);
  error = error_place();
  status = tok_decoder_append(decoder, id, text, capacity, to, error);
  judge(status, WRITING);
  if (is_bad()) return;
  CHECK(length <= capacity && (status == TOK_OK || length == capacity));
  entry->digest = digest(entry->digest, text, length);
  entry->position++;
}

static void decoder_fetch(void) {
  owned *entry;
  tok_decoder *decoder;
  char *text;
  size_t capacity, length, *to;
  tok_status status;
  begin("tok_decoder_fetch");
  decoder = handle(DECODER, &entry);
  text = room(1, 1, &capacity);
  to = place(&length, sizeof length);
  status = tok_decoder_fetch(decoder, text, capacity, to);
  judge(status, WRITING);
  if (is_bad()) return;
  CHECK(length <= capacity && (status == TOK_OK || length == capacity));
  entry->digest = digest(entry->digest, text, length);
}

/* Gives the rest of the ids, ends them and looks at all text. */
static void decoder_finish(void) {
  owned *entry;
  tok_decoder *decoder;
  const result *source = NULL;
  char *text, rest[64];
  size_t capacity, length, *to, all;
  tok_error **error;
  tok_status status;
  uint64_t expected;
  begin("tok_decoder_finish");
  decoder = handle(DECODER, &entry);
  text = room(1, 1, &capacity);
  to = place(&length, sizeof length);
  error = error_place();
  if (!is_bad())
    for (source = source_of(entry); entry->position < source->count; entry->position++) {
      status = tok_decoder_append(decoder, source->ids[entry->position], rest, sizeof rest, &length,
                                  NULL);
      CHECK(status == TOK_OK || status == TOK_E_CAPACITY);
      entry->digest = digest(entry->digest, rest, length);
    }
  status = tok_decoder_finish(decoder, text, capacity, to, error);
  judge(status, WRITING);
  if (is_bad()) return;
  entry->digest = digest(entry->digest, text, length);
  while (status == TOK_E_CAPACITY) {
    status = tok_decoder_fetch(decoder, rest, sizeof rest, &length);
    entry->digest = digest(entry->digest, rest, length);
  }
  CHECK(status == TOK_OK);
  CHECK(tok_decode(tokenizer_of(entry->model), source->ids, source->count, entry->special,
                   TOK_INVALID_UTF8_REPAIR, NULL, 0, &all, NULL) == (all ? TOK_E_CAPACITY : TOK_OK));
  text = allocate(all);
  CHECK(tok_decode(tokenizer_of(entry->model), source->ids, source->count, entry->special,
                   TOK_INVALID_UTF8_REPAIR, text, all, &all, NULL) == TOK_OK);
  expected = digest(0, text, all);
  free(text);
  CHECK(entry->digest == expected);
  renew(entry);
}

static tok_status release_decoder(void *decoder) { return tok_decoder_free(decoder); }
static void decoder_free(void) { free_one("tok_decoder_free", DECODER, release_decoder); }

/* ---- Texts that grow ------------------------------------------------------------------------ */

static void growing_create(void) {
  owned *entry, *added;
  const tok_tokenizer *tokenizer;
  const tok_encode_options *options;
  int special, no_template;
  tok_growing_text *made, **to;
  tok_error **error;
  tok_status status;
  void *overflow;
  size_t model;
  begin("tok_growing_text_create");
  tokenizer = handle(TOKENIZER, &entry);
  options = encode_options(&special, &no_template);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_growing_text_create(tokenizer, options, to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_UNSUPPORTED));
  if (status != TOK_OK) return;
  model = entry->model;
  added = keep(GROWING, made, &overflow);
  added->model = model;
  added->special = special;
  added->no_template = no_template;
  renew(added);
  if (overflow) CHECK(tok_growing_text_free(overflow) == TOK_OK);
}

static void growing_append(void) {
  owned *entry;
  tok_growing_text *growing;
  const struct text *text;
  const void *bytes;
  size_t length, given, kept, *to;
  tok_error **error;
  tok_status status;
  begin("tok_growing_text_append");
  growing = handle(GROWING, &entry);
  text = &texts[entry ? entry->text : 0];
  length = random_below(&dice, text->length - (entry ? entry->position : 0) + 1);
  if (by_chance(2)) length = text->length - (entry ? entry->position : 0);
  given = length;
  bytes = input(text->bytes + (entry ? entry->position : 0), &given, 1, 1);
  to = by_chance(3) ? NULL : by_chance(badness) ? (size_t *)(void *)((char *)&kept + 1) : &kept;
  if (to && to != &kept) bad(TOK_E_ARGUMENT);
  error = error_place();
  status = tok_growing_text_append(growing, bytes, given, to, error);
  judge(status, entry && result_of_entry(entry)->status == TOK_OK && entry->special != TOK_SPECIAL_REFUSE
                    ? MAY(TOK_OK)
                    : MAY(TOK_OK) | ENCODING_FAILURES);
  /* On failure all is as it was before. */
  if (!is_bad() && status == TOK_OK) entry->position += length;
}

static void growing_ids(void) {
  owned *entry;
  tok_growing_text *growing;
  tok_id *ids;
  size_t start = by_chance(3) ? random_below(&dice, 20) : 0, capacity, count, *to, written;
  tok_status status;
  result expected;
  begin("tok_growing_text_ids");
  growing = handle(GROWING, &entry);
  ids = room(sizeof *ids, sizeof *ids, &capacity);
  to = place(&count, sizeof count);
  if (by_chance(badness)) start = SIZE_MAX - random_below(&dice, 99), bad(TOK_E_ARGUMENT);
  status = tok_growing_text_ids(growing, start, ids, capacity, to);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_CAPACITY) | MAY(TOK_E_ARGUMENT));
  if (is_bad()) return;
  expected = encode_plainly(tokenizer_of(entry->model), texts[entry->text].bytes, entry->position,
                            entry->special, entry->no_template);
  if (expected.status == TOK_OK) {
    CHECK(status == TOK_E_ARGUMENT ? start > expected.count
                                   : count == (start < expected.count ? expected.count - start : 0));
    written = status == TOK_E_ARGUMENT ? 0 : count < capacity ? count : capacity;
    CHECK(!written || memcmp(ids, expected.ids + start, written * sizeof *ids) == 0);
  }
  free(expected.ids);
}

static tok_status release_growing(void *growing) { return tok_growing_text_free(growing); }
static void growing_free(void) { free_one("tok_growing_text_free", GROWING, release_growing); }

const call streaming_calls[] = {
    {"tok_growing_text_create", growing_create, 1},
    {"tok_growing_text_append", growing_append, 4},
    {"tok_growing_text_ids", growing_ids, 3},
    {"tok_growing_text_free", growing_free, 1},
    {"tok_encoder_create", encoder_create, 1},
    {"tok_encoder_append", encoder_append, 6},
    {"tok_encoder_fetch", encoder_fetch, 4},
    {"tok_encoder_finish", encoder_finish, 3},
    {"tok_encoder_free", encoder_free, 1},
    {"tok_decoder_create", decoder_create, 1},
    {"tok_decoder_append", decoder_append, 8},
    {"tok_decoder_fetch", decoder_fetch, 3},
    {"tok_decoder_finish", decoder_finish, 2},
    {"tok_decoder_free", decoder_free, 1},
    {NULL, NULL, 0},
};
