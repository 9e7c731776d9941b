#include "naive_source_map.h"

#include <algorithm>
#include <cctype>

namespace firn_test {

namespace {

using firn::MapDetail;
using firn::Patched;
using MappedLines = std::vector<std::vector<MapSegment>>;

std::vector<std::int64_t> numbers_in(std::string_view segment) {
  const std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<std::int64_t> numbers;
  std::int64_t number = 0;
  int shift = 0;
  for (const char character : segment) {
    const auto digit = static_cast<std::int64_t>(digits.find(character));
    number += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) != 0) continue;
    numbers.push_back((number & 1) != 0 ? -(number >> 1) : number >> 1);
    number = 0;
    shift = 0;
  }
  return numbers;
}

/// The place in the base that `column` of a mapped line comes from, as every consumer finds it.
std::optional<std::pair<std::int64_t, std::int64_t>> trace(const std::vector<MapSegment>& line,
                                                           std::int64_t column) {
  std::optional<std::pair<std::int64_t, std::int64_t>> base;
  for (const MapSegment& segment : line) {
    if (segment.column <= column) base = segment.base;
  }
  return base;
}

bool is_word(char byte) {
  return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_' || byte == '$';
}

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

}  // namespace

MappedLines decoded_mappings(std::string_view mappings) {
  MappedLines lines(1);
  std::int64_t column = 0;
  std::int64_t base_line = 0;
  std::int64_t base_column = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= mappings.size(); ++at) {
    const bool ends = at == mappings.size() || mappings[at] == ';' || mappings[at] == ',';
    if (!ends) continue;
    const auto numbers = numbers_in(mappings.substr(begin, at - begin));
    begin = at + 1;
    if (!numbers.empty()) {
      column += numbers[0];
      MapSegment segment{.column = column, .base = std::nullopt};
      if (numbers.size() == 4) {
        base_line += numbers[2];
        base_column += numbers[3];
        segment.base = {base_line, base_column};
      }
      lines.back().push_back(segment);
    }
    if (at < mappings.size() && mappings[at] == ';') {
      lines.emplace_back();
      column = 0;
    }
  }
  return lines;
}

std::string difference_from_provenance(const Patched& patched, MapDetail detail) {
  const auto bytes = firn::mappings(patched, detail).value();
  const std::string mappings(bytes.view());
  const MappedLines lines = decoded_mappings(mappings);
  const auto origins = patched.provenance({.from = 1, .to = patched.line_count()});
  if (lines.size() != std::max<std::size_t>(origins.size(), 1)) return "other lines: " + mappings;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const std::string where = "line " + std::to_string(i + 1) + " of " + mappings;
    if (!origins[i].base_line) {
      if (trace(lines[i], 0) || trace(lines[i], 1'000)) return where + " comes from a patch";
      continue;
    }
    const auto base_line = static_cast<std::int64_t>(*origins[i].base_line) - 1;
    if (trace(lines[i], 0) != std::pair{base_line, std::int64_t{0}}) return where + " is another";
    if (detail == MapDetail::line) continue;
    const std::string_view content = patched.line(i + 1);
    std::int64_t column = 0;
    for (std::size_t at = 0; at < content.size(); ++at) {
      const auto byte = static_cast<unsigned char>(content[at]);
      if (byte >= 0x80) break;
      const bool in_a_run = at > 0 && ((is_word(content[at]) && is_word(content[at - 1])) ||
                                       (is_blank(content[at]) && is_blank(content[at - 1])));
      if (!in_a_run && trace(lines[i], column) != std::pair{base_line, column}) {
        return where + ", column " + std::to_string(column);
      }
      ++column;
    }
  }
  return "";
}

}  // namespace firn_test
