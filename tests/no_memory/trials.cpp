#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

#include "trial.h"

namespace firn_test {

namespace {

constexpr int kLineCount = 40;

std::string line_of(int number) { return "line " + std::to_string(number); }

/// Line ends of both kinds and no last one: so plans have texts of their own to write.
std::string base_text() {
  std::string text;
  for (int number = 1; number <= kLineCount; ++number) {
    text += line_of(number);
    if (number < kLineCount) text += number % 3 == 0 ? "\n" : "\r\n";
  }
  return text;
}

std::string with(std::string text, std::string_view old_line, std::string_view new_lines) {
  const std::size_t place = text.find(old_line);
  return text.replace(place, old_line.size(), new_lines);
}

firn_view view_of(const std::string& text) { return {text.data(), text.size()}; }

/// Patches of every kind, a few lines apart, in no order.
std::string batch_json(std::string_view text) {
  std::string json = R"({"id":"the batch of this test","file":"src/a longer name.js","patches":[)";
  for (int line = kLineCount - 4; line > 0; line -= 4) {
    const std::string number = std::to_string(line);
    json += R"({"op":"replace","line":)" + number + R"(,"text":")" + std::string(text) + number +
            R"(\nand one more","expect":")" + line_of(line) + R"(","id":"replacement )" + number +
            R"("},{"op":"insert","line":)" + std::to_string(line + 2) + R"(,"lines":["new"]},)";
  }
  return json + R"({"op":"delete","line":40}]})";
}

/// The library's own memory may be short only where a trial says so.
void require(firn_code code, firn_error* error) {
  if (code == FIRN_OK) return;
  std::fprintf(stderr, FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(firn_error_message(error)));
  std::abort();
}

template <typename Handle, void (*kFree)(Handle*)>
struct Free {
  void operator()(Handle* handle) const { kFree(handle); }
};
template <typename Handle, void (*kFree)(Handle*)>
using Owned = std::unique_ptr<Handle, Free<Handle, kFree>>;

template <typename Handle, typename Make>
Handle* must_make(Make make) {
  Handle* handle = nullptr;
  firn_error* error = nullptr;
  require(make(&handle, &error), error);
  return handle;
}

/// What the calls are made on.
struct Values {
  std::string base = base_text();
  std::string ours = with(with(base, "line 7\r\n", "ours\r\nmore\r\n"), "line 30\n", "ours\n");
  std::string theirs = with(with(base, "line 20\r\n", "theirs\r\n"), "line 30\n", "theirs\n");
  std::string json = batch_json("new ");
  std::string overlapping = R"([{"op":"delete","line":2,"endLine":9},{"op":"delete","line":5},)"
                            R"({"op":"replace","line":99,"text":""},{"op":"delete","line":6}])";

  Owned<firn_snapshot, firn_snapshot_free> snapshot{freeze(base)};
  Owned<firn_snapshot, firn_snapshot_free> our_text{freeze(ours)};
  Owned<firn_snapshot, firn_snapshot_free> their_text{freeze(theirs)};
  Owned<firn_batch, firn_batch_free> batch{parse(json)};
  Owned<firn_batch, firn_batch_free> collisions{parse(overlapping)};
  Owned<firn_patched, firn_patched_free> patched{apply(snapshot.get(), batch.get())};
  Owned<firn_snapshot, firn_snapshot_free> patched_text{freeze_patched()};
  Owned<firn_batch, firn_batch_free> second{
      parse(R"([{"op":"replace","line":3,"text":"x"},{"op":"delete","line":9,"endLine":12}])")};
  Owned<firn_patched, firn_patched_free> patched_again{apply(patched_text.get(), second.get())};
  std::string unified = unified_diff();
  Owned<firn_diff, firn_diff_free> diff{parse_diff()};
  Owned<firn_placed, firn_placed_free> placed{place()};
  Owned<firn_merged, firn_merged_free> merged{merge()};
  Owned<firn_rebased, firn_rebased_free> rebased{rebase()};
  std::array<const firn_batch*, 3> stack_of{batch.get(), second.get(), collisions.get()};
  Owned<firn_stacked, firn_stacked_free> stacked{stack()};
  Owned<firn_history, firn_history_free> history{long_history()};
  Owned<firn_error, firn_error_free> error{refusal()};

