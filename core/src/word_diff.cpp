#include "firn/word_diff.h"

#include <algorithm>
#include <utility>

#include "firn/diff.h"
#include "firn/utf_sizes.h"
#include "utf8.h"

namespace firn {

namespace {

enum class TokenKind : std::uint8_t { word, white_space, other };

bool is_white_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/// Bytes of the character at the front of `text`; 1 where it is not UTF-8.
std::size_t character_size(std::string_view text) {
  const std::size_t size = utf8_size(text.front());
  return valid_utf8_prefix(text.substr(0, size)) == size ? size : 1;
}

/// Letters, digits, "_" and "$". Of other scripts the alphabets up to U+053F, whose characters have
/// two bytes, so that "café" is one word; where words are not letters in a row, a character is one.
bool is_of_word(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  if (character.size() == 1) {
    const auto lower = lead | 0x20U;
    return (lower >= 'a' && lower <= 'z') || (lead >= '0' && lead <= '9') || lead == '_' ||
           lead == '$';
  }
  const bool is_sign = character == "\xC3\x97" || character == "\xC3\xB7";  // Times and divided by.
  return character.size() == 2 && lead >= 0xC3 && lead <= 0xD4 && !is_sign;
}

struct Token {
  std::size_t size = 0;
  TokenKind kind = TokenKind::other;
};

Token token_at_front_of(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is_white_space(text[size])) ++size;
  if (size > 0) return {.size = size, .kind = TokenKind::white_space};
  while (size < text.size()) {
    const std::size_t character = character_size(text.substr(size));
    if (!is_of_word(text.substr(size, character))) break;
    size += character;
  }
  if (size > 0) return {.size = size, .kind = TokenKind::word};
  return {.size = character_size(text), .kind = TokenKind::other};
}

/// A line as a text with a token in each of its lines, which is what diff_lines() compares.
struct TokenizedLine {
  explicit TokenizedLine(std::string_view line) {
    begins.push_back(0);
    while (begins.back() < line.size()) {
      const std::string_view rest = line.substr(begins.back());
      const Token token = token_at_front_of(rest);
      for (const char byte : rest.substr(0, token.size)) {
        // No token has a letter beside white space, so this is the only one of its spelling.
        byte == '\n' ? text.append("n ") : text += byte;
      }
      text += '\n';
      kinds.push_back(token.kind);
      begins.push_back(begins.back() + token.size);
    }
  }

  [[nodiscard]] bool is_white_space_between(std::uint64_t begin, std::uint64_t end) const {
    return std::all_of(kinds.begin() + static_cast<std::ptrdiff_t>(begin),
                       kinds.begin() + static_cast<std::ptrdiff_t>(end),
                       [](TokenKind kind) { return kind == TokenKind::white_space; });
  }

  std::string text;
  std::vector<std::uint64_t> begins;  ///< Byte at which each token begins, and the line's size.
  std::vector<TokenKind> kinds;
};

/// Tokens [begin, end) of both lines, 0-based.
struct TokenChange {
  std::uint64_t before_begin = 0;
  std::uint64_t before_end = 0;
  std::uint64_t after_begin = 0;
  std::uint64_t after_end = 0;
};

TokenChange change_of(const DiffHunk& hunk) {
  return {.before_begin = hunk.before.from - 1,
          .before_end = hunk.before.to,
          .after_begin = hunk.after.from - 1,
          .after_end = hunk.after.to};
}

}  // namespace

Result<std::vector<WordChange>> changed_words(std::string_view before, std::string_view after) {
  const TokenizedLine before_line(before);
  const TokenizedLine after_line(after);
  const auto before_tokens = freeze(before_line.text);
  if (!before_tokens) return std::unexpected(before_tokens.error());
  const auto after_tokens = freeze(after_line.text);
  if (!after_tokens) return std::unexpected(after_tokens.error());
  const auto hunks = diff_lines(*before_tokens, *after_tokens, {.slide = Slide::down});
  if (!hunks) return std::unexpected(hunks.error());

  std::vector<TokenChange> changes;
  for (const DiffHunk& hunk : *hunks) {
    const TokenChange change = change_of(hunk);
    const bool joins = !changes.empty() && before_line.is_white_space_between(
                                               changes.back().before_end, change.before_begin);
    if (joins) {
      changes.back().before_end = change.before_end;
      changes.back().after_end = change.after_end;
    } else {
      changes.push_back(change);
    }
  }
  std::vector<WordChange> words;
  words.reserve(changes.size());
  for (const TokenChange& change : changes) {
    words.push_back({.before = {.begin = before_line.begins[change.before_begin],
                                .end = before_line.begins[change.before_end]},
                     .after = {.begin = after_line.begins[change.after_begin],
                               .end = after_line.begins[change.after_end]}});
  }
  return words;
}

}  // namespace firn
