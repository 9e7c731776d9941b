#include "quote.h"

#include "concat.h"
#include "firn/utf_sizes.h"

namespace firn {

namespace {

constexpr std::size_t kMaxMessageQuote = 60;

/// Bytes of the character at the front of `text` if it does something to a terminal or a reader
/// instead of being seen: C0 and C1 controls, line separators, bidirectional controls. Else 0.
std::size_t hidden_character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) return 2;  // C1
  if (byte(0) == 0xD8 && byte(1) == 0x9C) return 2;                     // U+061C
  if (byte(0) != 0xE2) return 0;
  const bool general = byte(1) == 0x80 &&
                       (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xA8 && byte(2) <= 0xAE));
  const bool isolate = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return general || isolate ? 3 : 0;
}

void append_escaped(std::string& out, std::string_view character) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view named = "\n\r\t";
  constexpr std::string_view letters = "nrt";
  if (const auto at = named.find(character); at != std::string_view::npos) {
    out += '\\';
    out += letters[at];
    return;
  }
  for (const char byte : character) {
    const auto value = static_cast<unsigned char>(byte);
    out += "\\x";
    out += hex[value >> 4U];
    out += hex[value & 0xFU];
  }
}

}  // namespace

std::string cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && max_bytes - end < 3 && is_continuation_byte(text[end])) --end;
  return concat(text.substr(0, end), "…");
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  const std::string shown = cut(text, kMaxMessageQuote);
  for (std::size_t i = 0; i < shown.size();) {
    const char byte = shown[i];
    if (const std::size_t size = hidden_character_size(std::string_view(shown).substr(i))) {
      append_escaped(out, std::string_view(shown).substr(i, size));
      i += size;
      continue;
    }
    if (byte == '"' || byte == '\\') out += '\\';
    out += byte;
    ++i;
  }
  out += '"';
  return out;
}

std::string name_of(const PatchRef& patch) {
  if (patch.id.empty()) return concat("patches[", patch.index, "]");
  return concat("patches[", patch.index, "] (", quoted(patch.id), ")");
}

std::string line_span(std::uint64_t first, std::uint64_t last) {
  if (first == last) return concat("line ", first);
  return concat("lines ", first, "-", last);
}

std::string count_of(std::uint64_t count, std::string_view noun) {
  return concat(count, " ", noun, count == 1 ? "" : noun.ends_with("ch") ? "es" : "s");
}

}  // namespace firn
