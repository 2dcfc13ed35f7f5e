#include "models.h"

model models[MODELS_MAX];
size_t model_count;
struct text texts[TEXTS];

static tok_tokenizer *tokenizers[MODELS_MAX];
static result *results[MODELS_MAX][TEXTS][4][2];

/* ---- Small vocabularies --------------------------------------------------------------------- */

/* All bytes and a few merges, as a .tiktoken file. */
static char *small_tiktoken(void) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static const char *merges[] = {"th", "the", "in", "er", "an", " t", " the", "\n\n", "  ", "tok_"};
  char *file = allocate(1 << 14), *end = file;
  size_t id;
  for (id = 0; id < 256 + sizeof merges / sizeof *merges; id++) {
    unsigned char bytes[8] = {0};
    size_t length = 1, index;
    if (id < 256) {
      bytes[0] = (unsigned char)id;
    } else {
      length = strlen(merges[id - 256]);
      memcpy(bytes, merges[id - 256], length);
    }
    for (index = 0; index < length; index += 3) {
      unsigned group = (unsigned)bytes[index] << 16 | (unsigned)bytes[index + 1] << 8 |
                       (unsigned)bytes[index + 2];
      size_t part, used = length - index < 3 ? length - index + 1 : 4;
      for (part = 0; part < 4; part++)
        *end++ = part < used ? digits[group >> (18 - 6 * part) & 63] : '=';
    }
    end += sprintf(end, " %zu\n", id);
  }
  *end = 0;
  return file;
}

