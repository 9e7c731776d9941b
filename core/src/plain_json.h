#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "firn/batch.h"
#include "firn/bytes.h"
#include "json_key.h"

namespace firn {

/// Walks JSON that is spelled plainly. A method that returns bool returns false for whatever else
/// it meets, and then all reading is over: whoever asked begins anew with JsonReader.
class PlainJson {
 public:
  /// REQUIRES to be called once. Walks a copy: what is shared may change, and strings lose their
  /// escapes where they stand. Behind it stand NULs, which end every walk.
  [[nodiscard]] bool open(std::string_view json);

  /// The next letter that is no white space is this one.
  [[nodiscard]] bool is_next(char letter) {
    skip_white_space();
    return *at_ == letter;
  }

  /// The same, and it is passed over.
  [[nodiscard]] bool take(char letter) {
    if (!is_next(letter)) return false;
    ++at_;
    return true;
  }

  /// Slots of the keys that an object has had, one bit each: none comes twice.
  using SeenKeys = std::uint32_t;

  [[nodiscard]] static bool has(SeenKeys seen, unsigned slot) { return (seen >> slot & 1U) != 0; }

  /// Hands each key to `read_value`, which reads what stands behind the colon.
  template <typename ReadValue>
  [[nodiscard]] bool object(std::span<const JsonKey> keys, SeenKeys& seen,
                            const ReadValue& read_value) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      const JsonKey* const key = word_of(keys);
      if (key == nullptr || has(seen, key->slot)) return false;
      seen |= 1U << key->slot;
      if (!take(':') || !read_value(*key)) return false;
    } while (take(','));
    return take('}');
  }

  /// A string that is one of these; else null.
  [[nodiscard]] const JsonKey* word_of(std::span<const JsonKey> words) {
    if (!take('"')) return nullptr;
    const JsonKey* const word = find_key(words, at_);
    if (word != nullptr) at_ += word->spelling.size() + 1;
    return word;
  }

  template <typename ReadElement>
  [[nodiscard]] bool array(const ReadElement& read_element) {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!read_element()) return false;
    } while (take(','));
    return take(']');
  }

  /// The view lives as long as this.
  [[nodiscard]] bool string(std::string_view& out) {
    if (!take('"')) return false;
    char* const begin = at_;
    skip_plain_letters();
    if (*at_ == '\\') return unescape(begin, out);
    out = {begin, static_cast<std::size_t>(at_ - begin)};
    return *at_++ == '"';
  }

  /// A whole number from `min` to kMaxCount.
  [[nodiscard]] bool count(std::uint64_t min, std::uint64_t& out);

  [[nodiscard]] bool boolean(bool& out);

  /// Nothing but white space is left.
  [[nodiscard]] bool close();

 private:
  void skip_white_space() {
    while (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t') ++at_;
  }
  void skip_plain_letters();
  [[nodiscard]] bool unescape(char* begin, std::string_view& out);

  Bytes text_;
  char* at_ = nullptr;
  const char* end_ = nullptr;
};

}  // namespace firn
