#include <array>
#include <string>
#include <vector>

#include "trial.h"
#include "values.h"

namespace firn_test {

namespace {

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

const std::string& long_name() {
  static const std::string name = "a name that is too long to lie in the string itself";
  return name;
}

void of_headers_of_builders(std::vector<Trial>& all) {
  all.push_back(makes(
      "firn_batch_builder_new", "", firn_batch_builder_free,
      [](auto** made, auto** error) { return firn_batch_builder_new(nullptr, made, error); },
      [](const firn_batch_builder* /*made*/) { return std::string(); }));
  all.push_back(builds("firn_batch_builder_set_id", "", [](auto* builder, auto** error) {
    return firn_batch_builder_set_id(builder, view_of(long_name()), error);
  }));
  all.push_back(builds("firn_batch_builder_set_file", "", [](auto* builder, auto** error) {
    return firn_batch_builder_set_file(builder, view_of(long_name()), error);
  }));
  all.push_back(builds("firn_batch_builder_set_base", "", [](auto* builder, auto** error) {
    const firn_view hex = firn_view_of("00000000000000000000000000000000");
    return firn_batch_builder_set_base(builder, &hex, nullptr, error);
  }));
  all.push_back(builds("firn_batch_builder_set_revision", "", [](auto* builder, auto** error) {
    return firn_batch_builder_set_revision(builder, ~std::uint64_t{0}, error);
  }));
}

void of_patches_of_builders(std::vector<Trial>& all) {
  const auto add = [](bool as_lines, std::uint64_t line) {
    return [=](firn_batch_builder* builder, firn_error** error) {
      const firn_view text = view_of(long_name());
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
    const firn_view text = view_of(long_name());
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

}  // namespace

std::vector<Trial> trials_of_patching() {
  std::vector<Trial> all;
  of_snapshots(all);
  of_batches(all);
  of_headers_of_builders(all);
  of_patches_of_builders(all);
  of_applying(all);
  of_patched(all);
  of_patched_lines(all);
  return all;
}

}  // namespace firn_test