  static firn_snapshot* freeze(const std::string& text) {
    return must_make<firn_snapshot>([&](auto** made, auto** error) {
      return firn_snapshot_freeze(view_of(text), made, error);
    });
  }
  static firn_batch* parse(const std::string& json) {
    return must_make<firn_batch>([&](auto** made, auto** error) {
      return firn_batch_parse(view_of(json), nullptr, made, error);
    });
  }
  static firn_patched* apply(const firn_snapshot* text, const firn_batch* batch) {
    return must_make<firn_patched>(
        [&](auto** made, auto** error) { return firn_apply(text, batch, nullptr, made, error); });
  }
  [[nodiscard]] firn_snapshot* freeze_patched() const {
    firn_buffer bytes = {nullptr, 0};
    firn_error* error = nullptr;
    require(firn_patched_bytes(patched.get(), &bytes, &error), error);
    return freeze(taken(bytes));
  }
  [[nodiscard]] std::string unified_diff() const {
    firn_buffer bytes = {nullptr, 0};
    firn_error* error = nullptr;
    require(firn_patched_unified_diff(patched.get(), nullptr, &bytes, &error), error);
    return taken(bytes);
  }
  [[nodiscard]] firn_diff* parse_diff() const {
    return must_make<firn_diff>([&](auto** made, auto** error) {
      return firn_diff_parse(view_of(unified), nullptr, made, error);
    });
  }
  /// Somewhere else and with what does not fit.
  [[nodiscard]] firn_placed* place() const {
    firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
    options.placement = FIRN_PLACEMENT_FUZZY;
    options.policy = FIRN_POLICY_BEST_EFFORT;
    return must_make<firn_placed>([&](auto** made, auto** error) {
      return firn_diff_place(diff.get(), 0, our_text.get(), &options, made, error);
    });
  }
  [[nodiscard]] firn_merged* merge() const {
    return must_make<firn_merged>([&](auto** made, auto** error) {
      return firn_merge(snapshot.get(), our_text.get(), their_text.get(), nullptr, made, error);
    });
  }
  [[nodiscard]] firn_rebased* rebase() const {
    return must_make<firn_rebased>([&](auto** made, auto** error) {
      return firn_patched_rebase(patched.get(), our_text.get(), made, error);
    });
  }
  [[nodiscard]] firn_stacked* stack() const {
    return must_make<firn_stacked>([&](auto** made, auto** error) {
      return firn_stack(snapshot.get(), stack_of.data(), stack_of.size(), nullptr, made, error);
    });
  }
  [[nodiscard]] firn_history* long_history() const {
    firn_history* history = must_make<firn_history>([&](auto** made, auto** error) {
      return firn_history_new(snapshot.get(), 7, made, error);
    });
    for (const firn_batch* next : {batch.get(), second.get(), second.get()}) {
      firn_history* longer = must_make<firn_history>([&](auto** made, auto** error) {
        return firn_history_append(history, next, nullptr, made, nullptr, error);
      });
      firn_history_free(history);
      history = longer;
    }
    return history;
  }
  [[nodiscard]] firn_error* refusal() const {
    firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
    options.policy = FIRN_POLICY_ATOMIC;
    firn_patched* none = nullptr;
    firn_error* error = nullptr;
    if (firn_apply(snapshot.get(), collisions.get(), &options, &none, &error) == FIRN_OK) abort();
    return error;
  }
};

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

