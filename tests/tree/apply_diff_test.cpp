#include "apply_diff.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "folder_for_test.h"

namespace firn::tree {
namespace {

constexpr std::string_view kOwner = R"({"id":1,"started":"1"})";
constexpr int kFiles = 150;  // More than threads take at a time.

using Kind = Applied::Kind;
using Files = std::map<std::string, std::string>;

std::string name_of(int file) {
  const std::string folder = file % 2 == 0 ? "even/" : "odd/";
  return folder + std::to_string(file);
}

/// "old" becomes "new" in every file.
Diff change_of_all() {
  std::string text;
  for (int file = 0; file < kFiles; ++file) {
    const std::string name = name_of(file);
    text += "--- a/" + name + "\n+++ b/" + name + "\n@@ -1,2 +1,2 @@\n-old\n+new\n same\n";
  }
  return *read_diff(text);
}

void make_old(const FolderForTest& folder) {
  for (int file = 0; file < kFiles; ++file) folder.write(name_of(file), "old\nsame\n");
}

Applied apply_to(const FolderForTest& folder, const ApplyDiffOptions& options,
                 bool is_cancelled = false) {
  Watch watch;
  watch.cancelled = is_cancelled;
  return apply_diff(folder.open().number(), change_of_all(), options, watch);
}

constexpr ApplyDiffOptions kOptions{.strip = 1, .owner = kOwner};

TEST(ApplyDiff, ChangesEveryFileAndLeavesNothingElse) {
  for (const bool flush : {false, true}) {
    const FolderForTest folder;
    make_old(folder);
    const Applied applied = apply_to(folder, {.strip = 1, .flush = flush, .owner = kOwner});
    EXPECT_EQ(applied.kind, Kind::done);
    EXPECT_EQ(applied.placed.size(), kFiles);
    const Files files = folder.files();
    EXPECT_EQ(files.size(), kFiles);
    for (const auto& [name, content] : files) EXPECT_EQ(content, "new\nsame\n") << name;
  }
}

TEST(ApplyDiff, KeepsPermissionsWhateverTheUmask) {
  const FolderForTest folder;
  make_old(folder);
  const auto file = folder.path() / name_of(7);
  const auto mode = static_cast<std::filesystem::perms>(0666);
  std::filesystem::permissions(file, mode);
  const mode_t umask_before = umask(077);
  EXPECT_EQ(apply_to(folder, kOptions).kind, Kind::done);
  umask(umask_before);
  EXPECT_EQ(std::filesystem::status(file).permissions(), mode);
}

TEST(ApplyDiff, ChangesNothingThatIsNotPlain) {
  const std::map<std::string, std::function<void(const std::filesystem::path&)>> hurdles = {
      {"a file that is not there", [](const auto& file) { std::filesystem::remove(file); }},
      {"a folder in its place",
       [](const auto& file) {
         std::filesystem::remove(file);
         std::filesystem::create_directory(file);
       }},
      {"a symbolic link in its place",
       [](const auto& file) {
         std::filesystem::rename(file, file.string() + "-moved");
         std::filesystem::create_symlink(file.string() + "-moved", file);
       }},
      {"a symbolic link on the way",
       [](const auto& file) {
         const auto folder = file.parent_path();
         std::filesystem::rename(folder, folder.string() + "-moved");
         std::filesystem::create_directory_symlink(folder.string() + "-moved", folder);
       }},
      {"a file that is not to be written",
       [](const auto& file) {
         std::filesystem::permissions(file, static_cast<std::filesystem::perms>(0444));
       }},
      {"a journal",
       [](const auto& file) {
         std::ofstream(file.parent_path().parent_path() / ".firn-journal") << "somebody's";
       }},
  };
  for (const auto& [what, put] : hurdles) {
    const FolderForTest folder;
    make_old(folder);
    put(folder.path() / name_of(kFiles - 1));
    const Files before = folder.files();
    EXPECT_EQ(apply_to(folder, kOptions).kind, Kind::not_plain) << what;
    EXPECT_EQ(folder.files(), before) << what;
  }
}

TEST(ApplyDiff, ChangesNothingWhenAHunkFindsNoPlace) {
  const FolderForTest folder;
  make_old(folder);
  folder.write(name_of(kFiles - 1), "another\n");
  const Files before = folder.files();
  EXPECT_EQ(apply_to(folder, kOptions).kind, Kind::not_plain);
  EXPECT_EQ(folder.files(), before);
}

TEST(ApplyDiff, IsTakenBackInReverse) {
  const FolderForTest folder;
  make_old(folder);
  const Files before = folder.files();
  EXPECT_EQ(apply_to(folder, kOptions).kind, Kind::done);
  EXPECT_NE(folder.files(), before);
  const ApplyDiffOptions options{.strip = 1, .placing = {.reverse = true}, .owner = kOwner};
  EXPECT_EQ(apply_to(folder, options).kind, Kind::done);
  EXPECT_EQ(folder.files(), before);
}

TEST(ApplyDiff, ChangesNothingOnceItIsCancelled) {
  const FolderForTest folder;
  make_old(folder);
  const Files before = folder.files();
  EXPECT_EQ(apply_to(folder, kOptions, true).kind, Kind::cancelled);
  EXPECT_EQ(folder.files(), before);
}

}  // namespace
}  // namespace firn::tree
