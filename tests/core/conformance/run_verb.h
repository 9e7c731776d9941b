#pragma once

#include <nlohmann/json.hpp>

namespace firn_test {

/// Runs a case that names its verb. Throws the first Difference.
void run_verb(const nlohmann::json& test_case);

}  // namespace firn_test
