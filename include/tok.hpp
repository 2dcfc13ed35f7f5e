/*
 * tok.hpp - tok.h for C++11 and later: objects that free themselves, and exceptions.
 *
 *     try {
 *       auto tokenizer = tok::tokenizer::named("o200k_base");
 *       std::vector<tok_id> ids = tokenizer.encode("Hello, world");
 *       std::string same = tokenizer.decode(ids);
 *     } catch (const tok::error &error) {
 *       std::cerr << error.what() << '\n';
 *     }
 *
 * Objects can be moved, not copied. get() gives the handle for any function of tok.h, which stays the
 * reference, and tok::check() throws what it gives back. Texts are UTF-8, and go in as std::string,
 * std::string_view, or whatever else has data() and size().
 */
#ifndef TOK_HPP
#define TOK_HPP

#include <cstddef>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tok.h"

namespace tok {

/** What went wrong in a call; what() is the message. */
class error : public std::runtime_error {
public:
  error(tok_status status, const char *message, const char *place = "", int64_t offset = -1)
      : std::runtime_error(message), status_(status), place_(place), offset_(offset) {}

  tok_status status() const noexcept { return status_; }
  /** The file, the place in it, or which text of many; empty where there is none. */
  const std::string &place() const noexcept { return place_; }
  /** In bytes from the start of the file or text, or in ids; -1 where that is not known. */
  int64_t offset() const noexcept { return offset_; }

private:
  tok_status status_;
  std::string place_;
  int64_t offset_;
};

namespace detail {

template <class Handle, tok_status (*free)(Handle *)> struct deleter {
  void operator()(Handle *handle) const noexcept { free(handle); }
};

template <class Handle, tok_status (*free)(Handle *)>
using handle = std::unique_ptr<Handle, deleter<Handle, free>>;

} // namespace detail

/**
 * Throws what a call came to, and frees its error. Does nothing for TOK_OK.
 *
 * The error goes by reference, so that one that the call for `status` fills may stand beside it.
 */
inline void check(tok_status status, tok_error *const &details = nullptr) {
  detail::handle<tok_error, tok_error_free> owned(details);
  if (status == TOK_OK) return;
  if (!details) throw error(status, tok_status_message(status));
  throw error(status, tok_error_message(details), tok_error_place(details),
              tok_error_offset(details));
}

/** Elements of someone else's, as in std::span, which C++11 has not. */
template <class Element> class span {
public:
  span() noexcept : data_(nullptr), size_(0) {}
  span(const Element *data, size_t size) noexcept : data_(data), size_(size) {}

  template <class Container,
            class = decltype(static_cast<const Element *>(std::declval<const Container &>().data())),
            class = decltype(static_cast<size_t>(std::declval<const Container &>().size()))>
  span(const Container &container) noexcept : data_(container.data()), size_(container.size()) {}

  const Element *data() const noexcept { return data_; }
  size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  const Element *begin() const noexcept { return data_; }
  const Element *end() const noexcept { return data_ + size_; }
  const Element &operator[](size_t index) const noexcept { return data_[index]; }

private:
  const Element *data_;
  size_t size_;
};

/** UTF-8 of someone else's. */
class text : public span<char> {
public:
  text(const char *nul_terminated) noexcept : span(nul_terminated, std::strlen(nul_terminated)) {}
  text(const char *data, size_t size) noexcept : span(data, size) {}
  template <class Container, class = decltype(span<char>(std::declval<const Container &>()))>
  text(const Container &container) noexcept : span(container) {}
};

/** Options with their size set and all else at its default. */
inline tok_load_options load_options() {
  tok_load_options options = tok_load_options();
  options.size = sizeof options;
  return options;
}
inline tok_encode_options encode_options(int32_t special = TOK_SPECIAL_TEXT) {
  tok_encode_options options = tok_encode_options();
  options.size = sizeof options;
  options.special = special;
  return options;
}
inline tok_text_options text_options() {
  tok_text_options options = tok_text_options();
  options.size = sizeof options;
  return options;
}
inline tok_draw_options draw_options() {
  tok_draw_options options = tok_draw_options();
  options.size = sizeof options;
  return options;
}
inline tok_chat_options chat_options() {
  tok_chat_options options = tok_chat_options();
  options.size = sizeof options;
  return options;
}
inline tok_source_options source_options() {
  tok_source_options options = tok_source_options();
  options.size = sizeof options;
  return options;
}
inline tok_run_options run_options() {
  tok_run_options options = tok_run_options();
  options.size = sizeof options;
  return options;
}
inline tok_knockout_options knockout_options() {
  tok_knockout_options options = tok_knockout_options();
  options.size = sizeof options;
  return options;
}

namespace detail {

/** Calls until what it writes has room. */
template <class Container, class Call> Container grown(size_t guess, Call call) {
  Container found;
  found.resize(guess);
  for (;;) {
    size_t count = 0;
    tok_error *details = nullptr;
    tok_status status = call(found.empty() ? nullptr : &found[0], found.size(), &count, &details);
    bool is_enough = count <= found.size();
    if (status == TOK_E_CAPACITY && !is_enough) {
      tok_error_free(details);
    } else {
      check(status, details);
    }
    found.resize(count);
    if (is_enough) return found;
  }
}

/** Copies bytes, and frees them; none are an empty string. */
inline std::string taken(tok_bytes *bytes) {
  handle<tok_bytes, tok_bytes_free> owned(bytes);
  size_t length = 0;
  const char *data = tok_bytes_data(bytes, &length);
  return data ? std::string(data, length) : std::string();
}

/** NULL for nothing. */
inline const char *optional(const std::string &text) { return text.empty() ? nullptr : text.c_str(); }

/** How many ids to expect of a text. */
inline size_t ids_of(size_t bytes) { return bytes / 3 + 16; }

} // namespace detail

/** The memory of one thread that encodes. */
class context {
public:
  /** The cache may grow to so many bytes; 0 for the default. */
  explicit context(size_t cache_limit = 0) {
    tok_context *made = nullptr;
    check(tok_context_create(cache_limit, &made));
    handle_.reset(made);
  }

