#include "compare.h"

#include "naive_text.h"

namespace firn_test {

namespace {

using Json = nlohmann::json;

constexpr auto kShowBadUtf8 = Json::error_handler_t::replace;

[[noreturn]] void differ(const std::string& where, const std::string& expected,
                         const std::string& found) {
  throw Difference(where + ": expected " + expected + ", found " + found);
}

std::string show(const Json& value) { return value.dump(-1, ' ', false, kShowBadUtf8); }

/// RFC 4648, padded; the corpus's schema has checked the letters.
std::string from_base64(std::string_view base64) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const char letter : base64.substr(0, base64.find('='))) {
    bits = (bits << 6U) | static_cast<std::uint32_t>(letters.find(letter));
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    bytes += static_cast<char>((bits >> bit_count) & 0xFFU);
  }
  return bytes;
}

void compare_arrays(const std::string& where, const Json& expected, const Json& found) {
  if (expected.size() != found.size()) differ(where, show(expected), show(found));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    compare(where + "[" + std::to_string(i) + "]", expected[i], found[i]);
  }
}

void compare_objects(const std::string& where, const Json& expected, const Json& found) {
  for (const auto& [key, value] : expected.items()) {
    if (!found.contains(key)) differ(where + "." + key, show(value), "nothing");
    compare(where + "." + key, value, found[key]);
  }
  for (const auto& [key, value] : found.items()) {
    if (expected.contains(key) || key == "message") continue;
    differ(where + "." + key, "nothing", show(value));
  }
}

}  // namespace

void compare(const std::string& where, const Json& expected, const Json& found) {
  if (expected.is_array() && found.is_array()) return compare_arrays(where, expected, found);
  if (expected.is_object() && found.is_object()) return compare_objects(where, expected, found);
  if (expected != found) differ(where, show(expected), show(found));
}

void compare_keys(const std::string& where, const Json& expected, const Json& found) {
  for (const auto& [key, value] : expected.items()) {
    if (!found.contains(key)) differ(where + "." + key, show(value), "nothing");
    compare(where + "." + key, value, found[key]);
  }
}

void compare_bytes(const std::string& where, std::string_view expected, std::string_view found) {
  if (expected != found) differ(where, literal(expected), literal(found));
}

bool has_bytes(const Json& object, const std::string& key) {
  return object.contains(key) || object.contains(key + "Base64");
}

std::string bytes_in(const Json& object, const std::string& key) {
  if (object.contains(key)) return object[key].get<std::string>();
  return from_base64(object.at(key + "Base64").get_ref<const std::string&>());
}

}  // namespace firn_test
