#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace firn_test {

/// The first difference of a case; it ends the case.
class Difference : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Compares exactly; only a `message` that the case does not give is free, at any depth.
void compare(const std::string& where, const nlohmann::json& expected, const nlohmann::json& found);

/// Compares the keys that are expected, and looks at no other.
void compare_keys(const std::string& where, const nlohmann::json& expected,
                  const nlohmann::json& found);

void compare_bytes(const std::string& where, std::string_view expected, std::string_view found);

/// The bytes that `case` gives under `key`, or under `key`Base64.
[[nodiscard]] std::string bytes_in(const nlohmann::json& object, const std::string& key);
[[nodiscard]] bool has_bytes(const nlohmann::json& object, const std::string& key);

}  // namespace firn_test
