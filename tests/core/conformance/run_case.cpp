#include "run_case.h"

#include <array>
#include <optional>
#include <utility>

#include "compare.h"
#include "firn/firn.h"
#include "invariants.h"

namespace firn_test {

namespace {

using firn::Patched;
using firn::Snapshot;
using Json = nlohmann::json;

void hold(const std::string& broken_invariant) {
  if (!broken_invariant.empty()) throw Difference("invariant: " + broken_invariant);
}

std::uint64_t number_in(const Json& object, const char* key, std::uint64_t otherwise) {
  return object.value(key, otherwise);
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

/// The JSON text of the batch; nothing when the case has none.
std::optional<std::string> batch_json_of(const Json& test_case) {
  if (test_case.contains("batch")) return test_case["batch"].dump();
  if (test_case.contains("batchText")) return bytes_in(test_case, "batchText");
  if (test_case.contains("batchBase64")) return bytes_in(test_case, "batch");
  return std::nullopt;
}

void compare_snapshot(const Json& expected, const Snapshot& snapshot) {
  Json lines = Json::array();
  for (std::uint64_t line = 1; line <= snapshot.line_count(); ++line) {
    lines.push_back(std::string(snapshot.line(line)));
  }
  compare_keys("snapshot", expected,
               {{"lineCount", snapshot.line_count()},
                {"byteLength", snapshot.byte_size()},
                {"fingerprint", to_hex(snapshot.fingerprint())},
                {"lines", std::move(lines)}});
}

void compare_violations(const Json& expected, const firn::Violations& violations) {
  Json found = Json::parse(to_json(violations));
  compare("errors", expected, found["violations"]);
  // The error's own fields are those of its first violation.
  const Json first = found["violations"][0];
  found.erase("violations");
  compare("error", first, found);
}

firn::LineRange range_of(const Json& viewport) {
  return {.from = viewport["from"].get<std::uint64_t>(), .to = viewport["to"].get<std::uint64_t>()};
}

void compare_lines(const Json& viewport, const Patched& patched) {
  const firn::LineRange range = range_of(viewport);
  std::string expected;
  for (const Json& line : viewport["is"]) expected += line.get<std::string>() + "\n";
  const std::string where = "lines from " + std::to_string(range.from);
  compare_bytes(where, expected, patched.lines(range).value().view());
  std::uint64_t number = range.from;
  for (const Json& line : viewport["is"]) {
    compare_bytes("line " + std::to_string(number), line.get<std::string>(), patched.line(number));
    ++number;
  }
}

template <typename Map>
Json mapped(std::uint64_t line_count, Map map) {
  Json lines = Json::array();
  for (std::uint64_t line = 1; line <= line_count; ++line) {
    const std::optional<std::uint64_t> other = map(line);
    lines.push_back(other ? Json(*other) : Json());
  }
  return lines;
}

void compare_maps(const Json& expect, const Patched& patched) {
  if (expect.contains("mapLine")) {
    compare("mapLine", expect["mapLine"],
            mapped(patched.snapshot().line_count(),
                   [&](std::uint64_t line) { return patched.map_line(line); }));
  }
  if (expect.contains("unmapLine")) {
    compare("unmapLine", expect["unmapLine"], mapped(patched.line_count(), [&](std::uint64_t line) {
              return patched.unmap_line(line);
            }));
  }
}

void compare_patched(const Json& expect, const Patched& patched) {
  if (has_bytes(expect, "text")) {
    compare_bytes("text", bytes_in(expect, "text"), patched.bytes().value().view());
  }
  const Json scalars = {{"revision", patched.revision()},
                        {"lineCount", patched.line_count()},
                        {"byteLength", patched.byte_size()},
                        {"fingerprint", to_hex(patched.fingerprint())}};
  for (const auto& [key, found] : scalars.items()) {
    if (expect.contains(key)) compare(key, expect[key], found);
  }
  compare_keys("report", expect.value("report", Json::object()), Json::parse(report_json(patched)));
  if (expect.contains("changes")) {
    compare("changes", expect["changes"], Json::parse(changes_json(patched)));
  }
  for (const Json& viewport : expect.value("lines", Json::array())) {
    compare_lines(viewport, patched);
  }
  for (const Json& viewport : expect.value("provenance", Json::array())) {
    compare("provenance from " + viewport["from"].dump(), viewport["is"],
            Json::parse(provenance_json(patched, range_of(viewport))));
  }
  compare_maps(expect, patched);
  if (expect.contains("unifiedDiff")) {
    const Json& diff = expect["unifiedDiff"];
    const firn::DiffStyle style{.context_lines = diff["context"].get<std::uint64_t>()};
    compare_bytes("unifiedDiff", bytes_in(diff, "is"),
                  firn::unified_diff(patched, style).value().view());
  }
}

bool expects_nothing_of_apply(const Json& expect) {
  return expect.size() == expect.count("snapshot") + expect.count("check");
}

void run(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const Json errors = expect.value("errors", Json());
  const Snapshot snapshot = firn::freeze(bytes_in(test_case, "base")).value();
  hold(check_invariants(snapshot));
  if (expect.contains("snapshot")) compare_snapshot(expect["snapshot"], snapshot);
  const std::optional<std::string> json = batch_json_of(test_case);
  if (!json) return;

  const auto batch = firn::read_batch(*json, limits_of(test_case));
  if (!batch) {
    compare("errors", errors, Json::array({Json::parse(to_json(batch.error()))}));
    return;
  }
  const firn::ApplyOptions options = options_of(test_case);
  if (expect.contains("check")) {
    compare_keys("check", expect["check"],
                 Json::parse(to_json(firn::check(snapshot, *batch, options))));
  }
  if (expects_nothing_of_apply(expect)) return;

  const auto patched = firn::apply(snapshot, *batch, options);
  if (!patched) return compare_violations(errors, patched.error());
  if (!errors.is_null()) throw Difference("errors: expected " + errors.dump() + ", found nothing");
  hold(check_invariants(*patched));
  compare_patched(expect, *patched);
  hold(check_invariants(snapshot));
}

}  // namespace

std::string difference_of(const Json& test_case) {
  try {
    run(test_case);
    return "";
  } catch (const Difference& difference) {
    return difference.what();
  } catch (const std::exception& error) {
    return std::string("threw ") + error.what();
  }
}

}  // namespace firn_test
