// All of tok.hpp, each call once; exit status 0 if it is as expected.
#include <tok.hpp>

#include <iostream>
#include <type_traits>

static int failures = 0;

static void expect(bool holds, const char *what) {
  if (holds) return;
  std::cerr << "not so: " << what << '\n';
  failures++;
}
#define EXPECT(condition) expect(condition, #condition)

template <class Call> static tok_status thrown(Call call) {
  try {
    call();
    return TOK_OK;
  } catch (const tok::error &error) {
    return error.status();
  }
}

using Ids = std::vector<tok_id>;

static_assert(!std::is_copy_constructible<tok::tokenizer>::value, "owned once");
static_assert(std::is_nothrow_move_constructible<tok::tokenizer>::value, "may move");
static_assert(!std::is_copy_constructible<tok::encoder>::value, "owned once");

int main() {
  tok::tokenizer made = tok::tokenizer::named("o200k_base");
  tok::tokenizer tokenizer = std::move(made);
  const std::string text = "Hello, w\xC3\xB6rld! <|endoftext|>";
  const Ids ids = tokenizer.encode(text);
  EXPECT(ids.size() > 3 && ids[0] == 13225);
  EXPECT(tokenizer.decode(ids) == text);
  EXPECT(tokenizer.count(text) == ids.size());
  EXPECT(tokenizer.encode("").empty());
  EXPECT(tokenizer.decode(Ids()).empty());
  EXPECT(tokenizer.encode("Hello") == Ids{13225});
  EXPECT(tokenizer.encode(tok::text("Hello, world", 5)) == Ids{13225});
#if __cplusplus >= 201703L
  EXPECT(tokenizer.encode(std::string_view("Hello")) == Ids{13225});
#endif

  // More than is expected of a text, so that the memory has to grow.
  std::string dense;
  for (int i = 0; i < 1000; i++) dense += "\x01\xFF";
  tok::context context;
  EXPECT(tokenizer.encode(dense, context).size() == tokenizer.count(dense));
  EXPECT(tokenizer.decode(tokenizer.encode(dense), false, TOK_INVALID_UTF8_KEEP) == dense);

  tok_encode_options parse = tok::encode_options(TOK_SPECIAL_PARSE);
  EXPECT(tokenizer.encode(text, parse).size() < ids.size());
  EXPECT(tokenizer.encode(text, context, parse) == tokenizer.encode(text, parse));
  EXPECT(thrown([&] { tokenizer.encode(text, tok::encode_options(TOK_SPECIAL_REFUSE)); }) ==
         TOK_E_SPECIAL_TOKEN);
  EXPECT(tokenizer.tokenize(text).back().end == text.size());

  tok_part part = {text.data(), text.size(), TOK_SPECIAL_PARSE, 0};
  EXPECT(tokenizer.encode_parts(std::vector<tok_part>{part}) == tokenizer.encode(text, parse));

  tok::batch batch = tokenizer.encode_batch(text + text, std::vector<size_t>{text.size(), 2 * text.size()}, 2);
  EXPECT(batch.size() == 2 && batch.ids().size() == 2 * ids.size());
  EXPECT(Ids(batch[0].begin(), batch[0].end()) == ids);
  EXPECT(Ids(batch[1].begin(), batch[1].end()) == ids);

  tok_text whole = tok_text();
  whole.text = text.data();
  whole.length = text.size();
  std::vector<tok::encoding> encodings =
      tokenizer.encode_texts(std::vector<tok_text>{whole, whole}, tok::span<tok_text>(),
                             tok::text_options(), 2);
  EXPECT(encodings.size() == 2 && encodings[1].part_count() == 1);
  EXPECT(encodings[1].part().count == ids.size());
  EXPECT(thrown([&] { encodings[0].part(1); }) == TOK_E_ARGUMENT);
  EXPECT(thrown([&] {
           tokenizer.encode_texts(std::vector<tok_text>{whole, whole}, std::vector<tok_text>{whole});
         }) == TOK_E_ARGUMENT);

  tok::encoder encoder(tokenizer);
  tok::decoder decoder(tokenizer);
  Ids streamed;
  std::string back;
  for (char byte : text) {
    for (tok_id id : encoder.append(tok::text(&byte, 1))) streamed.push_back(id);
  }
  for (tok_id id : encoder.finish()) streamed.push_back(id);
  EXPECT(streamed == ids);
  for (tok_id id : streamed) back += decoder.append(id);
  EXPECT(back + decoder.finish() == text);

  EXPECT(tokenizer.id_count() >= tokenizer.token_count());
  EXPECT(tokenizer.has_id(13225) && !tokenizer.has_id(4000000));
  EXPECT(!tokenizer.is_special(13225));
  EXPECT(tokenizer.id_of("Hello") == 13225);
  EXPECT(tokenizer.bytes_of(13225) == "Hello");
  EXPECT(thrown([&] { tokenizer.bytes_of(4000000); }) == TOK_E_UNKNOWN_ID);

  tok::growing_text growing(tokenizer);
  EXPECT(growing.append("Hello, w") == 0);
  EXPECT(growing.append(text.substr(8)) <= 3);
  EXPECT(growing.ids() == ids && growing.ids(2) == Ids(ids.begin() + 2, ids.end()));

  std::vector<tok_added_token> added(1);
  added[0].text = "<<new>>";
  added[0].length = 7;
  added[0].id = static_cast<tok_id>(tokenizer.id_count());
  tok::tokenizer larger = tokenizer.add_tokens(added);
  EXPECT(larger.encode("<<new>>") == Ids{added[0].id});
  EXPECT(larger.added_tokens().size() == tokenizer.added_tokens().size() + 1);
  EXPECT(tokenizer.inspect("name").find("\"name\"") != std::string::npos);
  EXPECT(tok::vocabularies().find("o200k_base") != std::string::npos);

  tok::chat_template jinja =
      tok::chat_template::from_memory("{% for m in messages %}<|endoftext|>{{ m.content }}{% endfor %}");
  tok::chat chat = jinja.render("[{\"role\": \"user\", \"content\": \"<|endoftext|>\"}]");
  EXPECT(chat.text() == "<|endoftext|><|endoftext|>");
  EXPECT(tokenizer.encode_parts(chat.parts()).size() == 1 + tokenizer.count("<|endoftext|>"));
  EXPECT(thrown([] { tok::chat_template::from_memory("{% for %}"); }) < 0);

  const std::string corpus = "low low low lower lowest newer newest wider widest low lower ";
  tok::trainer trainer("unigram");
  trainer.set("vocab_size", "20");
  trainer.add_text(corpus);
  EXPECT(thrown([&] { trainer.set("no_such_option", "1"); }) == TOK_E_OPTION);
  tok::trainer pairs("bpe");
  pairs.set("vocab_size", "270");
  pairs.add_text(corpus);
  std::string report;
  tok::tokenizer trained = pairs.run(tok::run_options(), &report);
  EXPECT(trained.token_count() == 270 && report.find("270") != std::string::npos);
  EXPECT(trained.count("low") == 1);
  tok::tokenizer reread = tok::tokenizer::from_memory(trained.write(TOK_FORMAT_TOKENIZER_JSON));
  EXPECT(reread.encode(corpus) == trained.encode(corpus));
  std::vector<uint64_t> uses(trained.id_count());
  for (tok_id id : trained.encode("low")) uses[id] = 1;
  Ids new_ids;
  tok::tokenizer smaller = trained.trim(uses, 0, &new_ids);
  EXPECT(smaller.token_count() < trained.token_count() && new_ids.size() == uses.size());
  EXPECT(smaller.decode(smaller.encode("low")) == "low");
  tok_draw_options dropout = tok::draw_options();
  dropout.drawing = TOK_DRAWING_DROPOUT;
  dropout.number = 1;
  EXPECT(trained.draw("low", dropout).size() == 3);
  EXPECT(trained.cut(TOK_CUTTING_FEWEST_TOKENS).count("low") == 1);
  EXPECT(thrown([&] { trained.best_encodings("low", 4); }) == TOK_E_UNSUPPORTED);
  tok::trainer extender("extend", &trained);
  extender.set("vocab_size", "272");
  extender.add_text(corpus);
  EXPECT(extender.run().token_count() == 272);

  // What is wrong, where, and how far from the start.
  try {
    tok::tokenizer::from_memory(std::string("{\"model\": 7}"));
    EXPECT(!"taken");
  } catch (const tok::error &error) {
    EXPECT(error.status() < 0 && *error.what() != 0);
  }
  try {
    tok::tokenizer::load("no/such/file");
    EXPECT(!"taken");
  } catch (const tok::error &error) {
    EXPECT(error.status() == TOK_E_UNREADABLE);
    EXPECT(error.place().find("no/such/file") != std::string::npos);
  }
  try {
    tokenizer.decode(Ids{13225, 4000000});
    EXPECT(!"taken");
  } catch (const tok::error &error) {
    EXPECT(error.offset() == 1);
  }
  EXPECT(thrown([] { tok::tokenizer::named("no-such-vocabulary"); }) == TOK_E_UNKNOWN_VOCABULARY);
  tok_tokenizer_free(nullptr);
  return failures;
}