void of_snapshots(std::vector<Trial>& all) {
  const Values& v = values();
  const firn_snapshot* snapshot = v.snapshot.get();
  all.push_back(makes(
      "firn_snapshot_freeze", "", firn_snapshot_free,
      [&](auto** made, auto** error) { return firn_snapshot_freeze(view_of(v.base), made, error); },
      [](const firn_snapshot* made) { return text_of(firn_snapshot_bytes(made)); }));
  const auto nothing = [] { return std::string(); };
  for (const std::uint64_t line : {1, 99}) {
    all.push_back(answers(
        "firn_snapshot_line", std::to_string(line),
        [=](auto** error) {
          firn_view content;
          return firn_snapshot_line(snapshot, line, &content, nullptr, error);
        },
        nothing));
    all.push_back(answers(
        "firn_snapshot_lines", std::to_string(line),
        [=](auto** error) {
          firn_view bytes;
          return firn_snapshot_lines(snapshot, 1, line, &bytes, error);
        },
        nothing));
  }
  all.push_back(answers(
      "firn_snapshot_verify", "",
      [=](auto** error) { return firn_snapshot_verify(snapshot, error); }, nothing));
}

void of_batches(std::vector<Trial>& all) {
  const Values& v = values();
  const auto parse = [&](const char* what, const std::string& json) {
    all.push_back(makes(
        "firn_batch_parse", what, firn_batch_free,
        [json](auto** made, auto** error) {
          return firn_batch_parse(view_of(json), nullptr, made, error);
        },
        json_of));
  };
  parse("of every kind", v.json);
  parse("that simdjson reads", R"([{"op":"delete","line":1,"x-\u0041":1,"expect":"\u0041"}])");
  parse("that is none", v.json + "]");
  parse("with a key twice", R"([{"op":"delete","line":1,"line":2}])");
  parse("with an id twice", R"([{"op":"delete","line":1,"id":"an id that is longer than others"},)"
                            R"({"op":"delete","line":2,"id":"an id that is longer than others"}])");
  all.push_back(fills("firn_batch_to_json", "", [&](firn_buffer* json, auto** error) {
    return firn_batch_to_json(v.batch.get(), json, error);
  }));
  static constexpr std::array<std::uint32_t, 3> kPlaces = {4, 0, 11};
  static constexpr std::array<std::uint32_t, 2> kTwice = {4, 4};
  all.push_back(makes(
      "firn_batch_select", "", firn_batch_free,
      [&](auto** made, auto** error) {
        return firn_batch_select(v.batch.get(), kPlaces.data(), kPlaces.size(), made, error);
      },
      json_of));
  all.push_back(makes(
      "firn_batch_select", "twice", firn_batch_free,
      [&](auto** made, auto** error) {
        return firn_batch_select(v.batch.get(), kTwice.data(), kTwice.size(), made, error);
      },
      json_of));
}

/// A builder with a patch in it; what is done to it must leave it as it is, or be done.
template <typename Do>
Trial builds(std::string function, std::string what, Do act) {
  const auto run = [=](Scarcity& scarcity) -> Outcome {
    firn_error* error = nullptr;
    firn_batch_builder* builder = nullptr;
    require(firn_batch_builder_new(nullptr, &builder, &error), error);
    const firn_patch_spec first = FIRN_PATCH_SPEC_INIT(FIRN_OP_DELETE, 1);
    require(firn_batch_builder_add(builder, &first, &error), error);
    const firn_code code = scarcity.during([&] { return act(builder, &error); });
    firn_error* other = nullptr;
    firn_batch* built = nullptr;
    const firn_code then = firn_batch_builder_build(builder, &built, &other);
    require(then, other);
    const std::string json = json_of(built);
    firn_batch_free(built);
    firn_batch_builder_free(builder);
    if (code == FIRN_OK) return {.code = code, .result = json};
    return refused(code, error,
                   json == R"({"schema":"firn.batch/1","patches":[{"op":"delete","line":1}]})");
  };
  return {.function = std::move(function), .what = std::move(what), .run = run};
}

