/* Encodes a text, prints its ids, decodes them, and shows an error.
 *
 *     cc encode.c $(pkg-config --cflags --libs tok) -o encode && ./encode
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tok.h>

/* Prints what went wrong, and frees it. */
static void complain(tok_error *error) {
  printf("error %d: %s\n", (int)tok_error_status(error), tok_error_message(error));
  tok_error_free(error);
}

int main(void) {
  const char *text = "Hello, w\xC3\xB6rld! \xE4\xBD\xA0\xE5\xA5\xBD";
  tok_tokenizer *tokenizer;
  tok_error *error;
  if (tok_tokenizer_load_name("o200k_base", &tokenizer, &error) != TOK_OK) {
    complain(error);
    return 1;
  }

  /* A token of this vocabulary is at least one byte, so there is room for all ids. */
  size_t count, length = strlen(text);
  tok_id *ids = malloc(length * sizeof *ids);
  if (!ids) return 1;
  tok_status status =
      tok_encode(tokenizer, text, length, NULL, NULL, ids, length, &count, &error);
  if (status != TOK_OK) {
    complain(error);
    return 1;
  }
  printf("ids:");
  for (size_t i = 0; i < count; i++) printf(" %u", (unsigned)ids[i]);
  printf("\n");

  char same[64];
  status = tok_decode(tokenizer, ids, count, false, TOK_INVALID_UTF8_REPAIR, same, sizeof same,
                      &length, &error);
  if (status != TOK_OK) {
    complain(error);
    return 1;
  }
  printf("text: %.*s\n", (int)length, same);
  free(ids);

  /* No token has this id. */
  tok_id wrong = 4000000;
  if (tok_decode(tokenizer, &wrong, 1, false, TOK_INVALID_UTF8_REPAIR, same, sizeof same, &length,
                 &error) != TOK_OK) {
    complain(error);
  }
  tok_tokenizer_free(tokenizer);
  return 0;
}
