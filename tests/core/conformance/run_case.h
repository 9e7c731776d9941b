#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace firn_test {

/// Runs one case of the corpus through the C++ API, as tests/conformance/README.md says. Returns
/// the first difference: which key, expected, found; nothing when the case passes.
[[nodiscard]] std::string difference_of(const nlohmann::json& test_case);

}  // namespace firn_test
