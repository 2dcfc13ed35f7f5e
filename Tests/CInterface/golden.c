/*
 * Compares what the C interface gives with the golden files of the original implementations:
 *
 *     golden VOCABULARY GOLDEN.jsonl [VOCABULARY GOLDEN.jsonl ...]
 *
 * VOCABULARY is a file or a folder. Each text is encoded in every way there is, and its ids are
 * decoded in every way.
 */
#include "support.h"

typedef struct row {
  char *text;
  size_t length;
  tok_id *ids;
  size_t count;
  /* What the original makes of the ids. */
  char *decoded;
  size_t decoded_length;
} row;

typedef struct rows {
  row *all;
  size_t count;
} rows;

/* ---- Reading what make-golden.py writes ----------------------------------------------------- */

static int skip(const char **cursor, const char *expected) {
  size_t length = strlen(expected);
  if (strncmp(*cursor, expected, length) != 0) return 0;
  *cursor += length;
  return 1;
}

static uint32_t hexadecimal(const char **cursor) {
  uint32_t value = 0;
  int digit;
  for (digit = 0; digit < 4; digit++) {
    char c = *(*cursor)++;
    value = value * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

static size_t utf8(uint32_t scalar, char *out) {
  if (scalar < 0x80) return out[0] = (char)scalar, 1;
  if (scalar < 0x800) {
    out[0] = (char)(0xC0 | scalar >> 6);
    out[1] = (char)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    out[0] = (char)(0xE0 | scalar >> 12);
    out[1] = (char)(0x80 | (scalar >> 6 & 0x3F));
    out[2] = (char)(0x80 | (scalar & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | scalar >> 18);
  out[1] = (char)(0x80 | (scalar >> 12 & 0x3F));
  out[2] = (char)(0x80 | (scalar >> 6 & 0x3F));
  out[3] = (char)(0x80 | (scalar & 0x3F));
  return 4;
}

/* The text up to the quote that ends it. */
static char *string(const char **cursor, size_t *length) {
  char *text = allocate(strcspn(*cursor, "\n")), *end = text;
  while (**cursor && **cursor != '"') {
    char c = *(*cursor)++;
    if (c != '\\') {
      *end++ = c;
      continue;
    }
    c = *(*cursor)++;
    if (c == 'u') {
      uint32_t scalar = hexadecimal(cursor);
      if ((scalar & 0xFC00) == 0xD800 && skip(cursor, "\\u"))
        scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (hexadecimal(cursor) & 0x3FF);
      end += utf8(scalar, end);
    } else {
      const char *names = "bfnrt", *values = "\b\f\n\r\t", *name = strchr(names, c);
      *end++ = name ? values[name - names] : c;
    }
  }
  if (**cursor) ++*cursor;
  *length = (size_t)(end - text);
  return text;
}

static tok_id *numbers(const char **cursor, size_t *count) {
  tok_id *ids = allocate(strcspn(*cursor, "]") / 2 * sizeof *ids + sizeof *ids);
  for (*count = 0; **cursor != ']'; skip(cursor, ", ")) {
    char *end;
    ids[(*count)++] = (tok_id)strtoul(*cursor, &end, 10);
    if (end == *cursor) break;
    *cursor = end;
  }
  return ids;
}

static rows read_rows(const char *path) {
  rows rows = {NULL, 0};
  size_t length, number = 1;
  char *file = read_file(path, &length);
  const char *cursor = strchr(file, '\n');
  while (cursor && *++cursor) {
    row *row;
    number++;
    rows.all = realloc(rows.all, (rows.count + 1) * sizeof *rows.all);
    CHECK(rows.all);
    row = &rows.all[rows.count++];
    if (!skip(&cursor, "{\"text\": \"")) fail("%s:%zu is not understood", path, number);
    row->text = string(&cursor, &row->length);
    if (!skip(&cursor, ", \"ids\": [")) fail("%s:%zu is not understood", path, number);
    row->ids = numbers(&cursor, &row->count);
    skip(&cursor, "]");
    if (skip(&cursor, ", \"decoded\": \"")) {
      row->decoded = string(&cursor, &row->decoded_length);
    } else {
      row->decoded = allocate(row->length);
      row->decoded_length = row->length;
      memcpy(row->decoded, row->text, row->length);
    }
    if (!skip(&cursor, "}") || *cursor != '\n') fail("%s:%zu is not understood", path, number);
  }
  free(file);
  return rows;
}

static void free_rows(rows rows) {
  size_t index;
  for (index = 0; index < rows.count; index++) {
    free(rows.all[index].text);
    free(rows.all[index].ids);
    free(rows.all[index].decoded);
  }
  free(rows.all);
}

/* ---- Comparing ------------------------------------------------------------------------------ */

/* The file that is compared. */
static const char *golden;

static void compare(const row *row, const char *what, const tok_id *ids, size_t count) {
  if (count != row->count || (count && memcmp(ids, row->ids, count * sizeof *ids) != 0))
    fail("%s: %s gives other ids for: %.*s", golden, what, (int)row->length, row->text);
}

static void compare_text(const row *row, const char *what, const char *text, size_t length) {
  if (length != row->decoded_length || (length && memcmp(text, row->decoded, length) != 0))
    fail("%s: %s gives another text than: %.*s", golden, what, (int)row->length, row->text);
}

static const tok_encode_options plain = {sizeof plain, TOK_SPECIAL_TEXT, 1};

static void compare_encodings(const tok_tokenizer *tokenizer, tok_context *context, const row *row) {
  tok_id *ids = allocate((row->count + 1) * sizeof *ids);
  tok_token *tokens = allocate((row->count + 1) * sizeof *tokens);
  size_t count, index;
  tok_part part;
  tok_error *error;

  SUCCEED(tok_encode(tokenizer, row->text, row->length, &plain, context, ids, row->count + 1, &count,
                     &error), error);
  compare(row, "tok_encode with a context", ids, count);
  SUCCEED(tok_encode(tokenizer, row->text, row->length, &plain, NULL, ids, row->count + 1, &count,
                     &error), error);
  compare(row, "tok_encode", ids, count);
  SUCCEED(tok_count(tokenizer, row->text, row->length, &plain, context, &count, &error), error);
  CHECK(count == row->count);
  SUCCEED(tok_tokenize(tokenizer, row->text, row->length, &plain, tokens, row->count + 1, &count,
                       &error), error);
  CHECK(count <= row->count + 1);
  for (index = 0; index < count; index++) {
    ids[index] = tokens[index].id;
    CHECK(tokens[index].start <= tokens[index].end && tokens[index].end <= row->length);
  }
  compare(row, "tok_tokenize", ids, count);
  part.text = row->text;
  part.length = row->length;
  part.special = TOK_SPECIAL_TEXT;
  part.reserved = 0;
  SUCCEED(tok_encode_parts(tokenizer, &part, 1, &plain, ids, row->count + 1, &count, &error), error);
  compare(row, "tok_encode_parts", ids, count);
  free(ids);
  free(tokens);
}

static void compare_decodings(const tok_tokenizer *tokenizer, tok_decoder *decoder, const row *row) {
  size_t room = row->decoded_length + 64, length, index, written = 0;
  char *text = allocate(room);
  tok_error *error;
  SUCCEED(tok_decode(tokenizer, row->ids, row->count, true, TOK_INVALID_UTF8_REPAIR, text, room,
                     &length, &error), error);
  compare_text(row, "tok_decode", text, length);
  for (index = 0; index < row->count; index++) {
    SUCCEED(tok_decoder_append(decoder, row->ids[index], text + written, room - written, &length,
                               &error), error);
    written += length;
  }
  SUCCEED(tok_decoder_finish(decoder, text + written, room - written, &length, &error), error);
  compare_text(row, "tok_decoder", text, written + length);
  free(text);
}

/* Two halves, which may part a character. */
static void compare_stream(tok_encoder *encoder, const row *row) {
  tok_id *ids = allocate((row->count + 1) * sizeof *ids);
  size_t count, left, half = row->length / 2;
  tok_error *error;
  SUCCEED(tok_encoder_append(encoder, row->text, half, &error), error);
  SUCCEED(tok_encoder_append(encoder, row->text + half, row->length - half, &error), error);
  SUCCEED(tok_encoder_finish(encoder, &error), error);
  SUCCEED(tok_encoder_fetch(encoder, ids, row->count + 1, &count, &left), NULL);
  CHECK(left == 0);
  compare(row, "tok_encoder", ids, count);
  free(ids);
}

static void compare_many(const tok_tokenizer *tokenizer, rows rows) {
  size_t index, length = 0, count, text_count, start = 0;
  size_t *ends = allocate(rows.count * sizeof *ends);
  tok_text *texts = allocate(rows.count * sizeof *texts);
  tok_encoding **encodings = allocate(rows.count * sizeof *encodings);
  tok_text_options options;
  const tok_id *ids;
  const size_t *id_ends;
  char *text;
  tok_batch *batch;
  tok_error *error;

  for (index = 0; index < rows.count; index++) ends[index] = length += rows.all[index].length;
  text = allocate(length);
  for (index = 0; index < rows.count; index++) {
    const row *row = &rows.all[index];
    tok_text one = {NULL, 0, NULL, 0};
    one.text = row->text;
    one.length = row->length;
    texts[index] = one;
    memcpy(text + ends[index] - row->length, row->text, row->length);
  }
  SUCCEED(tok_encode_batch(tokenizer, text, length, ends, rows.count, &plain, 2, &batch, &error),
          error);
  ids = tok_batch_ids(batch, &count);
  id_ends = tok_batch_ends(batch, &text_count);
  CHECK(text_count == rows.count && id_ends[text_count - 1] == count);
  for (index = 0; index < rows.count; start = id_ends[index++])
    compare(&rows.all[index], "tok_encode_batch", ids + start, id_ends[index] - start);
  CHECK(tok_batch_free(batch) == TOK_OK);

  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.no_template = 1;
  SUCCEED(tok_encode_texts(tokenizer, texts, NULL, rows.count, &options, 2, encodings, &error),
          error);
  for (index = 0; index < rows.count; index++) {
    tok_encoding_view view;
    CHECK(tok_encoding_part_count(encodings[index]) == 1);
    SUCCEED(tok_encoding_part(encodings[index], 0, &view), NULL);
    compare(&rows.all[index], "tok_encode_texts", view.ids, view.count);
    CHECK(tok_encoding_free(encodings[index]) == TOK_OK);
  }
  free(ends);
  free(texts);
  free(encodings);
  free(text);
}

int main(int argc, char **argv) {
  size_t texts = 0, files = 0, streamed = 0;
  int argument;
  if (argc < 3 || argc % 2 == 0) fail("usage: golden VOCABULARY GOLDEN.jsonl ...");
  for (argument = 1; argument < argc; argument += 2) {
    tok_tokenizer *tokenizer = load(argv[argument]);
    rows rows = read_rows(golden = argv[argument + 1]);
    tok_context *context;
    tok_decoder *decoder;
    tok_encoder *encoder;
    tok_error *error;
    tok_status status;
    size_t index;
    CHECK(rows.count >= 200);
    SUCCEED(tok_context_create(0, &context), NULL);
    SUCCEED(tok_decoder_create(tokenizer, true, &decoder), NULL);
    status = tok_encoder_create(tokenizer, &plain, &encoder, &error);
    if (status == TOK_E_UNSUPPORTED) {
      printf("%s: not as a stream: %s\n", golden, tok_error_message(error));
      CHECK(tok_error_free(error) == TOK_OK);
    } else {
      SUCCEED(status, error);
      streamed += rows.count;
    }
    for (index = 0; index < rows.count; index++) {
      compare_encodings(tokenizer, context, &rows.all[index]);
      compare_decodings(tokenizer, decoder, &rows.all[index]);
      if (encoder) compare_stream(encoder, &rows.all[index]);
    }
    compare_many(tokenizer, rows);
    texts += rows.count;
    files++;
    CHECK(tok_encoder_free(encoder) == TOK_OK);
    CHECK(tok_decoder_free(decoder) == TOK_OK);
    CHECK(tok_context_free(context) == TOK_OK);
    CHECK(tok_tokenizer_free(tokenizer) == TOK_OK);
    free_rows(rows);
  }
  printf("%zu golden texts of %zu vocabularies as the originals have them, %zu as streams, too\n",
         texts, files, streamed);
  return 0;
}
