#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firn/firn.h"

namespace firn_test {

/// firn::PatchSpec that owns its texts.
struct PatchCase {
  firn::Op op{};
  std::uint64_t line = 1;
  std::optional<std::uint64_t> end_line{};
  std::optional<std::string> text{};
  std::optional<std::vector<std::string>> lines{};
  std::optional<std::string> expect{};
  std::string id{};
  bool verbatim = false;

  [[nodiscard]] std::uint64_t last_line() const { return end_line.value_or(line); }
};

/// A text, what someone asks of it, and how: everything that apply() looks at.
struct Case {
  std::string text{};
  std::vector<PatchCase> patches{};
  firn::ApplyOptions options{};
  std::optional<std::uint64_t> revision{};
  firn::Base base{};
};

/// Both throw when the engine refuses: a test that means to be refused calls the engine itself.
[[nodiscard]] firn::Snapshot frozen(std::string_view text);
[[nodiscard]] firn::Batch build(const Case& given);

/// The case as C++ to paste into a regression test.
[[nodiscard]] std::string code_of(const Case& given);

/// The batch as JSON. REQUIRES texts that are UTF-8.
[[nodiscard]] std::string json_of(const firn::Batch& batch);

}  // namespace firn_test