  tok_context *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_context, tok_context_free> handle_;
};

/** The ids of many texts. */
class batch {
public:
  explicit batch(tok_batch *owned) noexcept : handle_(owned) {}

  /** All ids, one text behind another. */
  span<tok_id> ids() const noexcept {
    size_t count = 0;
    const tok_id *ids = tok_batch_ids(get(), &count);
    return span<tok_id>(ids, count);
  }

  /** Where the ids of each text end. */
  span<size_t> ends() const noexcept {
    size_t count = 0;
    const size_t *ends = tok_batch_ends(get(), &count);
    return span<size_t>(ends, count);
  }

  /** How many texts there are. */
  size_t size() const noexcept { return ends().size(); }

  /** The ids of one text. */
  span<tok_id> operator[](size_t index) const noexcept {
    span<size_t> ends = this->ends();
    size_t start = index == 0 ? 0 : ends[index - 1];
    return span<tok_id>(ids().data() + start, ends[index] - start);
  }

  tok_batch *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_batch, tok_batch_free> handle_;
};

/** A text, or two, as a model takes them. */
class encoding {
public:
  explicit encoding(tok_encoding *owned) noexcept : handle_(owned) {}

  /** 1, and one for each part that overflows and was kept. */
  size_t part_count() const noexcept { return tok_encoding_part_count(get()); }

  /** The arrays of a part; they stay as long as this object. */
  tok_encoding_view part(size_t index = 0) const {
    tok_encoding_view view;
    check(tok_encoding_part(get(), index, &view));
    return view;
  }

  tok_encoding *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_encoding, tok_encoding_free> handle_;
};

/** A tokenizer, which threads may share. */
class tokenizer {
public:
  explicit tokenizer(tok_tokenizer *owned) noexcept : handle_(owned) {}

  /** From a file or a model's folder. */
  static tokenizer load(const std::string &path, const tok_load_options *options = nullptr) {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    check(tok_tokenizer_load(path.c_str(), options, &made, &details), details);
    return tokenizer(made);
  }

  /** From memory, which is not needed afterwards. */
  static tokenizer from_memory(span<char> bytes, const tok_load_options *options = nullptr) {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    check(tok_tokenizer_load_memory(bytes.data(), bytes.size(), options, &made, &details), details);
    return tokenizer(made);
  }

  /** `o200k_base`, which is part of the library, or one that was installed. */
  static tokenizer named(const std::string &name) {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    check(tok_tokenizer_load_name(name.c_str(), &made, &details), details);
    return tokenizer(made);
  }

