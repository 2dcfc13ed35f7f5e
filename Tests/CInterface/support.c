#include "support.h"

#include <stdarg.h>

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

uint64_t random_bits(generator *generator) {
  uint64_t bits = generator->state += 0x9E3779B97F4A7C15u;
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
  return bits ^ (bits >> 31);
}

size_t random_below(generator *generator, size_t limit) {
  return (size_t)(random_bits(generator) % limit);
}

void *allocate(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory) fail("no memory for %zu bytes", size);
  return memory;
}

char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  size_t room = 1 << 16, count = 0, found;
  char *bytes = allocate(room + 1);
  if (!file) fail("%s cannot be opened", path);
  while ((found = fread(bytes + count, 1, room - count, file)) > 0) {
    count += found;
    if (count == room) {
      room *= 2;
      bytes = realloc(bytes, room + 1);
      if (!bytes) fail("no memory for %s", path);
    }
  }
  fclose(file);
  bytes[count] = 0;
  *length = count;
  return bytes;
}

tok_tokenizer *load(const char *path) {
  tok_tokenizer *tokenizer;
  tok_error *error;
  SUCCEED(tok_tokenizer_load(path, NULL, &tokenizer, &error), error);
  return tokenizer;
}
