#include "naive_text.h"

#include <array>

namespace firn_test {

std::vector<TextLine> split_lines(std::string_view text) {
  std::vector<TextLine> lines;
  std::string content;
  for (const char byte : text) {
    if (byte != '\n') {
      content += byte;
      continue;
    }
    std::string terminator = "\n";
    if (content.ends_with('\r')) {
      content.pop_back();
      terminator = "\r\n";
    }
    lines.push_back({.content = std::move(content), .terminator = std::move(terminator)});
    content.clear();
  }
  if (!content.empty()) lines.push_back({.content = std::move(content), .terminator = ""});
  return lines;
}

std::string join_lines(const std::vector<TextLine>& lines) {
  std::string text;
  for (const TextLine& line : lines) text += line.content + line.terminator;
  return text;
}

std::vector<std::string> lines_of_text(std::string_view text) {
  if (text.empty()) return {""};
  std::vector<std::string> contents;
  for (TextLine& line : split_lines(text)) contents.push_back(std::move(line.content));
  return contents;
}

std::string literal(std::string_view bytes) {
  std::string out = "\"";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\r') {
      out += "\\r";
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += byte;
    } else if (value < 0x20 || value >= 0x7F) {
      // Three octal digits: a digit that follows cannot be taken for a part of the escape.
      const std::array escape = {'\\', static_cast<char>('0' + (value >> 6U)),
                                 static_cast<char>('0' + ((value >> 3U) & 7U)),
                                 static_cast<char>('0' + (value & 7U))};
      out.append(escape.data(), escape.size());
    } else {
      out += byte;
    }
  }
  return out + "\"s";
}

std::string numbered_lines(std::uint64_t count) {
  std::string text;
  for (std::uint64_t line = 1; line <= count; ++line) {
    text += "line " + std::to_string(line) + "\n";
  }
  return text;
}

}  // namespace firn_test
