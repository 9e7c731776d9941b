#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "firn/firn.h"

/// What a case gives, as the engine's values, and what every kind of case compares.
namespace firn_test {

/// Throws a Difference when `broken_invariant` names one.
void hold(const std::string& broken_invariant);

/// The text under `key` or `key`Base64, frozen; its invariants hold.
[[nodiscard]] firn::Snapshot frozen_in(const nlohmann::json& test_case, const std::string& key);
[[nodiscard]] firn::Limits limits_of(const nlohmann::json& test_case);
[[nodiscard]] firn::ApplyOptions options_of(const nlohmann::json& test_case);

void compare_violations(const nlohmann::json& expected, const firn::Violations& violations);
/// Throws when errors are expected although nothing was refused.
void expect_no_errors(const nlohmann::json& test_case);
void compare_changes(const nlohmann::json& expect, const firn::Patched& patched);
void compare_unified_diff(const nlohmann::json& expect, const firn::Patched& patched);
void compare_source_map(const nlohmann::json& expect, const firn::Patched& patched);

}  // namespace firn_test