  std::vector<tok_id> encode(text text, const tok_encode_options &options = encode_options()) const {
    return encode(text, nullptr, options);
  }

  /** The same, with the memory of a thread that encodes many texts. */
  std::vector<tok_id> encode(text text, context &context,
                             const tok_encode_options &options = encode_options()) const {
    return encode(text, context.get(), options);
  }

  /** How many ids a text has. */
  size_t count(text text, const tok_encode_options &options = encode_options()) const {
    size_t count = 0;
    tok_error *details = nullptr;
    check(tok_count(get(), text.data(), text.size(), &options, nullptr, &count, &details), details);
    return count;
  }

  /** Ids with the bytes of the text that they stand for. */
  std::vector<tok_token> tokenize(text text,
                                  const tok_encode_options &options = encode_options()) const {
    return detail::grown<std::vector<tok_token>>(
        detail::ids_of(text.size()),
        [&](tok_token *tokens, size_t capacity, size_t *count, tok_error **details) {
          return tok_tokenize(get(), text.data(), text.size(), &options, tokens, capacity, count,
                              details);
        });
  }

  /** The text that parts make together, each with a trust of its own. */
  std::vector<tok_id> encode_parts(span<tok_part> parts,
                                   const tok_encode_options &options = encode_options()) const {
    size_t size = 0;
    for (const tok_part &part : parts) size += part.length;
    return detail::grown<std::vector<tok_id>>(
        detail::ids_of(size),
        [&](tok_id *ids, size_t capacity, size_t *count, tok_error **details) {
          return tok_encode_parts(get(), parts.data(), parts.size(), &options, ids, capacity, count,
                                  details);
        });
  }

  /** Many texts, one behind another in `texts`, which end at `ends`, on several threads. */
  batch encode_batch(text texts, span<size_t> ends, int32_t threads = 1,
                     const tok_encode_options &options = encode_options()) const {
    tok_batch *made = nullptr;
    tok_error *details = nullptr;
    check(tok_encode_batch(get(), texts.data(), texts.size(), ends.data(), ends.size(), &options,
                           threads, &made, &details),
          details);
    return batch(made);
  }

  /** Texts, or pairs of them, as a model takes them, on several threads. */
  std::vector<encoding> encode_texts(span<tok_text> firsts, span<tok_text> seconds = span<tok_text>(),
                                     const tok_text_options &options = text_options(),
                                     int32_t threads = 1) const {
    if (!seconds.empty() && seconds.size() != firsts.size()) {
      throw error(TOK_E_ARGUMENT, "there are not as many second texts as first ones");
    }
    std::vector<tok_encoding *> made(firsts.size());
    std::vector<encoding> encodings;
    encodings.reserve(firsts.size());
    tok_error *details = nullptr;
    check(tok_encode_texts(get(), firsts.data(), seconds.empty() ? nullptr : seconds.data(),
                           firsts.size(), &options, threads, made.data(), &details),
          details);
    for (tok_encoding *each : made) encodings.emplace_back(each);
    return encodings;
  }

  /** The text of ids; special tokens are left out unless `special`. */
  std::string decode(span<tok_id> ids, bool special = false,
                     int32_t invalid_utf8 = TOK_INVALID_UTF8_REPAIR) const {
    return detail::grown<std::string>(
        ids.size() * 6 + 16,
        [&](char *bytes, size_t capacity, size_t *length, tok_error **details) {
          return tok_decode(get(), ids.data(), ids.size(), special, invalid_utf8, bytes, capacity,
                            length, details);
        });
  }

  /** Draws an encoding by chance; the same seed gives the same ids. */
  std::vector<tok_id> draw(text text, const tok_draw_options &options) const {
    return detail::grown<std::vector<tok_id>>(
        detail::ids_of(text.size()),
        [&](tok_id *ids, size_t capacity, size_t *count, tok_error **details) {
          return tok_draw(get(), text.data(), text.size(), &options, ids, capacity, count, details);
        });
  }

  /** The best encodings by a Unigram model's scores, best first, at most `limit`. */
  batch best_encodings(text text, size_t limit, std::vector<double> *scores = nullptr) const {
    tok_batch *made = nullptr;
    tok_error *details = nullptr;
    std::vector<double> found(limit);
    check(tok_best_encodings(get(), text.data(), text.size(), limit, &made, found.data(), &details),
          details);
    batch encodings(made);
    if (scores) scores->assign(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(encodings.size()));
    return encodings;
  }

