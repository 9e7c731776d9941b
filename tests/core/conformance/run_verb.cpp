#include "run_verb.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "case.h"
#include "compare.h"
#include "firn/firn.h"
#include "given.h"
#include "invariants.h"

namespace firn_test {

namespace {

using firn::Batch;
using firn::Patched;
using firn::Snapshot;
using Json = nlohmann::json;

/// The enumerator whose name in the corpus is `given[key]`; the first one when it is not there.
template <typename Enum>
Enum enum_in(const Json& given, const char* key,
             std::initializer_list<std::pair<std::string_view, Enum>> names) {
  const std::string name = given.value(key, std::string(names.begin()->first));
  for (const auto& [each, value] : names) {
    if (each == name) return value;
  }
  throw Difference(std::string(key) + ": nobody knows " + name);
}

Json options_in(const Json& test_case) { return test_case.value("options", Json::object()); }

void compare_refusal(const Json& test_case, const firn::Violations& violations) {
  compare_violations(test_case["expect"].value("errors", Json()), violations);
}

Patched apply_all(const Snapshot& snapshot, const Batch& batch,
                  const firn::ApplyOptions& options = {}) {
  auto patched = firn::apply(snapshot, batch, options);
  if (!patched) throw Difference("refused: " + to_json(patched.error()));
  hold(check_invariants(*patched));
  return *std::move(patched);
}

void compare_text(const std::string& where, std::string_view expected, const Patched& patched) {
  compare_bytes(where, expected, patched.bytes().value().view());
}

void compare_result(const Json& expect, const Patched& patched) {
  compare_text("text", bytes_in(expect, "text"), patched);
  compare_changes(expect, patched);
}

Batch batch_in(const Json& test_case, const char* key) {
  return firn::read_batch(test_case.at(key).dump()).value();
}

/// Where the diff is refused, the refusal is compared, and there is none.
std::optional<firn::Diff> diff_in(const Json& test_case) {
  auto diff = firn::read_diff(bytes_in(test_case, "diff"),
                              {.recount = test_case.value("recount", false),
                               .any_names = test_case.value("anyNames", false)});
  if (diff) return *std::move(diff);
  compare_refusal(test_case, {diff.error()});
  return std::nullopt;
}

void run_read_diff(const Json& test_case) {
  const auto diff = diff_in(test_case);
  if (!diff) return;
  expect_no_errors(test_case);
  compare_keys("", test_case["expect"], Json::parse(to_json(*diff)));
}

firn::PlaceOptions place_options_of(const Json& test_case) {
  using enum firn::Placement;
  using enum firn::WhiteSpace;
  const Json given = options_in(test_case);
  const firn::PlaceOptions otherwise;
  return {.placement = enum_in<firn::Placement>(
              given, "placement", {{"exact", exact}, {"search", search}, {"fuzzy", fuzzy}}),
          .max_fuzz = given.value("maxFuzz", otherwise.max_fuzz),
          .white_space = enum_in<firn::WhiteSpace>(given, "whiteSpace",
                                                   {{"compare", compare},
                                                    {"ignore-trailing", ignore_trailing},
                                                    {"ignore-amount", ignore_amount}}),
          .ignore_line_ends = given.value("ignoreLineEnds", false),
          .reverse = given.value("reverse", false),
          .policy = options_of(test_case).policy};
}

void run_place(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const auto diff = diff_in(test_case);
  if (!diff) return;
  const firn::FileDiff& file = diff->files()[test_case.value("file", std::size_t{0})];
  const Snapshot base = frozen_in(test_case, "base");
  const auto placed = firn::place(base, file, place_options_of(test_case));
  if (!placed) return compare_refusal(test_case, placed.error());
  expect_no_errors(test_case);
  const Json found = Json::parse(to_json(*placed));
  for (const char* const key : {"hunks", "rejected"}) {
    if (expect.contains(key)) firn_test::compare(key, expect[key], found[key]);
  }
  if (expect.contains("rejects")) {
    compare_bytes("rejects", bytes_in(expect, "rejects"), firn::rejects_of(file, *placed));
  }
  compare_result(expect, apply_all(base, placed->batch));
}

void run_diff(const Json& test_case) {
  const Json given = options_in(test_case);
  using Algorithm = firn::DiffAlgorithm;
  using Slide = firn::Slide;
  const firn::DiffOptions options = {
      .algorithm = enum_in<Algorithm>(given, "algorithm",
                                      {{"histogram", Algorithm::histogram},
                                       {"myers", Algorithm::myers},
                                       {"minimal", Algorithm::minimal}}),
      .slide = enum_in<Slide>(
          given, "slide",
          {{"indent", Slide::indent}, {"none", Slide::none}, {"down", Slide::down}})};
  const Snapshot before = frozen_in(test_case, "before");
  const Snapshot after = frozen_in(test_case, "after");
  const Patched patched = apply_all(before, firn::diff(before, after, options).value());
  compare_text("the text that the diff makes", after.bytes(), patched);
  compare_changes(test_case["expect"], patched);
  compare_unified_diff(test_case["expect"], patched);
}

void run_merge(const Json& test_case) {
  const Json given = options_in(test_case);
  using Style = firn::ConflictStyle;
  using Favor = firn::Favor;
  const std::string ours_label = given.value("oursLabel", "ours");
  const std::string base_label = given.value("baseLabel", "base");
  const std::string theirs_label = given.value("theirsLabel", "theirs");
  const firn::MergeOptions options = {
      .style = enum_in<Style>(
          given, "style",
          {{"merge", Style::merge}, {"diff3", Style::diff3}, {"zdiff3", Style::zdiff3}}),
      .favor = enum_in<Favor>(given, "favor",
                              {{"nobody", Favor::nobody},
                               {"ours", Favor::ours},
                               {"theirs", Favor::theirs},
                               {"both", Favor::both}}),
      .ours_label = ours_label,
      .base_label = base_label,
      .theirs_label = theirs_label,
      .marker_size = given.value("markerSize", 7U)};
  const auto merged = firn::merge(frozen_in(test_case, "base"), frozen_in(test_case, "ours"),
                                  frozen_in(test_case, "theirs"), options);
  if (!merged) return compare_refusal(test_case, {merged.error()});
  expect_no_errors(test_case);
  const Json& expect = test_case["expect"];
  compare_bytes("text", bytes_in(expect, "text"), merged->text.view());
  compare("conflicts", expect["conflicts"], Json::parse(to_json(*merged))["conflicts"]);
}

void run_select(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const Snapshot base = frozen_in(test_case, "base");
  const Batch batch = batch_in(test_case, "batch");
  const auto places = test_case["places"].get<std::vector<std::uint32_t>>();
  const auto selection = batch.select(places);
  if (!selection) return compare_refusal(test_case, {selection.error()});
  expect_no_errors(test_case);
  compare_result(expect, apply_all(base, *selection, options_of(test_case)));
}

void run_invert(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const Snapshot base = frozen_in(test_case, "base");
  const Patched patched = apply_all(base, batch_in(test_case, "batch"), options_of(test_case));
  compare_text("text", bytes_in(expect, "text"), patched);
  const Snapshot result = firn::freeze(patched.bytes().value().view()).value();
  const Patched back = apply_all(result, firn::invert(patched).value());
  compare_text("the text taken back", base.bytes(), back);
  compare_changes(expect, back);
}

void run_compose(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const firn::ApplyOptions options = options_of(test_case);
  const Snapshot base = frozen_in(test_case, "base");
  const Patched first = apply_all(base, batch_in(test_case, "batch"), options);
  const Snapshot middle = firn::freeze(first.bytes().value().view()).value();
  const Patched second = apply_all(middle, batch_in(test_case, "second"), options);
  compare_text("text, one after the other", bytes_in(expect, "text"), second);
  compare_result(expect, apply_all(base, firn::compose(first, second).value()));
}

void run_rebase(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const firn::ApplyOptions options = options_of(test_case);
  const Batch batch = batch_in(test_case, "batch");
  const Snapshot onto = frozen_in(test_case, "onto");
  const Patched patched = apply_all(frozen_in(test_case, "base"), batch, options);
  const firn::Rebased rebased = firn::rebase(patched, onto).value();
  compare("patches", expect["patches"], Json::parse(to_json(rebased, batch))["patches"]);
  compare_result(expect, apply_all(onto, rebased.batch, options));
}

void run_text_edits(const Json& test_case) {
  const Snapshot base = frozen_in(test_case, "base");
  const auto edits = firn::read_text_edits(test_case["edits"].dump());
  if (!edits) return compare_refusal(test_case, {edits.error()});
  const auto batch = firn::batch_of_text_edits(base, edits->edits());
  if (!batch) return compare_refusal(test_case, {batch.error()});
  expect_no_errors(test_case);
  compare_result(test_case["expect"], apply_all(base, *batch));
}

/// The order of the batches must make no difference but to their own numbers.
void compare_backwards(const Snapshot& base, std::vector<Batch> batches,
                       const firn::StackOptions& options, const firn::Stacked& stacked) {
  std::ranges::reverse(batches);
  const firn::Stacked backwards = firn::stack(base, batches, options).value();
  if (stacked.batch.has_value() != backwards.batch.has_value()) {
    throw Difference("the batches the other way round: another outcome");
  }
  if (stacked.batch) {
    compare("the batches the other way round", Json::parse(json_of(*stacked.batch)),
            Json::parse(json_of(*backwards.batch)));
  }
}

void run_stack(const Json& test_case) {
  const Json& expect = test_case["expect"];
  const Snapshot base = frozen_in(test_case, "base");
  std::vector<Batch> batches;
  for (const Json& batch : test_case["batches"]) {
    batches.push_back(firn::read_batch(batch.dump()).value());
  }
  const firn::StackOptions options = {.revision = options_of(test_case).revision};
  const firn::Stacked stacked = firn::stack(base, batches, options).value();
  const Json found = Json::parse(to_json(stacked));
  for (const char* const key : {"sources", "collisions", "collisionCount", "refused"}) {
    if (expect.contains(key)) compare(key, expect[key], found[key]);
  }
  if (stacked.batch.has_value() != has_bytes(expect, "text")) {
    throw Difference(stacked.batch ? "nothing is in the way" : "stacked: " + found.dump());
  }
  if (stacked.batch) {
    compare_result(expect, apply_all(base, *stacked.batch, options_of(test_case)));
  }
  compare_backwards(base, std::move(batches), options, stacked);
}

void append(firn::History& history, const Json& step) {
  const firn::ApplyOptions options = options_of(step);
  const auto appended =
      history.append(batch_in(step, "append"), {.policy = options.policy, .ties = options.ties});
  if (!appended) return compare_violations(step.value("errors", Json()), appended.error());
  if (step.contains("errors")) throw Difference("errors: found nothing");
  compare_text("the text appended", appended->history.text().bytes(), appended->patched);
  history = appended->history;
}

void undo(firn::History& history, const Json& step) {
  const auto undone = history.undo(step["undo"].get<std::uint64_t>());
  if (!undone) return compare_violations(step.value("errors", Json()), {undone.error()});
  if (step.contains("errors")) throw Difference("errors: found nothing");
  const Json patches = Json::parse(to_json(*undone))["patches"];
  if (step.contains("patches")) compare("patches", step["patches"], patches);
  history = undone->history;
}

void run_history(const Json& test_case) {
  const Snapshot base = frozen_in(test_case, "base");
  firn::History history(base, test_case.value("revision", std::uint64_t{0}));
  for (const Json& step : test_case["steps"]) {
    if (step.contains("append")) {
      append(history, step);
    } else {
      undo(history, step);
    }
  }
  const Json& texts = test_case["expect"]["texts"];
  const std::vector<firn::History::Entry> entries = history.entries();
  compare("how many revisions", texts.size(), entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string where = "revision " + std::to_string(entries[i].revision);
    compare("which revision", history.first_revision() + i, entries[i].revision);
    const Snapshot text = firn::freeze(texts[i].get<std::string>()).value();
    const Patched patched = history.at(entries[i].revision).value();
    hold(check_invariants(patched));
    compare_text(where, text.bytes(), patched);
    compare(where + ", fingerprint", to_hex(text.fingerprint()), to_hex(entries[i].fingerprint));
    compare(where + ", lines", text.line_count(), entries[i].line_count);
  }
  compare_bytes("the root", base.bytes(), history.root().bytes());
  compare_bytes("the last text", texts.back().get<std::string>(), history.text().bytes());
}

std::optional<std::uint32_t> mode_in(const Json& given, const char* key) {
  if (!given.contains(key)) return std::nullopt;
  return static_cast<std::uint32_t>(std::stoul(given[key].get<std::string>(), nullptr, 8));
}

/// Views into `given`.
firn::GitHeader git_header_of(const Json& given) {
  using Kind = firn::FileDiff::Kind;
  const auto text = [&](const char* key) {
    return given.contains(key) ? std::string_view(given[key].get_ref<const std::string&>())
                               : std::string_view();
  };
  firn::GitHeader header = {.kind = enum_in<Kind>(given, "kind",
                                                  {{"modify", Kind::modify},
                                                   {"create", Kind::create},
                                                   {"remove", Kind::remove},
                                                   {"rename", Kind::rename},
                                                   {"copy", Kind::copy}}),
                            .old_path = text("oldPath"),
                            .new_path = text("newPath"),
                            .old_mode = mode_in(given, "oldMode"),
                            .new_mode = mode_in(given, "newMode"),
                            .old_blob = text("oldBlob"),
                            .new_blob = text("newBlob")};
  if (given.contains("similarityPercent")) {
    header.similarity_percent = given["similarityPercent"].get<std::uint32_t>();
  }
  return header;
}

void run_write_diff(const Json& test_case) {
  using Names = firn::FunctionNames;
  const Json given = options_in(test_case);
  const std::string old_name = given.value("oldName", "");
  const std::string new_name = given.value("newName", "");
  firn::DiffStyle style = {.context_lines = given.value("context", std::uint64_t{3}),
                           .old_name = old_name,
                           .new_name = new_name};
  const Json git = given.value("git", Json());
  if (!git.is_null()) style.git = git_header_of(git);
  if (given.value("functionNames", "none") == "by-name") {
    style.function_names = firn::function_names_of(style.git->new_path);
  } else {
    style.function_names = enum_in<Names>(
        given, "functionNames",
        {{"none", Names::none}, {"plain", Names::plain}, {"cpp", Names::cpp}, {"css", Names::css}});
  }
  const Snapshot before = frozen_in(test_case, "before");
  const Snapshot after = frozen_in(test_case, "after");
  const Patched patched = apply_all(before, firn::diff(before, after).value());
  const auto written = firn::unified_diff(patched, style);
  if (!written) return compare_refusal(test_case, {written.error()});
  expect_no_errors(test_case);
  compare_bytes("diff", bytes_in(test_case["expect"], "diff"), written->view());
}

void run_words(const Json& test_case) {
  const auto& before = test_case["before"].get_ref<const std::string&>();
  const auto& after = test_case["after"].get_ref<const std::string&>();
  const auto changes = firn::changed_words(before, after).value();
  const auto pieces = [&](const std::string& line, firn::ByteRange firn::WordChange::* side) {
    Json found = Json::array();
    std::uint64_t at = 0;
    for (const firn::WordChange& change : changes) {
      const firn::ByteRange range = change.*side;
      found.push_back(line.substr(at, range.begin - at));
      found.push_back(line.substr(range.begin, range.end - range.begin));
      at = range.end;
    }
    found.push_back(line.substr(at));
    return found;
  };
  compare("before", test_case["expect"]["before"], pieces(before, &firn::WordChange::before));
  compare("after", test_case["expect"]["after"], pieces(after, &firn::WordChange::after));
}

}  // namespace

void run_verb(const Json& test_case) {
  constexpr std::pair<std::string_view, void (*)(const Json&)> verbs[] = {
      {"read-diff", run_read_diff}, {"place", run_place},           {"diff", run_diff},
      {"merge", run_merge},         {"invert", run_invert},         {"compose", run_compose},
      {"rebase", run_rebase},       {"text-edits", run_text_edits}, {"stack", run_stack},
      {"history", run_history},     {"write-diff", run_write_diff}, {"words", run_words},
      {"select", run_select}};
  const std::string& name = test_case["verb"].get_ref<const std::string&>();
  for (const auto& [verb, run] : verbs) {
    if (verb == name) return run(test_case);
  }
  throw Difference("verb: nobody knows " + name);
}

}  // namespace firn_test
