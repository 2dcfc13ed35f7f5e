/*
 * Forked children use the library after threads of their parent did, and while they do:
 *
 *     forking VOCABULARY CHILDREN
 *
 * A child that hangs is ended by its alarm.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

static const tok_tokenizer *tokenizer;
static char text[20000];
static size_t ends[20];
static size_t expected;
static atomic_int is_over;

/* All that may be done with threads, locks and memory of the library. */
static void use(void) {
  tok_batch *batch;
  tok_context *context;
  tok_encoder *encoder;
  tok_error *error;
  size_t count, texts, left;
  tok_id id;
  SUCCEED(tok_count(tokenizer, text, sizeof text, NULL, NULL, &count, &error), error);
  CHECK(count == expected);
  SUCCEED(tok_context_create(0, &context), NULL);
  SUCCEED(tok_count(tokenizer, text, sizeof text, NULL, context, &count, &error), error);
  CHECK(count == expected && tok_context_free(context) == TOK_OK);
  SUCCEED(tok_encode_batch(tokenizer, text, sizeof text, ends, 20, NULL, 4, &batch, &error), error);
  CHECK(tok_batch_ids(batch, &count) && tok_batch_ends(batch, &texts) && texts == 20);
  CHECK(tok_batch_free(batch) == TOK_OK);
  SUCCEED(tok_encoder_create(tokenizer, NULL, &encoder, &error), error);
  SUCCEED(tok_encoder_append(encoder, text, sizeof text, &error), error);
  SUCCEED(tok_encoder_finish(encoder, &error), error);
  SUCCEED(tok_encoder_fetch(encoder, &id, 1, &count, &left), NULL);
  CHECK(count + left == expected && tok_encoder_free(encoder) == TOK_OK);
  /* An error, too, takes a handle. */
  CHECK(tok_count(NULL, text, sizeof text, NULL, NULL, &count, &error) == TOK_E_HANDLE);
  CHECK(tok_error_free(error) == TOK_OK);
}

static void *work(void *argument) {
  do use();
  while (argument && !is_over);
  return NULL;
}

/* Whether a child that uses the library ends well. */
static void fork_one(const char *when) {
  int status;
  pid_t child;
  fflush(NULL);
  child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    alarm(60);
    use();
    _exit(0);
  }
  CHECK(waitpid(child, &status, 0) == child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    fail("a child forked %s threads used the library ended with %x", when, (unsigned)status);
}

int main(int argc, char **argv) {
  pthread_t threads[2];
  size_t index, children;
  tok_tokenizer *loaded;
  generator dice = {7};
  if (argc != 3) fail("usage: forking VOCABULARY CHILDREN");
  children = (size_t)atoi(argv[2]);
  tokenizer = loaded = load(argv[1]);
  for (index = 0; index < sizeof text; index++)
    text[index] = "the quick brown fox, 123\n"[random_below(&dice, 25)];
  for (index = 0; index < 20; index++) ends[index] = 1000 * (index + 1);
  CHECK(tok_count(tokenizer, text, sizeof text, NULL, NULL, &expected, NULL) == TOK_OK);

  for (index = 0; index < 2; index++) CHECK(!pthread_create(&threads[index], NULL, work, NULL));
  for (index = 0; index < 2; index++) CHECK(!pthread_join(threads[index], NULL));
  for (index = 0; index < children; index++) fork_one("after");

  for (index = 0; index < 2; index++) CHECK(!pthread_create(&threads[index], NULL, work, &is_over));
  for (index = 0; index < children; index++) fork_one("while");
  is_over = 1;
  for (index = 0; index < 2; index++) CHECK(!pthread_join(threads[index], NULL));
  use();
  CHECK(tok_tokenizer_free(loaded) == TOK_OK);
  printf("%zu forked children used the library\n", 2 * children);
  return 0;
}
