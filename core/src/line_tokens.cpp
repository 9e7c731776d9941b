#include "line_tokens.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "line_interner.h"
#include "shared_lines.h"

namespace firn {

namespace {

/// Lines `first` to `last` of a text, and their tokens.
struct TokenizedLines {
  const Snapshot& text;
  std::uint64_t first;
  std::uint64_t last;
  std::vector<std::uint32_t> tokens{};
};

TokenizedLines tokenized(const Snapshot& text, std::uint64_t first, std::uint64_t last,
                         LineInterner& interner) {
  TokenizedLines lines{.text = text, .first = first, .last = last};
  lines.tokens.reserve(last + 1 - first);
  interner.append_base_lines(first, last, lines.tokens);
  return lines;
}

/// The tokens of lines `first` to `last` of `text`, a changed `base`: where both go along together
/// their lines are compared byte by byte and not looked up. A line that stands in the base but once
/// says where they go on together.
template <typename TokenOf>
std::vector<std::uint32_t> tokens_beside(const TokenizedLines& base, const Snapshot& text,
                                         std::uint64_t first, std::uint64_t last,
                                         const LineInterner& interner, const TokenOf& token_of) {
  std::vector<std::uint32_t> tokens;
  tokens.reserve(last + 1 - first);
  std::uint64_t base_line = base.first;
  for (std::uint64_t line = first; line <= last;) {
    const std::uint64_t shared =
        shared_lines_from(base.text, base_line, base.last, text, line, last);
    const auto begin = base.tokens.begin() + static_cast<std::ptrdiff_t>(base_line - base.first);
    tokens.insert(tokens.end(), begin, begin + static_cast<std::ptrdiff_t>(shared));
    base_line += shared;
    line += shared;
    if (line > last) break;
    tokens.push_back(token_of(text.lines(line, line)));
    if (const auto place = interner.only_line_of(tokens.back())) base_line = *place + 1;
    ++line;
  }
  return tokens;
}

}  // namespace

LineTokens tokenize_lines(const Snapshot& before, const Snapshot& after, const DiffHunk& stretch) {
  LineInterner interner(before);
  TokenizedLines base = tokenized(before, stretch.before.from, stretch.before.to, interner);
  LineTokens tokens;
  tokens.after = tokens_beside(base, after, stretch.after.from, stretch.after.to, interner,
                               [&](std::string_view line) { return interner.base_token_of(line); });
  tokens.before = std::move(base.tokens);
  tokens.token_count = interner.token_count() + 1;
  return tokens;
}

MergeTokens tokenize_merge(const Snapshot& base, const Snapshot& ours, const Snapshot& theirs) {
  LineInterner interner(base);
  TokenizedLines lines = tokenized(base, 1, base.line_count(), interner);
  MergeTokens tokens;
  const auto token_of = [&](std::string_view line) { return interner.token_of(line); };
  tokens.ours = tokens_beside(lines, ours, 1, ours.line_count(), interner, token_of);
  tokens.theirs = tokens_beside(lines, theirs, 1, theirs.line_count(), interner, token_of);
  tokens.base = std::move(lines.tokens);
  tokens.token_count = interner.token_count();
  return tokens;
}

}  // namespace firn
