/*
 * Four threads encode, stream and decode the same text with one tokenizer, and each must get what one
 * thread alone gets:
 *
 *     threads VOCABULARY MEGABYTES FILE...
 *
 * The text is the bytes of the files, over and over. Then threads that share what they may not share are
 * told so.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "support.h"

#define THREADS 4

static const tok_tokenizer *tokenizer;
static char *text;
static size_t text_length;
/* What one thread alone gets. */
static tok_id *ids;
static size_t id_count;

static char *read_text(size_t length, int files, char **paths) {
  char *whole = allocate(length);
  size_t filled = 0;
  int file = 0;
  while (filled < length) {
    size_t size, used;
    char *bytes = read_file(paths[file++ % files], &size);
    if (!size && file >= files && !filled) fail("the files are empty");
    used = size < length - filled ? size : length - filled;
    memcpy(whole + filled, bytes, used);
    filled += used;
    free(bytes);
  }
  return whole;
}

static void compare(const char *what, const tok_id *found, size_t count) {
  if (count != id_count || memcmp(found, ids, count * sizeof *ids) != 0)
    fail("%s gives other ids in a thread", what);
}

/* ---- What each thread does ------------------------------------------------------------------ */

static void encode_whole(tok_context *context) {
  tok_id *found = allocate(id_count * sizeof *found);
  size_t count;
  tok_error *error;
  SUCCEED(tok_encode(tokenizer, text, text_length, NULL, context, found, id_count, &count, &error),
          error);
  compare("tok_encode", found, count);
  SUCCEED(tok_count(tokenizer, text, text_length, NULL, context, &count, &error), error);
  CHECK(count == id_count);
  free(found);
}

static void encode_stream(generator *dice) {
  tok_id *found = allocate(id_count * sizeof *found);
  size_t fed = 0, count = 0, fetched, left;
  tok_encoder *encoder;
  tok_error *error;
  SUCCEED(tok_encoder_create(tokenizer, NULL, &encoder, &error), error);
  while (fed < text_length) {
    size_t part = 1 + random_below(dice, 10000);
    if (part > text_length - fed) part = text_length - fed;
    SUCCEED(tok_encoder_append(encoder, text + fed, part, &error), error);
    fed += part;
    SUCCEED(tok_encoder_fetch(encoder, found + count, id_count - count, &fetched, &left), NULL);
    CHECK(left == 0);
    count += fetched;
  }
  SUCCEED(tok_encoder_finish(encoder, &error), error);
  SUCCEED(tok_encoder_fetch(encoder, found + count, id_count - count, &fetched, &left), NULL);
  CHECK(left == 0);
  compare("tok_encoder", found, count + fetched);
  CHECK(tok_encoder_free(encoder) == TOK_OK);
  free(found);
}

static void encode_batch(void) {
  /* Ten documents, which begin where the text's tenths do. */
  size_t ends[10], index, start = 0, count, texts, id_start = 0;
  const tok_id *found;
  const size_t *id_ends;
  tok_batch *batch;
  tok_error *error;
  for (index = 0; index < 10; index++) ends[index] = text_length / 10 * (index + 1);
  SUCCEED(tok_encode_batch(tokenizer, text, text_length, ends, 10, NULL, 2, &batch, &error), error);
  found = tok_batch_ids(batch, &count);
  id_ends = tok_batch_ends(batch, &texts);
  CHECK(texts == 10 && id_ends[9] == count);
  for (index = 0; index < 10; index++) {
    CHECK(tok_count(tokenizer, text + start, ends[index] - start, NULL, NULL, &count, NULL) == TOK_OK);
    CHECK(count == id_ends[index] - id_start && tok_has_id(tokenizer, found[id_start]));
    start = ends[index];
    id_start = id_ends[index];
  }
  CHECK(tok_batch_free(batch) == TOK_OK);
}

static void decode_whole(void) {
  char *found = allocate(text_length);
  size_t length;
  tok_error *error;
  SUCCEED(tok_decode(tokenizer, ids, id_count, true, TOK_INVALID_UTF8_KEEP, found, text_length, &length,
                     &error), error);
  CHECK(length == text_length && memcmp(found, text, length) == 0);
  free(found);
}

static void decode_stream(void) {
  char found[256];
  size_t index, length, place = 0;
  tok_decoder *decoder;
  tok_error *error;
  SUCCEED(tok_decoder_create(tokenizer, true, &decoder), NULL);
  for (index = 0; index < id_count; index++) {
    SUCCEED(tok_decoder_append(decoder, ids[index], found, sizeof found, &length, &error), error);
    CHECK(place + length <= text_length && memcmp(text + place, found, length) == 0);
    place += length;
  }
  SUCCEED(tok_decoder_finish(decoder, found, sizeof found, &length, &error), error);
  /* The text may end within a character. */
  CHECK(place + length >= text_length);
  CHECK(tok_decoder_free(decoder) == TOK_OK);
}

