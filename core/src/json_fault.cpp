#include "json_fault.h"

#include <string>

#include "utf8.h"

namespace firn {

namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::string_view kDelimiters = " \t\r\n,:[]{}\"";

bool take_digits(std::string_view& token) {
  const std::size_t end = token.find_first_not_of("0123456789");
  const std::size_t count = end == std::string_view::npos ? token.size() : end;
  token.remove_prefix(count);
  return count > 0;
}

bool take_one_of(std::string_view& token, std::string_view choices) {
  if (token.empty() || choices.find(token.front()) == std::string_view::npos) return false;
  token.remove_prefix(1);
  return true;
}

/// The code unit of "\uXXXX" at the front of `text`; nothing when it is not one.
std::optional<unsigned> unicode_escape(std::string_view text) {
  if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  for (const char digit : text.substr(2, 4)) {
    constexpr std::string_view digits = "0123456789abcdef0123456789ABCDEF";
    const std::size_t value = digits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    unit = unit * 16 + static_cast<unsigned>(value % 16);
  }
  return unit;
}

/// Bytes of the escape sequence at the front of `text`, a surrogate pair being one; 0 when bad.
std::size_t escape_size(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] != 'u') return std::string_view("\"\\/bfnrt").contains(text[1]) ? 2 : 0;
  const auto unit = unicode_escape(text);
  if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF)) return 0;
  if (*unit < 0xD800 || *unit > 0xDBFF) return 6;
  const auto low = unicode_escape(text.substr(6));
  return low && *low >= 0xDC00 && *low <= 0xDFFF ? 12 : 0;
}

/// Reads tokens one by one and holds each against what may stand there.
class Scanner {
 public:
  explicit Scanner(std::string_view json) : json_(json) {}

  std::optional<JsonFault> scan();

 private:
  enum class Expects { value, value_or_end, key, key_or_end, colon, comma_or_end, nothing };

  bool scan_token();
  bool scan_string();
  bool scan_word();
  bool open(char bracket);
  bool close(char bracket);
  bool fail(std::size_t offset, std::string_view reason);
  [[nodiscard]] Expects after_value() const {
    return open_.empty() ? Expects::nothing : Expects::comma_or_end;
  }
  [[nodiscard]] bool expects_value() const {
    return expects_ == Expects::value || expects_ == Expects::value_or_end;
  }

  std::string_view json_;
  std::size_t at_ = 0;
  Expects expects_ = Expects::value;
  std::string open_;  ///< The brackets around the place, outermost first.
  std::optional<JsonFault> fault_;
};

std::optional<JsonFault> Scanner::scan() {
  if (json_.starts_with("\xEF\xBB\xBF")) return JsonFault{0, "a byte order mark"};
  const std::size_t valid = valid_utf8_prefix(json_);
  if (valid < json_.size()) return JsonFault{valid, "invalid UTF-8"};
  while ((at_ = json_.find_first_not_of(kWhiteSpace, at_)) != std::string_view::npos) {
    if (!scan_token()) return fault_;
  }
  if (expects_ != Expects::nothing) return JsonFault{json_.size(), "it ends too soon"};
  return std::nullopt;
}

bool Scanner::scan_token() {
  const char token = json_[at_];
  if (expects_ == Expects::nothing) return fail(at_, "something after its end");
  if (token == '[' || token == '{') return open(token);
  if (token == ']' || token == '}') return close(token);
  if (token == '"') return scan_string();
  if (token == ',' && expects_ == Expects::comma_or_end) {
    expects_ = open_.back() == '{' ? Expects::key : Expects::value;
  } else if (token == ':' && expects_ == Expects::colon) {
    expects_ = Expects::value;
  } else if (token == ',' || token == ':') {
    return fail(at_, "an unexpected token");
  } else {
    return scan_word();
  }
  ++at_;
  return true;
}

bool Scanner::open(char bracket) {
  if (!expects_value()) return fail(at_, "an unexpected token");
  open_ += bracket;
  expects_ = bracket == '{' ? Expects::key_or_end : Expects::value_or_end;
  ++at_;
  return true;
}

bool Scanner::close(char bracket) {
  const char opened = bracket == '}' ? '{' : '[';
  const Expects end_of_empty = bracket == '}' ? Expects::key_or_end : Expects::value_or_end;
  const bool may_end = expects_ == Expects::comma_or_end || expects_ == end_of_empty;
  if (open_.empty() || open_.back() != opened || !may_end) return fail(at_, "an unexpected token");
  open_.pop_back();
  expects_ = after_value();
  ++at_;
  return true;
}

bool Scanner::scan_string() {
  const bool is_key = expects_ == Expects::key || expects_ == Expects::key_or_end;
  if (!is_key && !expects_value()) return fail(at_, "an unexpected token");
  const std::size_t quote = at_++;
  while (at_ < json_.size() && json_[at_] != '"') {
    if (static_cast<unsigned char>(json_[at_]) < 0x20) {
      return fail(at_, "a control character inside a string");
    }
    const std::size_t size = json_[at_] == '\\' ? escape_size(json_.substr(at_)) : 1;
    if (size == 0) return fail(quote, "a bad escape in a string");
    at_ += size;
  }
  if (at_ == json_.size()) return fail(quote, "a string without end");
  ++at_;
  expects_ = is_key ? Expects::colon : after_value();
  return true;
}

bool Scanner::scan_word() {
  const std::size_t end = std::min(json_.find_first_of(kDelimiters, at_), json_.size());
  const std::string_view word = json_.substr(at_, end - at_);
  if (!expects_value()) return fail(at_, "an unexpected token");
  if (word != "true" && word != "false" && word != "null" && !is_json_number(word)) {
    return fail(at_, "an unknown word or number");
  }
  at_ = end;
  expects_ = after_value();
  return true;
}

bool Scanner::fail(std::size_t offset, std::string_view reason) {
  fault_ = JsonFault{offset, reason};
  return false;
}

}  // namespace

bool is_json_number(std::string_view token) noexcept {
  take_one_of(token, "-");
  if (!take_one_of(token, "0") && !take_digits(token)) return false;
  if (take_one_of(token, ".") && !take_digits(token)) return false;
  if (take_one_of(token, "eE")) {
    take_one_of(token, "+-");
    if (!take_digits(token)) return false;
  }
  return token.empty();
}

std::optional<JsonFault> find_json_fault(std::string_view json) { return Scanner(json).scan(); }

}  // namespace firn
