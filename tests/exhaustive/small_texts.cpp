#include "small_texts.h"

#include <algorithm>
#include <utility>

namespace firn_test {

namespace {

std::vector<std::string> texts_with(std::size_t line_count,
                                    std::span<const std::string_view> contents,
                                    const LineEnds& ends) {
  std::vector<std::string> texts = {""};
  for (std::size_t line = 1; line <= line_count; ++line) {
    const bool is_bare = ends.last_is_bare && line == line_count;
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const std::string_view content : contents) {
        if (is_bare && content.empty()) continue;
        longer.push_back(text + std::string(content));
        if (!is_bare) longer.back() += ends.terminator;
      }
    }
    texts = std::move(longer);
  }
  return texts;
}

}  // namespace

std::vector<std::string> texts_of(std::size_t line_count,
                                  std::span<const std::string_view> contents,
                                  std::span<const LineEnds> all_ends) {
  std::vector<std::string> texts;
  for (const LineEnds& ends : all_ends) {
    const std::vector<std::string> more = texts_with(line_count, contents, ends);
    texts.insert(texts.end(), more.begin(), more.end());
  }
  // A single line without terminator is the same under all of them.
  std::ranges::sort(texts);
  texts.erase(std::ranges::unique(texts).begin(), texts.end());
  return texts;
}

std::vector<std::string> texts_up_to(std::size_t max_line_count,
                                     std::span<const std::string_view> contents,
                                     std::span<const LineEnds> all_ends) {
  std::vector<std::string> texts;
  for (std::size_t line_count = 0; line_count <= max_line_count; ++line_count) {
    const std::vector<std::string> more = texts_of(line_count, contents, all_ends);
    texts.insert(texts.end(), more.begin(), more.end());
  }
  return texts;
}

}  // namespace firn_test
