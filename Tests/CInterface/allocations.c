/*
 * Counts what encoding allocates, once a context has met such text: nothing.
 *
 *     allocations VOCABULARY...
 *
 * The functions of the C library that give memory are counted here and passed on. Needs glibc.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "support.h"

static unsigned long allocations;

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);

void *malloc(size_t size) { return allocations++, __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return allocations++, __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return allocations++, __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) {
  return allocations++, __libc_memalign(alignment, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  return allocations++, __libc_memalign(alignment, size);
}
int posix_memalign(void **memory, size_t alignment, size_t size) {
  allocations++;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}
void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
  allocations++;
  return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

static const struct kind {
  const char *name, *text;
  /* Without white space a long text is one word, for which Unigram makes room anew. */
  int is_word;
} kinds[] = {
    {"English", "The quick brown fox jumps over the lazy dog, and doesn't look back; it's 5 o'clock. ", 0},
    {"German", "Gr\xC3\xB6\xC3\x9F""ere Versp\xC3\xA4tungen im \xC3\x96PNV, sagte der Fahrer. ", 0},
    {"Russian", "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 \xD0\xB8 \xD0\xBC\xD0\xB8\xD1\x80. ", 0},
    {"Arabic", "\xD8\xA7\xD9\x84\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 \xD8\xB9\xD9\x84\xD9\x8A\xD9\x83\xD9\x85. ", 0},
    {"Hindi", "\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x87 ", 0},
    {"Chinese", "\xE4\xBB\x8A\xE5\xA4\xA9\xE5\xA4\xA9\xE6\xB0\x94\xE5\xBE\x88\xE5\xA5\xBD\xE3\x80\x82", 0},
    {"Thai", "\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\xAA\xE0\xB8\x94\xE0\xB8\xB5", 1},
    {"emoji", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xF0\x9F\x8F\xB3\xEF\xB8\x8F ", 0},
    {"code", "    if (index < count) { return values[index++] * 1024; }  // why?\n\n", 0},
    {"digits", "3141592653589793 2.71828 1,000,000 ", 0},
    {"spaces", "  \t \n\n   \r\n        x", 0},
    {"marks", "e\xCC\x81 o\xCC\x88\xCC\xA3 \xC3\xA9", 0},
    {"no UTF-8", "ab\xFF\xFE""c \xC3 \xED\xA0\x80 d", 0},
    {"special tokens", "<|endoftext|> [CLS] <s> </s> <unk> [MASK]", 0},
    {"one letter", "a", 1},
};

static const size_t lengths[] = {10, 1000, 20000};

int main(int argc, char **argv) {
  int argument;
  size_t kind, length, round, calls = 0, allocating = 0;
  size_t room = 40000;
  char *text = allocate(20000);
  tok_id *ids = allocate(room * sizeof *ids);
  if (argc < 2) fail("usage: allocations VOCABULARY...");
  free(allocate(1));
  CHECK(allocations >= 3);
  for (argument = 1; argument < argc; argument++) {
    tok_tokenizer *tokenizer = load(argv[argument]);
    tok_context *context;
    SUCCEED(tok_context_create(0, &context), NULL);
    for (kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
      for (length = 0; length < sizeof lengths / sizeof *lengths; length++) {
        size_t filled, size = strlen(kinds[kind].text), count, counted;
        size_t wanted = kinds[kind].is_word && lengths[length] > 1000 ? 1000 : lengths[length];
        unsigned long before, encoding = 0, counting = 0;
        for (filled = 0; filled < wanted; filled++) text[filled] = kinds[kind].text[filled % size];
        /* It has met the text when it comes for the third time: a cache may wait for the second. */
        for (round = 0; round < 4; round++) {
          before = allocations;
          CHECK(tok_encode(tokenizer, text, filled, NULL, context, ids, room, &count, NULL) == TOK_OK);
          encoding = allocations - before;
          before = allocations;
          CHECK(tok_count(tokenizer, text, filled, NULL, context, &counted, NULL) == TOK_OK);
          counting = allocations - before;
          CHECK(count == counted);
        }
        calls += 2;
        allocating += (encoding > 0) + (counting > 0);
        if (encoding || counting)
          fprintf(stderr, "%s: %s, %zu bytes: %lu allocations of tok_encode, %lu of tok_count\n",
                  argv[argument], kinds[kind].name, filled, encoding, counting);
      }
    CHECK(tok_context_free(context) == TOK_OK);
    CHECK(tok_tokenizer_free(tokenizer) == TOK_OK);
  }
  free(text);
  free(ids);
  if (allocating) fail("%zu of %zu calls allocate", allocating, calls);
  printf("%zu calls of tok_encode and tok_count allocate nothing, with %d vocabularies\n", calls, argc - 1);
  return 0;
}
