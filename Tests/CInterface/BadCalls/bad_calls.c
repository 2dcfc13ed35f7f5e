/*
 * Calls every function of tok.h, with good and bad arguments by chance:
 *
 *     bad_calls VOCABULARIES CALLS [SEED]     makes so many calls
 *     bad_calls --list                        names the functions that it calls
 *
 * What can be told to be bad must give the status for it. What is good must give what it gave before,
 * whatever went on between. Nothing may be written behind the caller's memory, and the memory in use
 * may not grow. The same seed makes the same calls.
 */
#include "calls.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

static const call *const tables[] = {library_calls, tokenizer_calls, encoding_calls,
                                     streaming_calls, chat_calls, training_calls};
#define TABLES (sizeof tables / sizeof *tables)

static const call *all[4096];
static size_t shares;
static unsigned long made[4096];

static size_t memory_in_use(void) {
#if defined(__GLIBC__)
  return mallinfo2().uordblks + mallinfo2().hblkhd;
#else
  return 0;
#endif
}

/* Frees all handles, with their own functions. */
static void free_all(void) {
  owned *entry;
  int kind;
  for (kind = 0; kind < KINDS; kind++)
    while ((entry = any((enum kind)kind))) {
      tok_status status = TOK_E_HANDLE;
      switch ((enum kind)kind) {
        case TOKENIZER: status = tok_tokenizer_free(entry->handle); break;
        case CONTEXT: status = tok_context_free(entry->handle); break;
        case ERROR: status = tok_error_free(entry->handle); break;
        case ENCODING: status = tok_encoding_free(entry->handle); break;
        case BATCH: status = tok_batch_free(entry->handle); break;
        case DECODER: status = tok_decoder_free(entry->handle); break;
        case ENCODER: status = tok_encoder_free(entry->handle); break;
        case BYTES: status = tok_bytes_free(entry->handle); break;
        case GROWING: status = tok_growing_text_free(entry->handle); break;
        case TEMPLATE: status = tok_chat_template_free(entry->handle); break;
        case CHAT: status = tok_chat_free(entry->handle); break;
        case TRAINER: status = tok_trainer_free(entry->handle); break;
        case KINDS: break;
      }
      CHECK(status == TOK_OK);
      drop((enum kind)kind, entry);
    }
}

/* One of each model, so that there is something to call with. */
static void load_some(void) {
  size_t index;
  void *overflow;
  for (index = 0; index < model_count; index++) {
    tok_tokenizer *tokenizer;
    tok_status status =
        models[index].bytes
            ? tok_tokenizer_load_memory(models[index].bytes, models[index].length,
                                        &models[index].options, &tokenizer, NULL)
            : tok_tokenizer_load_name(models[index].name, &tokenizer, NULL);
    CHECK(status == TOK_OK);
    keep(TOKENIZER, tokenizer, &overflow)->model = index;
  }
}

int main(int argc, char **argv) {
  size_t table, index, calls, number, in_use = 0;
  const size_t rounds = 20;
  if (argc == 2 && strcmp(argv[1], "--list") == 0) {
    for (table = 0; table < TABLES; table++)
      for (index = 0; tables[table][index].name; index++) puts(tables[table][index].name);
    return 0;
  }
  if (argc < 3) fail("usage: bad_calls VOCABULARIES CALLS [SEED]");
  calls = (size_t)strtoull(argv[2], NULL, 10);
  dice.state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
  for (table = 0; table < TABLES; table++)
    for (index = 0; tables[table][index].name; index++)
      for (number = 0; number < tables[table][index].share; number++)
        all[shares++] = &tables[table][index];

  make_models(argv[1]);
  for (number = 0; number < calls; number++) {
    if (number % (calls / rounds + 1) == 0) {
      free_all();
      /* By then what is kept for good is there. */
      if (number / (calls / rounds + 1) == rounds / 4) in_use = memory_in_use();
      load_some();
    }
    index = random_below(&dice, shares);
    all[index]->make();
    made[index]++;
  }
  free_all();
  number = memory_in_use();
  for (index = 0; index < shares; index++)
    if (made[index] == 0 && calls > 100 * shares) fail("%s was not called", all[index]->name);
  printf("%zu calls with seed %s, %lu of them with bad arguments; statuses:", calls,
         argc > 3 ? argv[3] : "1", bad_call_count);
  for (index = 0; index < 32; index++)
    if (status_counts[index]) printf(" %s%zu: %lu", index ? "-" : "", index, status_counts[index]);
  printf("\n%zu bytes in use at the first quarter, %zu at the end\n", in_use, number);
  if (number > in_use + in_use / 8 + (1 << 20)) fail("the memory in use grows");
  free_models();
  return 0;
}