void of_builders(std::vector<Trial>& all) {
  static const std::string kLong = "a name that is too long to lie in the string itself";
  all.push_back(makes(
      "firn_batch_builder_new", "", firn_batch_builder_free,
      [](auto** made, auto** error) { return firn_batch_builder_new(nullptr, made, error); },
      [](const firn_batch_builder* /*made*/) { return std::string(); }));
  all.push_back(builds("firn_batch_builder_set_id", "", [](auto* builder, auto** error) {
    return firn_batch_builder_set_id(builder, view_of(kLong), error);
  }));
  all.push_back(builds("firn_batch_builder_set_file", "", [](auto* builder, auto** error) {
    return firn_batch_builder_set_file(builder, view_of(kLong), error);
  }));
  all.push_back(builds("firn_batch_builder_set_base", "", [](auto* builder, auto** error) {
    const firn_view hex = firn_view_of("00000000000000000000000000000000");
    return firn_batch_builder_set_base(builder, &hex, nullptr, error);
  }));
  all.push_back(builds("firn_batch_builder_set_revision", "", [](auto* builder, auto** error) {
    return firn_batch_builder_set_revision(builder, ~std::uint64_t{0}, error);
  }));
  const auto add = [](bool as_lines, std::uint64_t line) {
    return [=](firn_batch_builder* builder, firn_error** error) {
      const firn_view text = view_of(kLong);
      firn_patch_spec spec = FIRN_PATCH_SPEC_INIT(FIRN_OP_REPLACE, line);
      (as_lines ? spec.lines : spec.text) = &text;
      spec.line_count = as_lines ? 1 : 0;
      spec.id = &text;
      spec.expect = &text;
      return firn_batch_builder_add(builder, &spec, error);
    };
  };
  all.push_back(builds("firn_batch_builder_add", "text", add(false, 3)));
  all.push_back(builds("firn_batch_builder_add", "lines", add(true, 3)));
  all.push_back(builds("firn_batch_builder_add", "of no line", add(true, 0)));
  const auto build = [](Scarcity& scarcity) -> Outcome {
    firn_error* error = nullptr;
    firn_batch_builder* builder = nullptr;
    require(firn_batch_builder_new(nullptr, &builder, &error), error);
    const firn_view text = view_of(kLong);
    firn_patch_spec spec = FIRN_PATCH_SPEC_INIT(FIRN_OP_INSERT, 2);
    spec.text = &text;
    require(firn_batch_builder_add(builder, &spec, &error), error);
    firn_batch* made = nullptr;
    const firn_code code =
        scarcity.during([&] { return firn_batch_builder_build(builder, &made, &error); });
    firn_batch_builder_free(builder);
    if (code != FIRN_OK) return refused(code, error, made == nullptr);
    Outcome outcome{.code = code, .result = json_of(made)};
    firn_batch_free(made);
    return outcome;
  };
  all.push_back({.function = "firn_batch_builder_build", .what = "", .run = build});
}

void of_applying(std::vector<Trial>& all) {
  const Values& v = values();
  for (const std::uint32_t policy :
       {FIRN_POLICY_FAIL_FAST, FIRN_POLICY_ATOMIC, FIRN_POLICY_BEST_EFFORT}) {
    for (const firn_batch* batch : {v.batch.get(), v.collisions.get()}) {
      all.push_back(makes(
          "firn_apply", "policy " + std::to_string(policy), firn_patched_free,
          [&v, batch, policy](auto** made, auto** error) {
            firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
            options.policy = policy;
            return firn_apply(v.snapshot.get(), batch, &options, made, error);
          },
          bytes_of));
    }
  }
  for (const firn_batch* batch : {v.batch.get(), v.collisions.get()}) {
    all.push_back(fills("firn_check", "", [&v, batch](firn_buffer* json, auto** error) {
      return firn_check(v.snapshot.get(), batch, nullptr, json, error);
    }));
  }
  all.push_back(fills("firn_error_to_json", "", [&](firn_buffer* json, auto** error) {
    return firn_error_to_json(v.error.get(), json, error);
  }));
}

