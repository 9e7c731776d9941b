#include "given.h"

#include "compare.h"
#include "invariants.h"

namespace firn_test {

namespace {

using Json = nlohmann::json;

std::uint64_t number_in(const Json& object, const char* key, std::uint64_t otherwise) {
  return object.value(key, otherwise);
}

}  // namespace

void hold(const std::string& broken_invariant) {
  if (!broken_invariant.empty()) throw Difference("invariant: " + broken_invariant);
}

firn::Snapshot frozen_in(const Json& test_case, const std::string& key) {
  firn::Snapshot snapshot = firn::freeze(bytes_in(test_case, key)).value();
  hold(check_invariants(snapshot));
  return snapshot;
}

firn::Limits limits_of(const Json& test_case) {
  const Json given = test_case.value("limits", Json::object());
  const firn::Limits otherwise;
  return {.batch_bytes = number_in(given, "batchBytes", otherwise.batch_bytes),
          .patches = number_in(given, "patches", otherwise.patches),
          .text_lines = number_in(given, "textLines", otherwise.text_lines),
          .nesting = number_in(given, "nesting", otherwise.nesting)};
}

firn::ApplyOptions options_of(const Json& test_case) {
  const Json given = test_case.value("options", Json::object());
  firn::ApplyOptions options;
  const std::string policy = given.value("policy", "fail-fast");
  if (policy == "atomic") options.policy = firn::Policy::atomic;
  if (policy == "best-effort") options.policy = firn::Policy::best_effort;
  if (given.value("ties", "reject") == "keep-order") options.ties = firn::Ties::keep_order;
  if (given.contains("revision")) options.revision = given["revision"].get<std::uint64_t>();
  return options;
}

void compare_violations(const Json& expected, const firn::Violations& violations) {
  Json found = Json::parse(to_json(violations));
  compare("errors", expected, found["violations"]);
  // The error's own fields are those of its first violation.
  const Json first = found["violations"][0];
  found.erase("violations");
  compare("error", first, found);
}

void expect_no_errors(const Json& test_case) {
  const Json& expect = test_case["expect"];
  if (!expect.contains("errors")) return;
  throw Difference("errors: expected " + expect["errors"].dump() + ", found nothing");
}

void compare_changes(const Json& expect, const firn::Patched& patched) {
  if (!expect.contains("changes")) return;
  compare("changes", expect["changes"], Json::parse(changes_json(patched)));
}

void compare_unified_diff(const Json& expect, const firn::Patched& patched) {
  if (!expect.contains("unifiedDiff")) return;
  const Json& diff = expect["unifiedDiff"];
  const firn::DiffStyle style{.context_lines = diff["context"].get<std::uint64_t>()};
  compare_bytes("unifiedDiff", bytes_in(diff, "is"),
                firn::unified_diff(patched, style).value().view());
}

void compare_source_map(const Json& expect, const firn::Patched& patched) {
  if (!expect.contains("sourceMap")) return;
  const Json& map = expect["sourceMap"];
  const bool has_boundaries = map["hires"] == "boundary";
  const firn::SourceMapStyle style{.detail = has_boundaries ? firn::MapDetail::boundary
                                                            : firn::MapDetail::line};
  compare_bytes("sourceMap", bytes_in(map, "is"), firn::source_map(patched, style).value().view());
}

}  // namespace firn_test
