#include <array>
#include <string>
#include <vector>

#include "trial.h"
#include "values.h"

namespace firn_test {

namespace {

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
}

void of_placing(std::vector<Trial>& all) {
  const Values& v = values();
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

std::vector<Trial> trials_of_algebra() {
  std::vector<Trial> all;
  of_diffs(all);
  of_placing(all);
  of_merging(all);
  of_algebra(all);
  of_histories(all);
  of_edits_and_words(all);
  return all;
}

}  // namespace firn_test