void of_patched(std::vector<Trial>& all) {
  const Values& v = values();
  const firn_patched* patched = v.patched.get();
  const auto fill = [&](const char* function, auto call) {
    all.push_back(fills(function, "", [=](firn_buffer* out, firn_error** error) {
      return call(patched, out, error);
    }));
  };
  fill("firn_patched_bytes", firn_patched_bytes);
  fill("firn_patched_changes_json", firn_patched_changes_json);
  fill("firn_patched_lines",
       [](auto* of, auto* out, auto** error) { return firn_patched_lines(of, 2, 30, out, error); });
  fill("firn_patched_lines",
       [](auto* of, auto* out, auto** error) { return firn_patched_lines(of, 20, 3, out, error); });
  fill("firn_patched_provenance_json", [](auto* of, auto* out, auto** error) {
    return firn_patched_provenance_json(of, 2, 30, out, error);
  });
  fill("firn_patched_unified_diff", [](auto* of, auto* out, auto** error) {
    return firn_patched_unified_diff(of, nullptr, out, error);
  });
  fill("firn_patched_source_map", [](auto* of, auto* out, auto** error) {
    firn_source_map_style style = FIRN_SOURCE_MAP_STYLE_INIT;
    style.detail = FIRN_MAP_BOUNDARY;
    return firn_patched_source_map(of, &style, out, error);
  });
  fill("firn_patched_mappings", [](auto* of, auto* out, auto** error) {
    return firn_patched_mappings(of, FIRN_MAP_BOUNDARY, out, error);
  });
  // With the time it took behind it: of that, nothing.
  const Trial report = fills("firn_patched_report_json", "", [=](auto* out, auto** error) {
    return firn_patched_report_json(patched, out, error);
  });
  all.push_back({.function = report.function, .what = "", .run = [report](Scarcity& scarcity) {
                   Outcome outcome = report.run(scarcity);
                   outcome.result = outcome.result.substr(0, outcome.result.find("microseconds"));
                   return outcome;
                 }});
}

void of_patched_lines(std::vector<Trial>& all) {
  const firn_patched* patched = values().patched.get();
  const auto nothing = [] { return std::string(); };
  for (const std::uint64_t line : {1, 999}) {
    const std::string what = std::to_string(line);
    const auto answer = [&](const char* function, auto call) {
      all.push_back(answers(
          function, what, [=](firn_error** error) { return call(patched, line, error); }, nothing));
    };
    answer("firn_patched_line", [](auto* of, std::uint64_t at, auto** error) {
      return firn_patched_line(of, at, nullptr, nullptr, error);
    });
    answer("firn_patched_map_line", [](auto* of, std::uint64_t at, auto** error) {
      std::uint64_t found = 0;
      return firn_patched_map_line(of, at, &found, error);
    });
    answer("firn_patched_unmap_line", [](auto* of, std::uint64_t at, auto** error) {
      std::uint64_t found = 0;
      return firn_patched_unmap_line(of, at, &found, error);
    });
    answer("firn_patched_provenance", [](auto* of, std::uint64_t at, auto** error) {
      std::array<firn_origin, 1> origins{};
      return firn_patched_provenance(of, at, at, origins.data(), origins.size(), error);
    });
    answer("firn_patched_write_to", [](auto* of, std::uint64_t at, auto** error) {
      std::array<char, 4096> memory{};
      return firn_patched_write_to(of, memory.data(), at == 1 ? memory.size() : 1, error);
    });
  }
}

