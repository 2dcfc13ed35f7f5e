/* Calls that have to do with chat templates. */
#include "calls.h"

static const char *const sources[] = {
    "{% for m in messages %}<|{{ m.role }}|>{{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}",
    "{{ bos_token }}{% for m in messages %}{{ m.content | trim }}{{ eos_token }}{% endfor %}",
    "{{ strftime_now('%Y') }}{% set n = namespace(x=0) %}{% for m in messages %}{% set n.x = n.x + 1 %}"
    "{% endfor %}{{ n.x }}"};

static const char *const conversations[] = {
    "[]", "[{\"role\": \"user\", \"content\": \"hello <|endoftext|>\"}]",
    "{\"messages\": [{\"role\": \"user\", \"content\": \"a\\u00e9\"}], \"tools\": []}"};

static void template_create(void) {
  const char *source = sources[random_below(&dice, 3)], *tokens;
  size_t length = strlen(source), at;
  char *bytes;
  tok_chat_template *made, **to;
  tok_error **error;
  tok_status status;
  unsigned may = MAY(TOK_OK);
  void *overflow;
  begin("tok_chat_template_create");
  bytes = memcpy(allocate(length), source, length);
  if (by_chance(3)) {
    /* Changed by chance, it may still be a template. */
    may |= MAY(TOK_E_TEMPLATE) | MAY(TOK_E_MALFORMED) | MAY(TOK_E_LIMIT) | MAY(TOK_E_INVALID_UTF8);
    at = random_below(&dice, length);
    if (by_chance(2)) {
      length = at;
    } else {
      bytes[at] = (char)random_bits(&dice);
    }
  }
  source = input(bytes, &length, 1, 1);
  maybe(may & ~MAY(TOK_OK));
  tokens = c_text("{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}", 1);
  if (!is_bad() && by_chance(6)) {
    tokens = by_chance(2) ? "[" : "{\"a\": 1}";
    may = MAY(TOK_OK) | MAY(TOK_E_MALFORMED) | MAY(TOK_E_TEMPLATE) | MAY(TOK_E_INVALID_UTF8) |
          MAY(TOK_E_LIMIT) | MAY(TOK_E_ARGUMENT);
  }
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_chat_template_create(source, length, tokens, to, error);
  free(bytes);
  judge(status, may);
  if (status != TOK_OK) return;
  keep(TEMPLATE, made, &overflow);
  if (overflow) CHECK(tok_chat_template_free(overflow) == TOK_OK);
}

static void template_load(void) {
  static const char *const missing[] = {"", "/nowhere", "/dev/null", "/"};
  const char *path, *name;
  tok_chat_template *made, **to;
  tok_error **error;
  tok_status status;
  begin("tok_chat_template_load");
  path = c_text(missing[random_below(&dice, sizeof missing / sizeof *missing)], 0);
  name = c_text("tool_use", 1);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_chat_template_load(path, name, to, error);
  judge(status, MAY(TOK_OK) | MAY(TOK_E_UNREADABLE) | MAY(TOK_E_MALFORMED) | MAY(TOK_E_UNSUPPORTED) |
                    MAY(TOK_E_TEMPLATE) | MAY(TOK_E_ARGUMENT));
  if (status == TOK_OK) CHECK(tok_chat_template_free(made) == TOK_OK);
}

static tok_status release_template(void *made) { return tok_chat_template_free(made); }
static void template_free(void) { free_one("tok_chat_template_free", TEMPLATE, release_template); }

static void render(void) {
  owned *entry;
  const tok_chat_template *chat_template;
  const char *conversation = conversations[random_below(&dice, 3)];
  size_t length = strlen(conversation);
  tok_chat_options options;
  const tok_chat_options *given;
  tok_chat *made, **to;
  tok_error **error;
  tok_status status;
  unsigned may = MAY(TOK_OK) | MAY(TOK_E_TEMPLATE) | MAY(TOK_E_LIMIT);
  void *overflow;
  begin("tok_chat_render");
  chat_template = handle(TEMPLATE, &entry);
  if (by_chance(6)) {
    length = random_below(&dice, length);
    bad(TOK_E_MALFORMED);
    bad(TOK_E_ARGUMENT);
    bad(TOK_E_TEMPLATE);
    bad(TOK_E_INPUT);
  }
  conversation = input(conversation, &length, 1, 1);
  memset(&options, 0, sizeof options);
  options.generation_prompt = by_chance(2);
  options.users = enumeration(TOK_SPECIAL_ONLY_MODEL + 1);
  options.date = c_text("2024-07-26T12:30:00", 1);
  if (options.date && by_chance(badness)) options.date = "yesterday", bad(TOK_E_ARGUMENT);
  given = sized_options(&options, sizeof options);
  to = place(&made, sizeof made);
  error = error_place();
  status = tok_chat_render(chat_template, conversation, length, given, to, error);
  judge(status, may);
  if (status != TOK_OK) return;
  keep(CHAT, made, &overflow);
  if (overflow) CHECK(tok_chat_free(overflow) == TOK_OK);
}

static void chat_text(void) {
  owned *entry;
  const tok_chat *chat;
  size_t length = 77;
  const char *text;
  begin("tok_chat_text");
  chat = handle(CHAT, &entry);
  text = tok_chat_text(chat, by_chance(4) ? NULL : &length);
  CHECK(entry ? text != NULL && (length == 77 || text[length] == 0)
              : text == NULL && (length == 0 || length == 77));
}

static void chat_parts(void) {
  owned *entry, *tokenizer;
  const tok_chat *chat;
  size_t count = 0, length = 0, whole, index, ids;
  const tok_part *parts;
  tok_status status;
  begin("tok_chat_parts");
  chat = handle(CHAT, &entry);
  parts = tok_chat_parts(chat, &count);
  if (!entry) {
    CHECK(parts == NULL && count == 0);
    return;
  }
  for (index = 0; index < count; index++) length += parts[index].length;
  CHECK(tok_chat_text(chat, &whole) && whole == length);
  tokenizer = any(TOKENIZER);
  if (!tokenizer) return;
  status = tok_encode_parts(tokenizer->handle, parts, count, NULL, NULL, 0, &ids, NULL);
  CHECK(status == TOK_OK || status == TOK_E_CAPACITY || (ENCODING_FAILURES & MAY(status)));
}

static tok_status release_chat(void *chat) { return tok_chat_free(chat); }
static void chat_free(void) { free_one("tok_chat_free", CHAT, release_chat); }

const call chat_calls[] = {
    {"tok_chat_template_create", template_create, 2},
    {"tok_chat_template_load", template_load, 1},
    {"tok_chat_template_free", template_free, 1},
    {"tok_chat_render", render, 4},
    {"tok_chat_text", chat_text, 1},
    {"tok_chat_parts", chat_parts, 2},
    {"tok_chat_free", chat_free, 1},
    {NULL, NULL, 0},
};
