#include "plain_json.h"

#include <bit>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "json_word.h"

namespace firn {

namespace {

/// Letters are looked at by words, and the last word may begin at the last letter.
constexpr std::size_t kPadding = 2 * kJsonWord;

/// Of the letter behind a backslash; NUL for "\u" and for what JSON does not have.
char unescaped(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

}  // namespace

bool PlainJson::open(std::string_view json) {
  std::optional<Bytes> text = Bytes::allocate(json.size() + kPadding);
  if (!text) return false;
  text_ = *std::move(text);
  if (!json.empty()) std::memcpy(text_.data(), json.data(), json.size());
  std::memset(text_.data() + json.size(), '\0', kPadding);
  at_ = text_.data();
  end_ = at_ + json.size();
  return simdjson::validate_utf8(text_.data(), json.size());
}

bool PlainJson::count(std::uint64_t min, std::uint64_t& out) {
  constexpr std::ptrdiff_t kMostDigits = 16;
  skip_white_space();
  const char* const begin = at_;
  std::uint64_t number = 0;
  for (; *at_ >= '0' && *at_ <= '9' && at_ - begin < kMostDigits; ++at_) {
    number = number * 10 + static_cast<std::uint64_t>(*at_ - '0');
  }
  out = number;
  const bool leads_with_zero = at_ - begin > 1 && *begin == '0';
  // Whatever else of a number follows is no letter that anyone takes.
  return at_ != begin && !leads_with_zero && number >= min && number <= kMaxCount;
}

bool PlainJson::boolean(bool& out) {
  out = take('t');
  const std::string_view rest = out ? "rue" : "false";
  if (std::memcmp(at_, rest.data(), rest.size()) != 0) return false;
  at_ += rest.size();
  return true;
}

void PlainJson::skip_plain_letters() {
  while (true) {
    const std::uint64_t escapes = escapes_in(json_word(at_));
    if (escapes != 0) {
      at_ += std::countr_zero(escapes) / 8;
      return;
    }
    at_ += kJsonWord;
  }
}

bool PlainJson::unescape(char* begin, std::string_view& out) {
  char* write = at_;
  while (*at_ == '\\') {
    const char letter = unescaped(at_[1]);
    if (letter == '\0') return false;
    *write++ = letter;
    at_ += 2;
    const char* const plain = at_;
    skip_plain_letters();
    const auto size = static_cast<std::size_t>(at_ - plain);
    std::memmove(write, plain, size);
    write += size;
  }
  out = {begin, static_cast<std::size_t>(write - begin)};
  return *at_++ == '"';
}

bool PlainJson::close() {
  skip_white_space();
  return at_ == end_;
}

}  // namespace firn
