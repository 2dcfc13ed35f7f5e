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

} // namespace tok

#endif
