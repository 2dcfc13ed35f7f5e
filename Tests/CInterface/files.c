/*
 * Files that are missing, unreadable, malformed, and disks that are full: each gives its status, with a
 * message and the place.
 *
 *     files FOLDER
 *
 * FOLDER is one to write into.
 */
#define _POSIX_C_SOURCE 200809L
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>

#include "support.h"

static char path[4096];

static const char *in(const char *folder, const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void write_file(const char *name, const char *bytes, size_t length) {
  FILE *file = fopen(name, "wb");
  CHECK(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
}

/* `error` says `status`, something, and where: `place` stands in its place or message. */
static void expect(const char *what, tok_status found, tok_error *error, tok_status status,
                   const char *place) {
  if (found != status) fail("%s: status %d, not %d", what, (int)found, (int)status);
  if (!error || tok_error_status(error) != status || !tok_error_message(error)[0])
    fail("%s: there is no message", what);
  if (!strstr(tok_error_place(error), place) && !strstr(tok_error_message(error), place))
    fail("%s: `%s` stands neither in the place `%s` nor in the message `%s`", what, place,
         tok_error_place(error), tok_error_message(error));
  printf("%s: %s: %s\n", what, tok_error_place(error), tok_error_message(error));
  CHECK(tok_error_free(error) == TOK_OK);
}

static void expect_not_loaded(const char *what, const char *name, tok_status status, const char *place) {
  tok_tokenizer *tokenizer;
  tok_error *error;
  tok_status found = tok_tokenizer_load(name, NULL, &tokenizer, &error);
  CHECK(!tokenizer);
  expect(what, found, error, status, place);
}

static void expect_not_saved(const char *what, const tok_tokenizer *tokenizer, const char *name,
                             tok_status status) {
  const char *shown = status == TOK_E_INEXPRESSIBLE ? strrchr(name, '/') + 1 : name;
  tok_bytes *losses = NULL;
  tok_error *error;
  tok_status found = tok_tokenizer_save(tokenizer, name, false, &losses, &error);
  CHECK(!losses);
  expect(what, found, error, status, shown);
}

int main(int argc, char **argv) {
  static const char json[] = "{\"version\": \"1.0\", \"added_tokens\": [], \"model\": "
                             "{\"type\": \"WordPiece\", \"vocab\": {\"a\": 0, \"b\": \"x\"}}}";
  tok_tokenizer *tokenizer, *again;
  tok_error *error;
  struct rlimit limit, small;
  size_t length;
  char *before, *after;
  if (argc != 2) fail("usage: files FOLDER");

  expect_not_loaded("missing", in(argv[1], "nothing.tiktoken"), TOK_E_UNREADABLE, "nothing.tiktoken");
  expect_not_loaded("an empty folder", argv[1], TOK_E_MALFORMED, argv[1]);
  write_file(in(argv[1], "tokenizer.json"), json, strlen(json));
  expect_not_loaded("malformed", path, TOK_E_MALFORMED, "model.vocab");
  write_file(path, json, 40);
  expect_not_loaded("cut off", path, TOK_E_MALFORMED, "tokenizer.json");
  write_file(path, "", 0);
  expect_not_loaded("empty", path, TOK_E_MALFORMED, "tokenizer.json");
  if (getuid() != 0) {
    CHECK(chmod(path, 0) == 0);
    expect_not_loaded("without permission", path, TOK_E_UNREADABLE, "tokenizer.json");
  }
  CHECK(remove(path) == 0);

  SUCCEED(tok_tokenizer_load_name("o200k_base", &tokenizer, &error), error);
  expect_not_saved("a folder that is not there", tokenizer, in(argv[1], "no/some.tok"), TOK_E_UNWRITABLE);
  expect_not_saved("no format", tokenizer, in(argv[1], "some"), TOK_E_ARGUMENT);
  expect_not_saved("not expressible", tokenizer, in(argv[1], "vocab.txt"), TOK_E_INEXPRESSIBLE);

  /* A disk that is full after a megabyte: the file that was there stays. */
  in(argv[1], "some.tiktoken");
  write_file(path, "as it was", 9);
  CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
  small = limit;
  small.rlim_cur = 1 << 20;
  signal(SIGXFSZ, SIG_IGN);
  CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
  expect_not_saved("a full disk", tokenizer, path, TOK_E_UNWRITABLE);
  CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  before = read_file(path, &length);
  CHECK(length == 9 && memcmp(before, "as it was", 9) == 0);
  free(before);

  /* With room it is written, and read again. */
  SUCCEED(tok_tokenizer_save(tokenizer, in(argv[1], "o200k_base.tiktoken"), false, NULL, &error), error);
  SUCCEED(tok_tokenizer_load(path, NULL, &again, &error), error);
  CHECK(tok_token_count(again) == tok_token_count(tokenizer));
  CHECK(tok_tokenizer_free(again) == TOK_OK);

  /* The last line of a large file, and a compiled file with another byte. */
  after = read_file(path, &length);
  memcpy(after + length - 10, "!!!!!!!!!\n", 10);
  write_file(path, after, length);
  free(after);
  expect_not_loaded("a malformed last line", path, TOK_E_MALFORMED, "o200k_base.tiktoken");
  SUCCEED(tok_tokenizer_save(tokenizer, in(argv[1], "some.tok"), false, NULL, &error), error);
  after = read_file(path, &length);
  after[length / 2] ^= 1;
  write_file(path, after, length);
  free(after);
  expect_not_loaded("a damaged compiled file", path, TOK_E_COMPILED, "some.tok");
  CHECK(tok_tokenizer_free(tokenizer) == TOK_OK);
  return 0;
}
