// Trees of files where memory ends: every file is whole, old or new, and what became of them is
// told. Which allocation is the n-th the threads decide; what holds holds for all.

#include <gtest/gtest.h>

#include <cstddef>

#include "apply_diff.h"
#include "copy_tree.h"
#include "folder_for_test.h"
#include "scarce_memory.h"

namespace firn_test {
namespace {

using firn::tree::Applied;
using firn::tree::Copied;
using firn::tree::FolderForTest;

constexpr int kFolders = 3;
constexpr std::size_t kFileCount = std::size_t{2} * kFolders;
constexpr std::string_view kOld = "old\nsame\n";
constexpr std::string_view kNew = "new\nsame\n";

std::string name_of(int folder, int file) {
  return "a folder with a long name " + std::to_string(folder) + "/file " + std::to_string(file);
}

void make_old(const FolderForTest& root) {
  for (int folder = 0; folder < kFolders; ++folder) {
    for (const int file : {1, 2}) root.write(name_of(folder, file), std::string(kOld));
  }
}

firn::Diff change_of_all() {
  std::string text;
  for (int folder = 0; folder < kFolders; ++folder) {
    for (const int file : {1, 2}) {
      const std::string name = name_of(folder, file);
      text.append("--- a/").append(name).append("\n+++ b/").append(name);
      text.append("\n@@ -1,2 +1,2 @@\n-old\n+new\n same\n");
    }
  }
  return firn::read_diff(text).value();
}

/// Until the work has met no end of memory.
template <typename Attempt>
void for_every_end(Attempt attempt) {
  for (const bool lasts : {false, true}) {
    for (std::int64_t granted = 0;; ++granted) {
      SCOPED_TRACE("allocation " + std::to_string(granted) + (lasts ? " and all behind it" : ""));
      Scarcity scarcity(granted, lasts);
      attempt(scarcity);
      if (!scarcity.was_met() || testing::Test::HasFailure()) break;
    }
  }
}

TEST(NoMemory, ADiffAppliedToATreeLeavesEveryFileWholeAndSaysWhatBecameOfIt) {
  using Kind = Applied::Kind;
  const firn::Diff diff = change_of_all();
  const firn::tree::ApplyDiffOptions options{.strip = 1, .owner = R"({"id":1,"started":"1"})"};
  for_every_end([&](Scarcity& scarcity) {
    const FolderForTest root;
    make_old(root);
    const auto descriptor = root.open();
    firn::tree::Watch watch;
    const Applied applied = scarcity.during(
        [&] { return firn::tree::apply_diff(descriptor.number(), diff, options, watch); });
    const auto files = root.files();
    const bool has_journal = files.contains(".firn-journal");
    EXPECT_EQ(has_journal, applied.kind == Kind::cut_short);
    EXPECT_TRUE(has_journal || files.size() == kFileCount);
    for (const auto& [name, content] : files) {
      if (name == ".firn-journal") continue;
      EXPECT_TRUE(applied.kind == Kind::not_plain ? content == kOld
                  : applied.kind == Kind::done    ? content == kNew
                                                  : content == kOld || content == kNew)
          << name << " holds " << content;
    }
  });
}

TEST(NoMemory, ATreeIsCopiedWholeOrTheCopyHasFailed) {
  const FolderForTest root;
  make_old(root);
  const std::vector<firn::tree::Replacement> replacements = {
      {.path = name_of(1, 1), .bytes = std::string(kNew)}};
  for_every_end([&](Scarcity& scarcity) {
    const FolderForTest to;
    const auto from_descriptor = root.open();
    const auto to_descriptor = to.open();
    firn::tree::Watch watch;
    const Copied copied = scarcity.during([&] {
      return firn::tree::copy_tree(from_descriptor.number(), to_descriptor.number(), replacements,
                                   false, watch);
    });
    if (copied.kind == Copied::Kind::failed) {
      EXPECT_EQ(copied.error, ENOMEM);
      return;
    }
    ASSERT_EQ(copied.kind, Copied::Kind::done);
    auto expected = root.files();
    expected[name_of(1, 1)] = kNew;
    EXPECT_EQ(to.files(), expected);
  });
}

}  // namespace
}  // namespace firn_test