static void *work(void *argument) {
  generator dice = {0};
  tok_context *context;
  dice.state = (uint64_t)(size_t)argument;
  SUCCEED(tok_context_create(0, &context), NULL);
  encode_whole(context);
  encode_stream(&dice);
  encode_whole(NULL);
  encode_batch();
  decode_whole();
  decode_stream();
  CHECK(tok_context_free(context) == TOK_OK);
  return NULL;
}

/* ---- What threads may not share ------------------------------------------------------------- */

static tok_context *shared_context;
static tok_encoder *shared_encoder;
static tok_decoder *shared_decoder;
static int is_seen_busy[3];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Whether all of them were found busy by now. */
static int note(int index, tok_status status) {
  int all;
  CHECK(status == TOK_OK || status == TOK_E_BUSY);
  pthread_mutex_lock(&lock);
  if (status == TOK_E_BUSY) is_seen_busy[index] = 1;
  all = is_seen_busy[0] && is_seen_busy[1] && is_seen_busy[2];
  pthread_mutex_unlock(&lock);
  return all;
}

static void *collide(void *argument) {
  size_t round, part = text_length < 20000 ? text_length : 20000, expected;
  (void)argument;
  CHECK(tok_count(tokenizer, text, part, NULL, NULL, &expected, NULL) == TOK_OK);
  for (round = 0; round < 200000; round++) {
    size_t count, index;
    char found[4096];
    tok_id buffer[64];
    tok_error *error = NULL;
    tok_status status =
        tok_count(tokenizer, text, part, NULL, shared_context, &count, &error);
    if (status == TOK_OK) CHECK(count == expected);
    if (status == TOK_E_BUSY) CHECK(tok_error_status(error) == TOK_E_BUSY);
    CHECK(tok_error_free(error) == TOK_OK);
    note(0, status);
    note(1, tok_encoder_append(shared_encoder, text, part, NULL));
    status = tok_encoder_fetch(shared_encoder, buffer, 64, &count, NULL);
    note(1, status);
    for (index = 0; status == TOK_OK && index < count; index++)
      CHECK(tok_has_id(tokenizer, buffer[index]));
    if (round % 8 == 0) note(1, tok_encoder_finish(shared_encoder, NULL));
    for (index = 0; index < 50; index++) {
      status = tok_decoder_append(shared_decoder, ids[index % id_count], found, sizeof found, &count,
                                  NULL);
      if (note(2, status)) return NULL;
    }
    /* The text that both put in is fetched, so that it does not grow for ever. */
    do status = tok_encoder_fetch(shared_encoder, buffer, 64, &count, &index);
    while (status == TOK_OK && index > 0);
  }
  return NULL;
}

static void run(void *(*body)(void *)) {
  pthread_t threads[THREADS];
  size_t index;
  for (index = 0; index < THREADS; index++)
    CHECK(pthread_create(&threads[index], NULL, body, (void *)index) == 0);
  for (index = 0; index < THREADS; index++) CHECK(pthread_join(threads[index], NULL) == 0);
}

int main(int argc, char **argv) {
  tok_tokenizer *loaded;
  tok_error *error;
  tok_status status;
  if (argc < 4) fail("usage: threads VOCABULARY MEGABYTES FILE...");
  tokenizer = loaded = load(argv[1]);
  text_length = (size_t)(atof(argv[2]) * 1e6);
  text = read_text(text_length, argc - 3, argv + 3);
  status = tok_encode(tokenizer, text, text_length, NULL, NULL, NULL, 0, &id_count, &error);
  CHECK(status == TOK_E_CAPACITY && tok_error_free(error) == TOK_OK);
  ids = allocate(id_count * sizeof *ids);
  SUCCEED(tok_encode(tokenizer, text, text_length, NULL, NULL, ids, id_count, &id_count, &error), error);
  run(work);

  SUCCEED(tok_context_create(0, &shared_context), NULL);
  SUCCEED(tok_encoder_create(tokenizer, NULL, &shared_encoder, &error), error);
  SUCCEED(tok_decoder_create(tokenizer, true, &shared_decoder), NULL);
  run(collide);
  CHECK(is_seen_busy[0] && is_seen_busy[1] && is_seen_busy[2]);
  CHECK(tok_context_free(shared_context) == TOK_OK);
  CHECK(tok_encoder_free(shared_encoder) == TOK_OK);
  CHECK(tok_decoder_free(shared_decoder) == TOK_OK);

  CHECK(tok_tokenizer_free(loaded) == TOK_OK);
  printf("%d threads encoded, streamed and decoded %zu bytes, %zu ids: equal, and none harmed another\n",
         THREADS, text_length, id_count);
  free(ids);
  free(text);
  return 0;
}