void of_diffs(std::vector<Trial>& all) {
  const Values& v = values();
  for (const std::uint32_t algorithm : {FIRN_DIFF_HISTOGRAM, FIRN_DIFF_MYERS, FIRN_DIFF_MINIMAL}) {
    all.push_back(makes(
        "firn_diff_texts", "algorithm " + std::to_string(algorithm), firn_batch_free,
        [&v, algorithm](auto** made, auto** error) {
          firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
          options.algorithm = algorithm;
          return firn_diff_texts(v.our_text.get(), v.patched_text.get(), &options, made, error);
        },
        json_of));
  }
  const auto json = [](const firn_diff* diff) {
    firn_buffer out = {nullptr, 0};
    firn_error* error = nullptr;
    require(firn_diff_to_json(diff, &out, &error), error);
    return taken(out);
  };
  const std::string renamed =
      "diff --git a/old name.js b/new name.js\nsimilarity index 100%\n"
      "rename from old name.js\nrename to new name.js\n" +
      v.unified;
  for (const std::string& text : {v.unified, renamed, v.unified + "@@ -1 +1 @@\n-x\n"}) {
    all.push_back(makes(
        "firn_diff_parse", "", firn_diff_free,
        [text](auto** made, auto** error) {
          return firn_diff_parse(view_of(text), nullptr, made, error);
        },
        json));
  }
  all.push_back(fills("firn_diff_to_json", "", [&](auto* out, auto** error) {
    return firn_diff_to_json(v.diff.get(), out, error);
  }));
  const auto batch_of_placed = [](const firn_placed* placed) {
    return json_of(firn_placed_batch(placed));
  };
  for (const std::uint32_t policy : {FIRN_POLICY_ATOMIC, FIRN_POLICY_BEST_EFFORT}) {
    for (const firn_snapshot* text : {v.snapshot.get(), v.our_text.get()}) {
      all.push_back(makes(
          "firn_diff_place", "policy " + std::to_string(policy), firn_placed_free,
          [&v, policy, text](auto** made, auto** error) {
            firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
            options.placement = FIRN_PLACEMENT_FUZZY;
            options.policy = policy;
            return firn_diff_place(v.diff.get(), 0, text, &options, made, error);
          },
          batch_of_placed));
    }
  }
  all.push_back(fills("firn_placed_rejects", "", [&](auto* out, auto** error) {
    return firn_placed_rejects(v.placed.get(), out, error);
  }));
  all.push_back(fills("firn_placed_to_json", "", [&](auto* out, auto** error) {
    return firn_placed_to_json(v.placed.get(), out, error);
  }));
}

void of_merging(std::vector<Trial>& all) {
  const Values& v = values();
  for (const std::uint32_t style : {FIRN_CONFLICT_MERGE, FIRN_CONFLICT_ZDIFF3}) {
    all.push_back(makes(
        "firn_merge", "style " + std::to_string(style), firn_merged_free,
        [&v, style](auto** made, auto** error) {
          firn_merge_options options = FIRN_MERGE_OPTIONS_INIT;
          options.style = style;
          return firn_merge(v.snapshot.get(), v.our_text.get(), v.their_text.get(), &options, made,
                            error);
        },
        [](const firn_merged* merged) { return text_of(firn_merged_bytes(merged)); }));
  }
  all.push_back(fills("firn_merged_to_json", "", [&](auto* out, auto** error) {
    return firn_merged_to_json(v.merged.get(), out, error);
  }));
}

void of_algebra(std::vector<Trial>& all) {
  const Values& v = values();
  all.push_back(makes(
      "firn_patched_invert", "", firn_batch_free,
      [&](auto** made, auto** error) { return firn_patched_invert(v.patched.get(), made, error); },
      json_of));
  for (const firn_patched* then : {v.patched_again.get(), v.patched.get()}) {
    all.push_back(makes(
        "firn_patched_compose", then == v.patched.get() ? "over another text" : "", firn_batch_free,
        [&v, then](auto** made, auto** error) {
          return firn_patched_compose(v.patched.get(), then, made, error);
        },
        json_of));
  }
  all.push_back(makes(
      "firn_patched_rebase", "", firn_rebased_free,
      [&](auto** made, auto** error) {
        return firn_patched_rebase(v.patched.get(), v.our_text.get(), made, error);
      },
      [](const firn_rebased* rebased) { return json_of(firn_rebased_batch(rebased)); }));
  all.push_back(fills("firn_rebased_to_json", "", [&](auto* out, auto** error) {
    return firn_rebased_to_json(v.rebased.get(), out, error);
  }));
  all.push_back(makes(
      "firn_stack", "", firn_stacked_free,
      [&](auto** made, auto** error) {
        return firn_stack(v.snapshot.get(), v.stack_of.data(), v.stack_of.size(), nullptr, made,
                          error);
      },
      [](const firn_stacked* stacked) {
        firn_buffer out = {nullptr, 0};
        firn_error* error = nullptr;
        require(firn_stacked_to_json(stacked, &out, &error), error);
        return taken(out);
      }));
  all.push_back(fills("firn_stacked_to_json", "", [&](auto* out, auto** error) {
    return firn_stacked_to_json(v.stacked.get(), out, error);
  }));
}

