/* What node sees of libtok: load(name), encode(tokenizer, text), decode(tokenizer, ids).
 *
 *     cc -shared -fPIC -I NODE/include/node addon.c $(pkg-config --cflags --libs tok) -o tok.node
 */
#include <node_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <tok.h>

/* Throws what went wrong as an Error whose code is the status; frees it. */
static napi_value failed(napi_env env, tok_status status, tok_error *details) {
  char code[16];
  snprintf(code, sizeof code, "%d", (int)status);
  const char *message = tok_error_message(details);
  napi_throw_error(env, code, message ? message : tok_status_message(status));
  tok_error_free(details);
  return NULL;
}

static void finalize(napi_env env, void *tokenizer, void *hint) {
  (void)env, (void)hint;
  tok_tokenizer_free(tokenizer);
}

static napi_value load(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, result;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  char name[4096];
  if (count != 1 || napi_get_value_string_utf8(env, argument, name, sizeof name, NULL) != napi_ok) {
    napi_throw_type_error(env, NULL, "load takes a name");
    return NULL;
  }
  tok_tokenizer *tokenizer;
  tok_error *details;
  tok_status status = tok_tokenizer_load_name(name, &tokenizer, &details);
  if (status != TOK_OK) return failed(env, status, details);
  napi_create_external(env, tokenizer, finalize, NULL, &result);
  return result;
}

static napi_value encode(napi_env env, napi_callback_info info) {
  size_t count = 2, length, id_count;
  napi_value arguments[2], buffer, result;
  void *tokenizer, *memory;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  if (count != 2 || napi_get_value_external(env, arguments[0], &tokenizer) != napi_ok ||
      napi_get_value_string_utf8(env, arguments[1], NULL, 0, &length) != napi_ok) {
    napi_throw_type_error(env, NULL, "encode takes a tokenizer and a text");
    return NULL;
  }
  char *text = malloc(length + 1);
  if (!text) return failed(env, TOK_E_LIMIT, NULL);
  napi_get_value_string_utf8(env, arguments[1], text, length + 1, &length);

  /* Measured first, then written where node has the memory. */
  tok_error *details = NULL;
  tok_status status = tok_count(tokenizer, text, length, NULL, NULL, &id_count, &details);
  if (status == TOK_OK) {
    napi_create_arraybuffer(env, id_count * sizeof(tok_id), &memory, &buffer);
    status = tok_encode(tokenizer, text, length, NULL, NULL, memory, id_count, &id_count, &details);
  }
  free(text);
  if (status != TOK_OK) return failed(env, status, details);
  napi_create_typedarray(env, napi_uint32_array, id_count, buffer, 0, &result);
  return result;
}

static napi_value decode(napi_env env, napi_callback_info info) {
  size_t count = 2, id_count, length;
  napi_value arguments[2], result;
  napi_typedarray_type type;
  void *tokenizer, *ids;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  if (count != 2 || napi_get_value_external(env, arguments[0], &tokenizer) != napi_ok ||
      napi_get_typedarray_info(env, arguments[1], &type, &id_count, &ids, NULL, NULL) != napi_ok ||
      type != napi_uint32_array) {
    napi_throw_type_error(env, NULL, "decode takes a tokenizer and a Uint32Array");
    return NULL;
  }
  /* Measured first. */
  tok_error *details;
  tok_status status = tok_decode(tokenizer, ids, id_count, false, TOK_INVALID_UTF8_REPAIR, NULL, 0,
                                 &length, &details);
  if (status == TOK_E_CAPACITY) {
    tok_error_free(details);
    char *text = malloc(length);
    if (!text) return failed(env, TOK_E_LIMIT, NULL);
    status = tok_decode(tokenizer, ids, id_count, false, TOK_INVALID_UTF8_REPAIR, text, length,
                        &length, &details);
    if (status == TOK_OK) napi_create_string_utf8(env, text, length, &result);
    free(text);
  } else if (status == TOK_OK) {
    napi_create_string_utf8(env, "", 0, &result);
  }
  return status == TOK_OK ? result : failed(env, status, details);
}

NAPI_MODULE_INIT() {
  napi_property_descriptor properties[] = {
      {"load", NULL, load, NULL, NULL, NULL, napi_enumerable, NULL},
      {"encode", NULL, encode, NULL, NULL, NULL, napi_enumerable, NULL},
      {"decode", NULL, decode, NULL, NULL, NULL, napi_enumerable, NULL},
  };
  napi_define_properties(env, exports, 3, properties);
  return exports;
}
