/* How long one call of tok_encode takes: nanoseconds of processor time a call, on a text that is known by
   then.

     calls VOCABULARY TEXT COUNT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tok.h>

static double nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(int argc, char **argv) {
  tok_tokenizer *tokenizer;
  tok_context *context;
  tok_error *error;
  tok_encode_options options = {sizeof options, TOK_SPECIAL_TEXT, true};
  tok_id ids[4096];
  size_t count = 0, length;
  int round, index, calls;
  double least = 0;
  if (argc != 4) return 2;
  calls = atoi(argv[3]);
  length = strlen(argv[2]);
  if (tok_tokenizer_load(argv[1], NULL, &tokenizer, &error) != TOK_OK) {
    fprintf(stderr, "%s\n", tok_error_message(error));
    return 1;
  }
  if (tok_context_create(0, &context) != TOK_OK) return 1;
  for (round = 0; round < 5; round++) {
    double start = nanoseconds(), taken;
    for (index = 0; index < calls; index++)
      if (tok_encode(tokenizer, argv[2], length, &options, context, ids, 4096, &count, NULL) != TOK_OK)
        return 1;
    taken = (nanoseconds() - start) / calls;
    if (round == 0 || taken < least) least = taken;
  }
  printf("[%.1f, %zu]\n", least, count);
  return 0;
}
