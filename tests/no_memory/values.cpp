#include "values.h"

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "trial.h"

namespace firn_test {

namespace {

constexpr int kLineCount = 40;

std::string line_of(int number) { return "line " + std::to_string(number); }

template <typename Handle, typename Make>
Handle* must_make(Make make) {
  Handle* handle = nullptr;
  firn_error* error = nullptr;
  require(make(&handle, &error), error);
  return handle;
}

}  // namespace

void require(firn_code code, firn_error* error) {
  if (code == FIRN_OK) return;
  std::fprintf(stderr, FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(firn_error_message(error)));
  std::abort();
}

/// Line ends of both kinds and no last one: so plans have texts of their own to write.
std::string Values::base_text() {
  std::string text;
  for (int number = 1; number <= kLineCount; ++number) {
    text += line_of(number);
    if (number < kLineCount) text += number % 3 == 0 ? "\n" : "\r\n";
  }
  return text;
}

std::string Values::with(std::string_view old_line, std::string_view new_lines,
                         std::string_view line_30) const {
  std::string text = base;
  for (const auto& [from, to] : {std::pair{old_line, new_lines}, {"line 30\n", line_30}}) {
    text.replace(text.find(from), from.size(), to);
  }
  return text;
}

/// Patches of every kind, a few lines apart, in no order.
std::string Values::batch_json(std::string_view text) {
  std::string json = R"({"id":"the batch of this test","file":"src/a longer name.js","patches":[)";
  for (int line = kLineCount - 4; line > 0; line -= 4) {
    const std::string number = std::to_string(line);
    json += R"({"op":"replace","line":)" + number + R"(,"text":")" + std::string(text) + number +
            R"(\nand one more","expect":")" + line_of(line) + R"(","id":"replacement )" + number +
            R"("},{"op":"insert","line":)" + std::to_string(line + 2) + R"(,"lines":["new"]},)";
  }
  return json + R"({"op":"delete","line":40}]})";
}

firn_snapshot* Values::freeze(const std::string& text) {
  return must_make<firn_snapshot>(
      [&](auto** made, auto** error) { return firn_snapshot_freeze(view_of(text), made, error); });
}

firn_batch* Values::parse(const std::string& json) {
  return must_make<firn_batch>([&](auto** made, auto** error) {
    return firn_batch_parse(view_of(json), nullptr, made, error);
  });
}

firn_patched* Values::apply(const firn_snapshot* text, const firn_batch* batch) {
  return must_make<firn_patched>(
      [&](auto** made, auto** error) { return firn_apply(text, batch, nullptr, made, error); });
}

firn_snapshot* Values::freeze_patched() const {
  firn_buffer bytes = {nullptr, 0};
  firn_error* error = nullptr;
  require(firn_patched_bytes(patched.get(), &bytes, &error), error);
  return freeze(taken(bytes));
}

std::string Values::unified_diff() const {
  firn_buffer bytes = {nullptr, 0};
  firn_error* error = nullptr;
  require(firn_patched_unified_diff(patched.get(), nullptr, &bytes, &error), error);
  return taken(bytes);
}

firn_diff* Values::parse_diff() const {
  return must_make<firn_diff>([&](auto** made, auto** error) {
    return firn_diff_parse(view_of(unified), nullptr, made, error);
  });
}

firn_placed* Values::place() const {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  options.placement = FIRN_PLACEMENT_FUZZY;
  options.policy = FIRN_POLICY_BEST_EFFORT;
  return must_make<firn_placed>([&](auto** made, auto** error) {
    return firn_diff_place(diff.get(), 0, our_text.get(), &options, made, error);
  });
}

firn_merged* Values::merge() const {
  return must_make<firn_merged>([&](auto** made, auto** error) {
    return firn_merge(snapshot.get(), our_text.get(), their_text.get(), nullptr, made, error);
  });
}

firn_rebased* Values::rebase() const {
  return must_make<firn_rebased>([&](auto** made, auto** error) {
    return firn_patched_rebase(patched.get(), our_text.get(), made, error);
  });
}

firn_stacked* Values::stack() const {
  return must_make<firn_stacked>([&](auto** made, auto** error) {
    return firn_stack(snapshot.get(), stack_of.data(), stack_of.size(), nullptr, made, error);
  });
}

firn_history* Values::long_history() const {
  firn_history* history = must_make<firn_history>(
      [&](auto** made, auto** error) { return firn_history_new(snapshot.get(), 7, made, error); });
  for (const firn_batch* next : {batch.get(), second.get(), second.get()}) {
    firn_history* longer = must_make<firn_history>([&](auto** made, auto** error) {
      return firn_history_append(history, next, nullptr, made, nullptr, error);
    });
    firn_history_free(history);
    history = longer;
  }
  return history;
}

firn_error* Values::refusal() const {
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  options.policy = FIRN_POLICY_ATOMIC;
  firn_patched* none = nullptr;
  firn_error* error = nullptr;
  if (firn_apply(snapshot.get(), collisions.get(), &options, &none, &error) == FIRN_OK) abort();
  return error;
}

const Values& values() {
  static const Values all;
  return all;
}

std::string json_of(const firn_batch* batch) {
  firn_buffer json = {nullptr, 0};
  firn_error* error = nullptr;
  require(firn_batch_to_json(batch, &json, &error), error);
  return taken(json);
}

std::string bytes_of(const firn_patched* patched) {
  firn_buffer bytes = {nullptr, 0};
  firn_error* error = nullptr;
  require(firn_patched_bytes(patched, &bytes, &error), error);
  return taken(bytes);
}

std::string revisions_of(const firn_history* history) {
  std::string shown = text_of(firn_snapshot_bytes(firn_history_text(history)));
  std::vector<firn_revision> revisions(firn_history_revisions(history, nullptr, 0));
  firn_history_revisions(history, revisions.data(), revisions.size());
  for (const firn_revision& each : revisions) {
    shown += std::to_string(each.revision) + ' ' + each.fingerprint + '\n';
  }
  return shown;
}

}  // namespace firn_test