  /** A tokenizer that cuts words in another way, a TOK_CUTTING. */
  tokenizer cut(int32_t cutting, span<double> scores = span<double>()) const {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    check(tok_tokenizer_cut(get(), cutting, scores.data(), scores.size(), &made, &details), details);
    return tokenizer(made);
  }

  /** A tokenizer with more added tokens. */
  tokenizer add_tokens(span<tok_added_token> tokens) const {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    check(tok_tokenizer_add_tokens(get(), tokens.data(), tokens.size(), &made, &details), details);
    return tokenizer(made);
  }

  /** The added tokens; their texts stay as long as this object. */
  std::vector<tok_added_token> added_tokens() const {
    std::vector<tok_added_token> tokens(tok_added_token_count(get()));
    for (size_t index = 0; index < tokens.size(); index++) {
      check(tok_added_token_at(get(), index, &tokens[index]));
    }
    return tokens;
  }

  /** A file in memory, in a TOK_FORMAT; for vocab.json, `merges` is given the second file. */
  std::string write(int32_t format, const std::string &stem = "", std::string *merges = nullptr) const {
    tok_bytes *file = nullptr, *second = nullptr;
    tok_error *details = nullptr;
    check(tok_tokenizer_write(get(), format, detail::optional(stem), false, &file, &second, nullptr,
                              &details),
          details);
    std::string others = detail::taken(second);
    if (merges) *merges = std::move(others);
    return detail::taken(file);
  }

  /** Writes a file whose name tells the format. */
  void save(const std::string &path) const {
    tok_error *details = nullptr;
    check(tok_tokenizer_save(get(), path.c_str(), false, nullptr, &details), details);
  }

  /** What the tokenizer does, as JSON. */
  std::string inspect(const std::string &name = "") const {
    tok_bytes *json = nullptr;
    tok_error *details = nullptr;
    check(tok_inspect(get(), detail::optional(name), &json, &details), details);
    return detail::taken(json);
  }

  /** A tokenizer with the `token_count` tokens of most use; `new_ids` is given the new id of each. */
  tokenizer trim(span<uint64_t> uses, size_t token_count = 0,
                 std::vector<tok_id> *new_ids = nullptr) const {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    std::vector<tok_id> ids(uses.size());
    check(tok_tokenizer_trim(get(), uses.data(), uses.size(), token_count, ids.data(), &made,
                             &details),
          details);
    if (new_ids) *new_ids = std::move(ids);
    return tokenizer(made);
  }

  /** A tokenizer without the merges that join what belongs to different morphemes. */
  tokenizer knock_out(text lexicon, const tok_knockout_options &options = knockout_options(),
                      std::vector<tok_id> *new_ids = nullptr) const {
    tok_tokenizer *made = nullptr;
    tok_error *details = nullptr;
    std::vector<tok_id> ids(id_count());
    check(tok_tokenizer_knock_out(get(), lexicon.data(), lexicon.size(), &options, ids.data(),
                                  ids.size(), &made, &details),
          details);
    if (new_ids) *new_ids = std::move(ids);
    return tokenizer(made);
  }

  /** One more than the greatest id. */
  size_t id_count() const noexcept { return tok_id_count(get()); }
  size_t token_count() const noexcept { return tok_token_count(get()); }
  bool has_id(tok_id id) const noexcept { return tok_has_id(get(), id); }
  bool is_special(tok_id id) const noexcept { return tok_is_special(get(), id); }

  /** The id of the token whose bytes these are. */
  tok_id id_of(text bytes) const {
    tok_id id = 0;
    check(tok_id_of(get(), bytes.data(), bytes.size(), &id));
    return id;
  }

  /** The id of the token that plays a part, a TOK_ROLE. */
  tok_id id_of_role(int32_t role) const {
    tok_id id = 0;
    check(tok_id_of_role(get(), role, &id));
    return id;
  }

  /** The bytes that decoding gives for an id. */
  std::string bytes_of(tok_id id) const {
    return detail::grown<std::string>(
        32, [&](char *bytes, size_t capacity, size_t *length, tok_error **) {
          return tok_bytes_of(get(), id, bytes, capacity, length);
        });
  }