void of_histories(std::vector<Trial>& all) {
  const Values& v = values();
  const firn_history* history = v.history.get();
  all.push_back(makes(
      "firn_history_new", "", firn_history_free,
      [&](auto** made, auto** error) { return firn_history_new(v.snapshot.get(), 1, made, error); },
      revisions_of));
  all.push_back(makes(
      "firn_history_append", "", firn_history_free,
      [&v, history](auto** made, auto** error) {
        firn_patched* patched = nullptr;
        const auto code =
            firn_history_append(history, v.second.get(), nullptr, made, &patched, error);
        firn_patched_free(patched);
        return code;
      },
      revisions_of));
  for (const std::uint64_t revision : {8, 99}) {
    const std::string what = std::to_string(revision);
    all.push_back(makes(
        "firn_history_at", what, firn_patched_free,
        [=](auto** made, auto** error) { return firn_history_at(history, revision, made, error); },
        bytes_of));
    all.push_back(makes(
        "firn_history_batch_of", what, firn_batch_free,
        [=](auto** made, auto** error) {
          return firn_history_batch_of(history, revision, made, error);
        },
        json_of));
    all.push_back(makes(
        "firn_history_undo", what, firn_history_free,
        [=](auto** made, auto** error) {
          firn_rebased* rebased = nullptr;
          const auto code = firn_history_undo(history, revision, made, &rebased, error);
          firn_rebased_free(rebased);
          return code;
        },
        revisions_of));
  }
  all.push_back(fills("firn_history_to_json", "", [=](auto* out, auto** error) {
    return firn_history_to_json(history, out, error);
  }));
}

void of_edits_and_words(std::vector<Trial>& all) {
  const Values& v = values();
  static const std::string kEdits =
      R"([{"range":{"start":{"line":2,"character":1},"end":{"line":4,"character":0}},"newText":"a\nb"},)"
      R"({"range":{"start":{"line":9,"character":0},"end":{"line":9,"character":0}},"newText":"c\n"}])";
  static const std::string kBefore = "one two, three (four) five six";
  static const std::string kAfter = "one 2, three (4) fife six seven";
  all.push_back(makes(
      "firn_batch_of_text_edits", "", firn_batch_free,
      [&](auto** made, auto** error) {
        const std::array<firn_text_edit, 2> edits = {
            {{{2, 1}, {3, 0}, view_of(kBefore)}, {{7, 0}, {7, 2}, view_of(kAfter)}}};
        return firn_batch_of_text_edits(v.snapshot.get(), edits.data(), edits.size(), made, error);
      },
      json_of));
  for (const std::string& json : {kEdits, std::string(R"([{"range":3}])")}) {
    all.push_back(makes(
        "firn_batch_of_text_edits_json", json, firn_batch_free,
        [&v, json](auto** made, auto** error) {
          return firn_batch_of_text_edits_json(v.snapshot.get(), view_of(json), nullptr, made,
                                               error);
        },
        json_of));
  }
  static std::size_t count = 0;
  all.push_back(answers(
      "firn_changed_words", "",
      [](auto** error) {
        std::array<firn_word_change, 8> changes{};
        return firn_changed_words(view_of(kBefore), view_of(kAfter), changes.data(), changes.size(),
                                  &count, error);
      },
      [] { return std::to_string(count); }));
  all.push_back(fills("firn_changed_words_json", "", [](auto* out, auto** error) {
    return firn_changed_words_json(view_of(kBefore), view_of(kAfter), out, error);
  }));
}

}  // namespace

std::vector<Trial> all_trials() {
  std::vector<Trial> all;
  of_snapshots(all);
  of_batches(all);
  of_builders(all);
  of_applying(all);
  of_patched(all);
  of_patched_lines(all);
  of_diffs(all);
  of_merging(all);
  of_algebra(all);
  of_histories(all);
  of_edits_and_words(all);
  return all;
}

}  // namespace firn_test
