#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "thorough.h"
#include "versus_oracle.h"

/// Every text of up to three lines with every batch of up to two patches (three on the smallest),
/// under both ties and every policy: what is true there was not left to chance.
namespace firn_test {
namespace {

using firn::Op;

/// Every text of exactly `line_count` lines, each "a" or empty, ended by LF or CR LF, the last one
/// perhaps by nothing.
std::vector<std::string> texts_of(int line_count) {
  std::vector<std::string> texts = {""};
  for (int line = 1; line <= line_count; ++line) {
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const char* const content : {"", "a"}) {
        longer.push_back(text + content + "\n");
        longer.push_back(text + content + "\r\n");
      }
      if (line == line_count) longer.push_back(text + "a");
    }
    texts = std::move(longer);
  }
  return texts;
}

void add_with_texts(std::vector<PatchCase>& patches, PatchCase patch) {
  using Lines = std::vector<std::string>;
  for (const Lines& lines : {Lines{}, Lines{""}, Lines{"x"}, Lines{"x", ""}}) {
    // One insert of two lines says no more than two inserts of one.
    if (lines.size() == 2 && patch.op == Op::insert_lines) continue;
    patch.lines = lines;
    patches.push_back(patch);
  }
}

void add_with_verbatim_texts(std::vector<PatchCase>& patches, PatchCase patch) {
  patch.verbatim = true;
  for (const char* const text : {"", "x", "x\n", "x\r\n"}) {
    patch.text = text;
    patches.push_back(patch);
  }
}

/// Every patch whose lines exist, and those that end one line past the last.
std::vector<PatchCase> patches_for(std::uint64_t line_count) {
  std::vector<PatchCase> patches;
  for (std::uint64_t line = 1; line <= line_count + 2; ++line) {
    add_with_texts(patches, {.op = Op::insert_lines, .line = line});
    for (std::uint64_t end = line; end <= line_count + 1; ++end) {
      patches.push_back({.op = Op::delete_lines, .line = line, .end_line = end});
      add_with_texts(patches, {.op = Op::replace_lines, .line = line, .end_line = end});
    }
  }
  return patches;
}

/// The same, verbatim.
std::vector<PatchCase> verbatim_patches_for(std::uint64_t line_count) {
  std::vector<PatchCase> patches;
  for (std::uint64_t line = 1; line <= line_count + 2; ++line) {
    add_with_verbatim_texts(patches, {.op = Op::insert_lines, .line = line});
    for (std::uint64_t end = line; end <= line_count + 1; ++end) {
      patches.push_back({.op = Op::delete_lines, .line = line, .end_line = end, .verbatim = true});
      add_with_verbatim_texts(patches, {.op = Op::replace_lines, .line = line, .end_line = end});
    }
  }
  return patches;
}

void try_batch(const firn::Snapshot& snapshot, Case given) {
  const firn::Batch batch = build(given);
  for (const firn::Ties ties : {firn::Ties::reject, firn::Ties::keep_order}) {
    given.options.ties = ties;
    const std::string difference = difference_from_oracle(snapshot, batch, given);
    ASSERT_EQ(difference, "") << code_of(given);
  }
}

/// Every batch of up to `patch_count` more patches than `given` has.
void try_every_batch(const firn::Snapshot& snapshot, const std::vector<PatchCase>& patches,
                     int patch_count, Case& given) {
  ASSERT_NO_FATAL_FAILURE(try_batch(snapshot, given));
  if (patch_count == 0) return;
  for (const PatchCase& patch : patches) {
    given.patches.push_back(patch);
    ASSERT_NO_FATAL_FAILURE(try_every_batch(snapshot, patches, patch_count - 1, given));
    given.patches.pop_back();
  }
}

/// Texts of so many lines, batches of so many patches. Of the texts it takes the one numbered
/// `first` and every `step`-th after it: ctest runs the parts of a world side by side.
struct SmallWorld {
  int line_count = 0;
  int patch_count = 0;
  std::size_t first = 0;
  std::size_t step = 1;
  bool with_verbatim = false;  ///< Among the patches are verbatim ones.
};

class EverySmallBatch : public testing::TestWithParam<SmallWorld> {};

TEST_P(EverySmallBatch, DoesWhatTheOracleDoes) {
  const SmallWorld world = GetParam();
  const std::vector<std::string> texts = texts_of(world.line_count);
  const auto line_count = static_cast<std::uint64_t>(world.line_count);
  std::vector<PatchCase> patches = patches_for(line_count);
  if (world.with_verbatim) {
    const auto verbatim = verbatim_patches_for(line_count);
    patches.insert(patches.end(), verbatim.begin(), verbatim.end());
  }
  for (std::size_t i = world.first; i < texts.size(); i += world.step) {
    const firn::Snapshot snapshot = frozen(texts[i]);
    Case given{.text = texts[i]};
    ASSERT_NO_FATAL_FAILURE(try_every_batch(snapshot, patches, world.patch_count, given));
  }
}

std::vector<SmallWorld> small_worlds() {
  std::vector<SmallWorld> worlds = {{.line_count = 0, .patch_count = 3}};
  if (kThorough) {
    worlds.push_back({.line_count = 1, .patch_count = 3});
    worlds.push_back({.line_count = 2, .patch_count = 2});
    for (std::size_t part = 0; part < 8; ++part) {
      worlds.push_back({.line_count = 3, .patch_count = 2, .first = part, .step = 8});
    }
    worlds.push_back({.line_count = 1, .patch_count = 2, .with_verbatim = true});
    for (std::size_t part = 0; part < 4; ++part) {
      worlds.push_back(
          {.line_count = 2, .patch_count = 2, .first = part, .step = 4, .with_verbatim = true});
    }
    return worlds;
  }
  // Elsewhere all of them would take minutes: every eleventh of the 80 texts of three lines
  // stands for the others.
  worlds.push_back({.line_count = 1, .patch_count = 2});
  worlds.push_back({.line_count = 2, .patch_count = 2, .step = 3});
  worlds.push_back({.line_count = 3, .patch_count = 2, .step = 11});
  worlds.push_back({.line_count = 2, .patch_count = 2, .step = 7, .with_verbatim = true});
  return worlds;
}

std::string name_of_world(const testing::TestParamInfo<SmallWorld>& info) {
  return std::to_string(info.param.patch_count) + "On" + std::to_string(info.param.line_count) +
         "LinesFrom" + std::to_string(info.param.first) +
         (info.param.with_verbatim ? "Verbatim" : "");
}

INSTANTIATE_TEST_SUITE_P(OfPatches, EverySmallBatch, testing::ValuesIn(small_worlds()),
                         name_of_world);

}  // namespace
}  // namespace firn_test
