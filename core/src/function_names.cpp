#include "function_names.h"

#include <algorithm>
#include <array>
#include <optional>

#include "utf8.h"

namespace firn {

namespace {

/// git's buffer for a name.
constexpr std::size_t kMaxNameBytes = 80;

constexpr std::string_view kSpace = " \t\n\v\f\r";

bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool begins_word(char byte) { return is_letter(byte) || byte == '_'; }

std::string_view without_leading(std::string_view text, std::string_view bytes) {
  return text.substr(std::min(text.find_first_not_of(bytes), text.size()));
}

/// ^[A-Za-z_$], as xdiff has it without a pattern.
bool is_plain_head(std::string_view line) {
  return !line.empty() && (begins_word(line.front()) || line.front() == '$');
}

/// ^[ \t]*[A-Za-z_][A-Za-z_0-9]*:[[:space:]]*($|/[/*])
bool is_cpp_label(std::string_view line) {
  line = without_leading(line, " \t");
  if (line.empty() || !begins_word(line.front())) return false;
  const auto* const end =
      std::ranges::find_if_not(line, [](char byte) { return begins_word(byte) || is_digit(byte); });
  line.remove_prefix(static_cast<std::size_t>(end - line.begin()));
  if (!line.starts_with(':')) return false;
  line = without_leading(line.substr(1), kSpace);
  return line.empty() || line.starts_with("//") || line.starts_with("/*");
}

/// ^((::[[:space:]]*)?[A-Za-z_].*)$, unless it is a label.
bool is_cpp_head(std::string_view line) {
  if (is_cpp_label(line)) return false;
  if (line.starts_with("::")) line = without_leading(line.substr(2), kSpace);
  return !line.empty() && begins_word(line.front());
}

/// ^[:[@.#]?[_a-z0-9].*$ in either case, unless it ends with [:;][[:space:]]*$.
bool is_css_head(std::string_view line) {
  const std::size_t last = line.find_last_not_of(kSpace);
  if (last == std::string_view::npos || line[last] == ':' || line[last] == ';') return false;
  if (std::string_view(":[@.#").find(line.front()) != std::string_view::npos) line.remove_prefix(1);
  return !line.empty() && (begins_word(line.front()) || is_digit(line.front()));
}

bool is_head(std::string_view line, FunctionNames rule) {
  switch (rule) {
    case FunctionNames::none:
      return false;
    case FunctionNames::plain:
      return is_plain_head(line);
    case FunctionNames::cpp:
      return is_cpp_head(line);
    case FunctionNames::css:
      return is_css_head(line);
  }
  return false;
}

/// What a hunk header shows of `line`, which has no terminator; nothing when it is no head.
std::optional<std::string_view> function_name_in(std::string_view line,
                                                 FunctionNames rule) noexcept {
  if (!is_head(line, rule)) return std::nullopt;
  std::string_view name = line.substr(0, kMaxNameBytes);
  // Git's own idea of space here; the patterns have the C library's.
  name = name.substr(0, name.find_last_not_of(" \t\n\r") + 1);
  name = name.substr(0, valid_utf8_prefix(name));
  // A header that ended with a CR would say that the whole diff has CR LF line ends.
  return name.substr(0, name.find_last_not_of('\r') + 1);
}

}  // namespace

std::string_view FunctionFinder::name_above(std::uint64_t line) noexcept {
  if (rule_ == FunctionNames::none) return "";
  for (std::uint64_t above = line - 1; above > searched_to_; --above) {
    if (const auto name = function_name_in(snapshot_.line(above), rule_)) {
      name_ = *name;
      break;
    }
  }
  searched_to_ = std::max(searched_to_, line - 1);
  return name_;
}

FunctionNames function_names_of(std::string_view file_name) noexcept {
  struct Ending {
    std::string_view text;
    FunctionNames rule;
  };
  constexpr std::array kEndings = {
      Ending{"c", FunctionNames::cpp},    Ending{"h", FunctionNames::cpp},
      Ending{"cc", FunctionNames::cpp},   Ending{"hh", FunctionNames::cpp},
      Ending{"cpp", FunctionNames::cpp},  Ending{"hpp", FunctionNames::cpp},
      Ending{"cxx", FunctionNames::cpp},  Ending{"hxx", FunctionNames::cpp},
      Ending{"c++", FunctionNames::cpp},  Ending{"h++", FunctionNames::cpp},
      Ending{"cppm", FunctionNames::cpp}, Ending{"ixx", FunctionNames::cpp},
      Ending{"inl", FunctionNames::cpp},  Ending{"ipp", FunctionNames::cpp},
      Ending{"css", FunctionNames::css},  Ending{"scss", FunctionNames::css},
      Ending{"less", FunctionNames::css},
  };
  const std::size_t dot = file_name.find_last_of("./");
  if (dot == std::string_view::npos || file_name[dot] != '.') return FunctionNames::plain;
  const auto* const known = std::ranges::find(kEndings, file_name.substr(dot + 1), &Ending::text);
  return known == kEndings.end() ? FunctionNames::plain : known->rule;
}

}  // namespace firn