static const char small_wordpiece[] =
    "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":["
    "{\"id\":0,\"content\":\"[PAD]\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true},"
    "{\"id\":1,\"content\":\"[UNK]\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true},"
    "{\"id\":2,\"content\":\"[CLS]\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true},"
    "{\"id\":3,\"content\":\"[SEP]\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true}],"
    "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,"
    "\"strip_accents\":null,\"lowercase\":true},\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
    "\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"[SEP]\",3],\"cls\":[\"[CLS]\",2]},"
    "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true},"
    "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","
    "\"max_input_chars_per_word\":100,\"vocab\":{\"[PAD]\":0,\"[UNK]\":1,\"[CLS]\":2,\"[SEP]\":3,"
    "\"the\":4,\"tok\":5,\"##en\":6,\"##s\":7,\"##izer\":8,\"_\":9,\"a\":10,\"##a\":11,\".\":12}}}";

static const char small_unigram[] =
    "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":["
    "{\"id\":0,\"content\":\"<unk>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true},"
    "{\"id\":9,\"content\":\"<|x|>\",\"single_word\":false,\"lstrip\":true,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true}],\"normalizer\":{\"type\":\"NFKC\"},"
    "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"\\u2581\",\"prepend_scheme\":\"always\","
    "\"split\":true},\"post_processor\":null,"
    "\"decoder\":{\"type\":\"Metaspace\",\"replacement\":\"\\u2581\",\"prepend_scheme\":\"always\","
    "\"split\":true},\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],"
    "[\"\\u2581\",-2.5],[\"a\",-3.1],[\"e\",-3.0],[\"t\",-3.2],[\"h\",-3.3],[\"the\",-4.1],"
    "[\"\\u2581the\",-4.0],[\"\\u2581to\",-4.2]],\"byte_fallback\":false}}";

static model *add_model(const char *name, char *bytes, size_t length, int is_small) {
  model *added = &models[model_count++];
  added->name = name;
  added->bytes = bytes;
  added->length = length;
  added->options.size = sizeof added->options;
  added->is_small = is_small;
  return added;
}

static char *copied(const char *text) {
  size_t length = strlen(text);
  return memcpy(allocate(length + 1), text, length + 1);
}

static void add_file(const char *folder, const char *name) {
  char path[4096];
  size_t length;
  char *bytes;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  bytes = read_file(path, &length);
  add_model(name, bytes, length, 0);
}

/* ---- Texts ---------------------------------------------------------------------------------- */

static void set_text(size_t index, const char *bytes, size_t length) {
  texts[index].length = length;
  texts[index].bytes = memcpy(allocate(length), bytes, length);
}

/* How many texts are not by chance. */
static size_t made_count;

int is_random(size_t text) { return text >= made_count && text % 3 == 0; }

static void make_texts(void) {
  static const char *const some[] = {
      "", " ", "a", "the tokens of the tokenizer.", "Der Zug nach M\xC3\xBCnchen f\xC3\xA4hrt um 7.",
      "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE6\x96\x87",
      "e\xCC\x81\xCC\x81 \xCC\x81", "\r\n\r\n \t\n", "<|endoftext|>", "a <|x|> b<|x|>", "[CLS] the [SEP]",
      "<s>hello</s><unk>", "\xFF\xFE", "ab\xC3", "\xED\xA0\x80 lone",
      "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", "tok_encode(tokenizer, \"the\", 3);",
      "    if (x) {\n        return 1234567;\n    }\n",
      "we're I'LL they'd", "\xE2\x96\x81the\xE2\x96\x81", "don't \xEF\xBC\xB4\xEF\xBD\x88\xEF\xBD\x85"};
  char bytes[1024];
  size_t index, length, byte;
  for (index = 0; index < sizeof some / sizeof *some; index++)
    set_text(index, some[index], strlen(some[index]));
  for (byte = 0; byte < 256; byte++) bytes[byte] = (char)byte;
  set_text(index++, bytes, 256);
  memset(bytes, 'a', sizeof bytes);
  set_text(index++, bytes, 1000);
  memset(bytes, ' ', sizeof bytes);
  set_text(index++, bytes, 600);
  for (made_count = index; index < TEXTS; index++) {
    /* Bytes by chance, letters by chance, texts from above one behind another. */
    length = random_below(&dice, 200);
    for (byte = 0; byte < length; byte++)
      bytes[byte] = (char)(index % 3 ? "the atoken.sizr,\n "[random_below(&dice, 18)]
                                     : (int)random_below(&dice, 256));
    if (index % 3 == 2) {
      const struct text *one = &texts[random_below(&dice, index)];
      size_t more = one->length < 700 ? one->length : 700;
      memcpy(bytes + length, one->bytes, more);
      length += more;
    }
    set_text(index, bytes, length);
  }
}

const char *text_input(size_t *index, size_t *length) {
  *index = random_below(&dice, TEXTS);
  *length = texts[*index].length;
  return input(texts[*index].bytes, length, 1, 1);
}

/* ---- Results -------------------------------------------------------------------------------- */

void make_models(const char *folder) {
  model *added;
  char *tiktoken = small_tiktoken();
  size_t index;
  make_texts();
  added = add_model("small.tiktoken", tiktoken, strlen(tiktoken), 1);
  added->options.pattern = "\\p{L}+| ?[^\\s\\p{L}]+|\\s+(?!\\S)|\\s+";
  added->options.dialect = TOK_DIALECT_RUST;
  added->options.special_tokens = "{\"<|endoftext|>\": 300, \"<|x|>\": 301}";
  add_model("small WordPiece", copied(small_wordpiece), strlen(small_wordpiece), 1);
  add_model("small Unigram", copied(small_unigram), strlen(small_unigram), 1);
  add_file(folder, "bert-base-uncased/tokenizer.json");
  add_file(folder, "mistral-7b-v0.1/tokenizer.model");
  add_file(folder, "tok-bpe-32k/tokenizer.json");
  for (index = 0; index < model_count; index++) {
    tok_error *error;
    SUCCEED(tok_tokenizer_load_memory(models[index].bytes, models[index].length,
                                      &models[index].options, &tokenizers[index], &error), error);
  }
  added = add_model("o200k_base", NULL, 0, 1);
  SUCCEED(tok_tokenizer_load_name(added->name, &tokenizers[index], NULL), NULL);
  for (index = 0; index < model_count; index++) {
    size_t text, variant;
    set_handle_aside(tokenizers[index]);
    for (text = 0; text < TEXTS; text++)
      for (variant = 0; variant < 8; variant++)
        result_of(index, text, (int)variant / 2, (int)variant % 2);
  }
}

void free_models(void) {
  size_t model, text, variant;
  for (model = 0; model < model_count; model++) {
    for (text = 0; text < TEXTS; text++)
      for (variant = 0; variant < 8; variant++) {
        result *one = results[model][text][variant / 2][variant % 2];
        if (one) free(one->ids);
        free(one);
      }
    CHECK(tok_tokenizer_free(tokenizers[model]) == TOK_OK);
    free(models[model].bytes);
  }
  for (text = 0; text < TEXTS; text++) free(texts[text].bytes);
}

const tok_tokenizer *tokenizer_of(size_t model) { return tokenizers[model]; }

result encode_plainly(const tok_tokenizer *tokenizer, const char *text, size_t length, int special,
                      int no_template) {
  result found = {TOK_OK, NULL, 0};
  tok_encode_options options;
  options.size = sizeof options;
  options.special = special;
  options.no_template = no_template;
  found.status =
      tok_encode(tokenizer, text, length, &options, NULL, NULL, 0, &found.count, NULL);
  if (found.status != TOK_OK && found.status != TOK_E_CAPACITY) return found;
  found.ids = allocate(found.count * sizeof *found.ids);
  found.status = tok_encode(tokenizer, text, length, &options, NULL, found.ids, found.count,
                            &found.count, NULL);
  CHECK(found.status == TOK_OK);
  return found;
}

const result *result_of(size_t model, size_t text, int special, int no_template) {
  result **place = &results[model][text][special][no_template != 0];
  if (!*place) {
    *place = allocate(sizeof **place);
    **place = encode_plainly(tokenizers[model], texts[text].bytes, texts[text].length, special,
                             no_template);
  }
  return *place;
}

uint64_t digest(uint64_t before, const void *bytes, size_t length) {
  const unsigned char *byte = bytes;
  for (before ^= 0xCBF29CE484222325u; length > 0; length--) before = (before ^ *byte++) * 0x100000001B3u;
  return before ^ 0xCBF29CE484222325u;
}