  tok_tokenizer *get() const noexcept { return handle_.get(); }

private:
  std::vector<tok_id> encode(text text, tok_context *context,
                             const tok_encode_options &options) const {
    return detail::grown<std::vector<tok_id>>(
        detail::ids_of(text.size()),
        [&](tok_id *ids, size_t capacity, size_t *count, tok_error **details) {
          return tok_encode(get(), text.data(), text.size(), &options, context, ids, capacity,
                            count, details);
        });
  }

  detail::handle<tok_tokenizer, tok_tokenizer_free> handle_;
};

/** Encodes a text that comes in parts, which may end within characters. */
class encoder {
public:
  explicit encoder(const tokenizer &tokenizer,
                   const tok_encode_options &options = encode_options()) {
    tok_encoder *made = nullptr;
    tok_error *details = nullptr;
    check(tok_encoder_create(tokenizer.get(), &options, &made, &details), details);
    handle_.reset(made);
  }

  /** Takes the next part; gives the ids that nothing behind it can change. */
  std::vector<tok_id> append(text text) {
    tok_error *details = nullptr;
    check(tok_encoder_append(get(), text.data(), text.size(), &details), details);
    return fetched();
  }

  /** Ends the text, and gives the rest of its ids. The encoder is then as new. */
  std::vector<tok_id> finish() {
    tok_error *details = nullptr;
    check(tok_encoder_finish(get(), &details), details);
    return fetched();
  }

  tok_encoder *get() const noexcept { return handle_.get(); }

private:
  std::vector<tok_id> fetched() {
    size_t count = 0, left = 0;
    check(tok_encoder_fetch(get(), nullptr, 0, &count, &left));
    std::vector<tok_id> ids(left);
    check(tok_encoder_fetch(get(), ids.data(), ids.size(), &count, &left));
    return ids;
  }

  detail::handle<tok_encoder, tok_encoder_free> handle_;
};

/** Decodes ids as they come. */
class decoder {
public:
  explicit decoder(const tokenizer &tokenizer, bool special = false) {
    tok_decoder *made = nullptr;
    check(tok_decoder_create(tokenizer.get(), special, &made));
    handle_.reset(made);
  }

  /** The text that an id completes: whole characters, often none. */
  std::string append(tok_id id) {
    return written([&](char *text, size_t capacity, size_t *length, tok_error **details) {
      return tok_decoder_append(get(), id, text, capacity, length, details);
    });
  }

  /** What was kept of a character that did not come, repaired. The decoder is then as new. */
  std::string finish() {
    return written([&](char *text, size_t capacity, size_t *length, tok_error **details) {
      return tok_decoder_finish(get(), text, capacity, length, details);
    });
  }

  tok_decoder *get() const noexcept { return handle_.get(); }

private:
  template <class Call> std::string written(Call call) {
    char block[256];
    size_t length = 0;
    tok_error *details = nullptr;
    tok_status status = call(block, sizeof block, &length, &details);
    std::string text(block, length);
    while (status == TOK_E_CAPACITY) {
      tok_error_free(details);
      details = nullptr;
      status = tok_decoder_fetch(get(), block, sizeof block, &length);
      text.append(block, length);
    }
    check(status, details);
    return text;
  }

  detail::handle<tok_decoder, tok_decoder_free> handle_;
};

/** A text that grows at its end, and its ids. */
class growing_text {
public:
  explicit growing_text(const tokenizer &tokenizer,
                        const tok_encode_options &options = encode_options()) {
    tok_growing_text *made = nullptr;
    tok_error *details = nullptr;
    check(tok_growing_text_create(tokenizer.get(), &options, &made, &details), details);
    handle_.reset(made);
  }

  /** Appends text; gives how many ids at the front are as they were. */
  size_t append(text text) {
    size_t kept = 0;
    tok_error *details = nullptr;
    check(tok_growing_text_append(get(), text.data(), text.size(), &kept, &details), details);
    return kept;
  }

  /** The ids of the whole text so far, from `start` on. */
  std::vector<tok_id> ids(size_t start = 0) const {
    return detail::grown<std::vector<tok_id>>(
        64, [&](tok_id *ids, size_t capacity, size_t *count, tok_error **) {
          return tok_growing_text_ids(get(), start, ids, capacity, count);
        });
  }

  tok_growing_text *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_growing_text, tok_growing_text_free> handle_;
};

/** A conversation as the model sees it. */
class chat {
public:
  explicit chat(tok_chat *owned) noexcept : handle_(owned) {}

