#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace firn {

/// Appends JSON to a string. Commas are its business, balance is the caller's.
///
///     JsonWriter json;
///     json.begin_object().key("line").value(7).end_object();
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);  ///< What is not UTF-8 becomes U+FFFD.

  /// A number that is not negative, with one digit after the point.
  JsonWriter& tenths(double number);

  template <std::integral Number>
  JsonWriter& value(Number number) {
    return raw(std::to_string(number));
  }

  /// A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();
  void append_escaped(std::string_view text);
  void append_escaped_utf8(std::string_view text);

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace firn
