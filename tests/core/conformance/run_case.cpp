#include "run_case.h"

#include <array>
#include <optional>
#include <utility>

#include "compare.h"
#include "firn/firn.h"
#include "given.h"
#include "invariants.h"
#include "run_verb.h"

namespace firn_test {

namespace {

using firn::Patched;
using firn::Snapshot;
using Json = nlohmann::json;

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
  compare_changes(expect, patched);
  for (const Json& viewport : expect.value("lines", Json::array())) {
    compare_lines(viewport, patched);
  }
  for (const Json& viewport : expect.value("provenance", Json::array())) {
    compare("provenance from " + viewport["from"].dump(), viewport["is"],
            Json::parse(provenance_json(patched, range_of(viewport))));
  }
  compare_maps(expect, patched);
  compare_unified_diff(expect, patched);
  compare_source_map(expect, patched);
}

bool expects_nothing_of_apply(const Json& expect) {
  return expect.size() == expect.count("snapshot") + expect.count("check");
}

void run(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const Json errors = expect.value("errors", Json());
  const Snapshot snapshot = frozen_in(test_case, "base");
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
                 Json::parse(to_json(firn::check(snapshot, *batch, options).value())));
  }
  if (expects_nothing_of_apply(expect)) return;

  const auto patched = firn::apply(snapshot, *batch, options);
  if (!patched) return compare_violations(errors, patched.error());
  expect_no_errors(test_case);
  hold(check_invariants(*patched));
  compare_patched(expect, *patched);
  hold(check_invariants(snapshot));
}

}  // namespace

std::string difference_of(const Json& test_case) {
  try {
    if (test_case.contains("verb")) {
      run_verb(test_case);
    } else {
      run(test_case);
    }
    return "";
  } catch (const Difference& difference) {
    return difference.what();
  } catch (const std::exception& error) {
    return std::string("threw ") + error.what();
  }
}

}  // namespace firn_test