  std::string text() const {
    size_t length = 0;
    const char *data = tok_chat_text(get(), &length);
    return data ? std::string(data, length) : std::string();
  }

  /** For tokenizer::encode_parts(); they stay as long as this object. */
  span<tok_part> parts() const noexcept {
    size_t count = 0;
    const tok_part *parts = tok_chat_parts(get(), &count);
    return span<tok_part>(parts, count);
  }

  tok_chat *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_chat, tok_chat_free> handle_;
};

/** A chat template, which threads may share. */
class chat_template {
public:
  explicit chat_template(tok_chat_template *owned) noexcept : handle_(owned) {}

  /** From a model's folder, or a file. */
  static chat_template load(const std::string &path, const std::string &name = "") {
    tok_chat_template *made = nullptr;
    tok_error *details = nullptr;
    check(tok_chat_template_load(path.c_str(), detail::optional(name), &made, &details), details);
    return chat_template(made);
  }

  /** From Jinja in memory; `special_tokens` is a JSON object of the model's. */
  static chat_template from_memory(text source, const std::string &special_tokens = "") {
    tok_chat_template *made = nullptr;
    tok_error *details = nullptr;
    check(tok_chat_template_create(source.data(), source.size(), detail::optional(special_tokens),
                                   &made, &details),
          details);
    return chat_template(made);
  }

  /** Puts in a conversation, which is JSON. */
  chat render(text conversation, const tok_chat_options &options = chat_options()) const {
    tok_chat *made = nullptr;
    tok_error *details = nullptr;
    check(tok_chat_render(get(), conversation.data(), conversation.size(), &options, &made,
                          &details),
          details);
    return chat(made);
  }

  tok_chat_template *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_chat_template, tok_chat_template_free> handle_;
};

/** Makes vocabularies out of texts. */
class trainer {
public:
  /** `bpe`, `unigram` and others; `base` is the tokenizer to go on from, where there is one. */
  explicit trainer(const std::string &kind, const tokenizer *base = nullptr) {
    tok_trainer *made = nullptr;
    tok_error *details = nullptr;
    check(tok_trainer_create(kind.c_str(), base ? base->get() : nullptr, &made, &details), details);
    handle_.reset(made);
  }

  void set(const std::string &name, const std::string &value) {
    tok_error *details = nullptr;
    check(tok_trainer_set(get(), name.c_str(), value.c_str(), &details), details);
  }

  void add_file(const std::string &path, const tok_source_options &options = source_options()) {
    tok_error *details = nullptr;
    check(tok_trainer_add_file(get(), path.c_str(), &options, &details), details);
  }

  /** The text must stay as it is until the trainer is gone. */
  void add_text(text text, const tok_source_options &options = source_options()) {
    tok_error *details = nullptr;
    check(tok_trainer_add_text(get(), text.data(), text.size(), &options, &details), details);
  }

  /** No exception may leave `next`. */
  void add_texts(tok_next_text next, void *user,
                 const tok_source_options &options = source_options()) {
    tok_error *details = nullptr;
    check(tok_trainer_add_texts(get(), next, user, &options, &details), details);
  }

  /** Trains; `report` is given what came of it, as JSON. */
  tokenizer run(const tok_run_options &options = run_options(), std::string *report = nullptr) {
    tok_tokenizer *made = nullptr;
    tok_bytes *json = nullptr;
    tok_error *details = nullptr;
    check(tok_trainer_run(get(), &options, &made, &json, &details), details);
    tokenizer trained(made);
    std::string told = detail::taken(json);
    if (report) *report = std::move(told);
    return trained;
  }

  /** Counts words only, and writes them to a file. */
  void count(const std::string &path, const tok_run_options &options = run_options()) {
    tok_error *details = nullptr;
    check(tok_trainer_count(get(), path.c_str(), &options, &details), details);
  }

  tok_trainer *get() const noexcept { return handle_.get(); }

private:
  detail::handle<tok_trainer, tok_trainer_free> handle_;
};

/** The vocabularies that tokenizer::named() finds, as JSON. */
inline std::string vocabularies() {
  tok_bytes *json = nullptr;
  tok_error *details = nullptr;
  check(tok_vocabularies(&json, &details), details);
  return detail::taken(json);
}

} // namespace tok

#endif
