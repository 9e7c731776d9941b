#include "diff_names.h"

#include <algorithm>

#include "concat.h"

namespace firn {

namespace {

/// Reads a C-quoted string at the front of `text` and takes it off.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string name;
  std::size_t i = 1;
  while (i < text.size() && text[i] != '"') {
    if (text[i] != '\\') {
      name += text[i++];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    constexpr std::string_view letters = "abtnvfr\"\\";
    constexpr std::string_view bytes = "\a\b\t\n\v\f\r\"\\";
    if (const auto letter = letters.find(text[i]); letter != std::string_view::npos) {
      name += bytes[letter];
      ++i;
      continue;
    }
    const std::string_view octal = text.substr(i, 3);
    const bool is_octal = octal.size() == 3 && octal[0] <= '3' &&
                          octal.find_first_not_of("01234567") == std::string_view::npos;
    if (!is_octal) return std::nullopt;
    name += static_cast<char>((octal[0] - '0') * 64 + (octal[1] - '0') * 8 + (octal[2] - '0'));
    i += 3;
  }
  if (i >= text.size()) return std::nullopt;
  text.remove_prefix(i + 1);
  return name;
}

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
  });
}

bool has_drive_letter(std::string_view name) {
  return name.size() >= 2 && name[1] == ':' &&
         ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
}

/// Without the characters that HFS+ ignores in names: U+200C to U+200F, U+202A to U+202E, U+206A to
/// U+206F and U+FEFF.
std::string without_ignored(std::string_view name) {
  const auto is_ignored = [](std::string_view utf8) {
    if (utf8 == "\xEF\xBB\xBF") return true;
    const auto last = static_cast<unsigned char>(utf8.back());
    if (utf8.starts_with("\xE2\x80"))
      return (last >= 0x8C && last <= 0x8F) || (last >= 0xAA && last <= 0xAE);
    return utf8.starts_with("\xE2\x81") && last >= 0xAA && last <= 0xAF;
  };
  std::string rest;
  while (!name.empty()) {
    const bool skips = name.size() >= 3 && is_ignored(name.substr(0, 3));
    if (!skips) rest += name.front();
    name.remove_prefix(skips ? 3 : 1);
  }
  return rest;
}

/// ".git", also as macOS and Windows spell it (git's verify_path in read-cache.c): without regard
/// to case, to characters that HFS+ ignores, to blanks and dots at the end, and to a stream behind
/// ":"; and by its short name, which is "git~1" where nothing else has taken that.
bool is_git_folder(std::string_view component) {
  const std::string plain = without_ignored(component.substr(0, component.find(':')));
  const std::string_view name = std::string_view(plain).substr(0, plain.find_last_not_of(" .") + 1);
  if (equal_ignoring_case(name, ".git")) return true;
  return name.size() == 5 && equal_ignoring_case(name.substr(0, 4), "git~") && name[4] >= '0' &&
         name[4] <= '9';
}

/// "x.js" of "a/x.js".
std::string_view without_first_component(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash == std::string_view::npos ? "" : name.substr(slash + 1);
}

}  // namespace

std::optional<std::string> read_name(std::string_view text) {
  if (text.starts_with('"')) return take_quoted(text);
  return std::string(text.substr(0, text.find('\t')));
}

std::string quoted_name(std::string_view name) {
  const auto needs_quotes = [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
  };
  if (std::ranges::none_of(name, needs_quotes)) return std::string(name);
  std::string quoted = "\"";
  for (const char byte : name) {
    constexpr std::string_view escaped = "\a\b\t\n\v\f\r\"\\";
    constexpr std::string_view letters = "abtnvfr\"\\";
    const auto value = static_cast<unsigned char>(byte);
    if (const auto letter = escaped.find(byte); letter != std::string_view::npos) {
      quoted += '\\';
      quoted += letters[letter];
    } else if (needs_quotes(byte)) {
      quoted += '\\';
      for (const unsigned shift : {6U, 3U, 0U}) {
        quoted += static_cast<char>('0' + ((value >> shift) & 7U));
      }
    } else {
      quoted += byte;
    }
  }
  return quoted + '"';
}

std::string header_name(std::string_view name) {
  const std::string shown = quoted_name(name);
  const bool ends_early = !shown.starts_with('"') && shown.find(' ') != std::string::npos;
  return ends_early ? shown + '\t' : shown;
}

std::optional<NamePair> read_git_names(std::string_view text) {
  if (text.starts_with('"')) {
    auto old_name = take_quoted(text);
    if (!old_name || !text.starts_with(' ')) return std::nullopt;
    auto new_name = read_name(text.substr(1));
    if (!new_name) return std::nullopt;
    return NamePair{*std::move(old_name), *std::move(new_name)};
  }
  if (const std::size_t quote = text.find(" \""); quote != std::string_view::npos) {
    auto new_name = read_name(text.substr(quote + 1));
    if (!new_name) return std::nullopt;
    return NamePair{std::string(text.substr(0, quote)), *std::move(new_name)};
  }
  // Names with spaces cannot be told apart, but unless the file is renamed, and then the other
  // headers name it, both are the same behind their first component: the line has one middle.
  if (text.size() % 2 == 0) return std::nullopt;
  const std::string_view old_name = text.substr(0, text.size() / 2);
  const std::string_view new_name = text.substr(text.size() / 2 + 1);
  const bool same = text[text.size() / 2] == ' ' &&
                    without_first_component(old_name) == without_first_component(new_name);
  if (!same) return std::nullopt;
  return NamePair{std::string(old_name), std::string(new_name)};
}

std::string_view why_unsafe(std::string_view name) {
  constexpr std::string_view separators = "/\\";
  if (name.empty()) return "is empty";
  if (name.find('\0') != std::string_view::npos) return "holds a NUL";
  // Components may be stripped off the front, so what holds for the name holds for every tail.
  while (true) {
    if (!name.empty() && separators.find(name.front()) != std::string_view::npos) {
      return "is absolute";
    }
    if (has_drive_letter(name)) return "has a drive letter";
    const std::size_t end = name.find_first_of(separators);
    const std::string_view component = name.substr(0, end);
    if (component == "..") return "leaves its folder by \"..\"";
    if (is_git_folder(component)) return "is inside \".git\"";
    if (end == std::string_view::npos) return "";
    name.remove_prefix(end + 1);
  }
}

}  // namespace firn
