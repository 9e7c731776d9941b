#include "json_writer.h"

#include <cmath>
#include <cstddef>

#include "concat.h"
#include "json_escape.h"
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
  out_ += '"';
  while (!text.empty()) {
    const std::string_view valid = text.substr(0, valid_utf8_prefix(text));
    append_escaped_utf8(valid);
    text.remove_prefix(valid.size());
    if (text.empty()) break;
    out_ += "\xEF\xBF\xBD";
    text.remove_prefix(ill_formed_utf8_size(text));
  }
  out_ += '"';
}

void JsonWriter::append_escaped_utf8(std::string_view text) {
  const std::size_t size = out_.size();
  out_.resize_and_overwrite(size + max_escaped_size(text), [&](char* begin, std::size_t) {
    return static_cast<std::size_t>(write_escaped(text, begin + size) - begin);
  });
}

}  // namespace firn
