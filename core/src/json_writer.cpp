#include "json_writer.h"

#include <cmath>

#include "concat.h"
#include "utf8.h"

namespace firn {

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_escaped(name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_escaped(text);
  return *this;
}

/// By hand: std::to_chars for double brings 40 KB of tables into the WebAssembly module.
JsonWriter& JsonWriter::tenths(double number) {
  const auto tenths = std::llround(number * 10);
  return raw(concat(tenths / 10, ".", tenths % 10));
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

void JsonWriter::append_escaped(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out_ += '"';
  while (!text.empty()) {
    const std::string_view valid = text.substr(0, valid_utf8_prefix(text));
    for (const char byte : valid) {
      const auto code = static_cast<unsigned char>(byte);
      if (byte == '"' || byte == '\\') {
        out_ += '\\';
        out_ += byte;
      } else if (byte == '\n') {
        out_ += "\\n";
      } else if (code < 0x20) {
        out_ += "\\u00";
        out_ += hex[code >> 4U];
        out_ += hex[code & 0xFU];
      } else {
        out_ += byte;
      }
    }
    text.remove_prefix(valid.size());
    if (text.empty()) break;
    out_ += "\xEF\xBF\xBD";
    text.remove_prefix(ill_formed_utf8_size(text));
  }
  out_ += '"';
}

}  // namespace firn
