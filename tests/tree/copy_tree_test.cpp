#include "copy_tree.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <vector>

#include "folder_for_test.h"

namespace firn::tree {
namespace {

using Kind = Copied::Kind;
using Files = std::map<std::string, std::string>;

Copied copy(const FolderForTest& from, const FolderForTest& to,
            const std::vector<Replacement>& replacements = {}, bool hard_links = false,
            bool is_cancelled = false) {
  Watch watch;
  watch.cancelled = is_cancelled;
  return copy_tree(from.open().number(), to.open().number(), replacements, hard_links, watch);
}

TEST(CopyTree, CopiesFilesOfEverySizeAndNothingElse) {
  const FolderForTest from;
  const FolderForTest to;
  Files expected;
  // Around the sizes at which another way of copying is taken, and more files than one share has.
  for (const std::size_t byte_size : {0U, 1U, 65'535U, 65'536U, 65'537U, 3'000'000U}) {
    const std::string name = "sizes/in/" + std::to_string(byte_size);
    expected[name] = std::string(byte_size, 'x');
  }
  for (int file = 0; file < 200; ++file) expected["many/" + std::to_string(file)] = "y";
  for (const auto& [name, content] : expected) from.write(name, content);
  from.write("many/.git/config", "left out");
  from.write(".firn-0123456789abcdef-0.tmp", "left out");
  const Copied copied = copy(from, to);
  EXPECT_EQ(copied.kind, Kind::done);
  EXPECT_EQ(copied.files, expected.size());
  EXPECT_EQ(to.files(), expected);
}

TEST(CopyTree, KeepsLinksAndPermissionsWhateverTheUmask) {
  const FolderForTest from;
  const FolderForTest to;
  from.write("locked/file", "");
  std::filesystem::create_symlink("../nowhere", from.path() / "locked/link");
  const auto file_mode = static_cast<std::filesystem::perms>(0666);
  const auto folder_mode = static_cast<std::filesystem::perms>(0555);
  std::filesystem::permissions(from.path() / "locked/file", file_mode);
  std::filesystem::permissions(from.path() / "locked", folder_mode);
  const mode_t umask_before = umask(077);
  EXPECT_EQ(copy(from, to).kind, Kind::done);
  umask(umask_before);
  EXPECT_EQ(std::filesystem::read_symlink(to.path() / "locked/link"), "../nowhere");
  EXPECT_EQ(std::filesystem::status(to.path() / "locked/file").permissions(), file_mode);
  EXPECT_EQ(std::filesystem::status(to.path() / "locked").permissions(), folder_mode);
  for (const auto& folder : {from.path(), to.path()}) {
    std::filesystem::permissions(folder / "locked", std::filesystem::perms::owner_all);
  }
}

TEST(CopyTree, WritesReplacementsAndNeverIntoTheOriginal) {
  for (const bool hard_links : {false, true}) {
    const FolderForTest from;
    const FolderForTest to;
    from.write("a/patched", "old");
    from.write("a/other", "other");
    const Copied copied = copy(from, to, {{.path = "a/patched", .bytes = "new"}}, hard_links);
    EXPECT_EQ(copied.kind, Kind::done);
    EXPECT_EQ(to.files(), (Files{{"a/patched", "new"}, {"a/other", "other"}}));
    EXPECT_EQ(from.files().at("a/patched"), "old");
    const bool is_same =
        std::filesystem::equivalent(from.path() / "a/other", to.path() / "a/other");
    EXPECT_EQ(is_same, hard_links);
  }
}

TEST(CopyTree, SaysWhatItCannotDo) {
  const FolderForTest from;
  const FolderForTest to;
  from.write("a/file", "");
  std::filesystem::create_symlink("file", from.path() / "a/link");
  EXPECT_EQ(copy(from, to, {{.path = "a/none", .bytes = ""}}).kind, Kind::not_in_tree);
  EXPECT_EQ(copy(from, to, {{.path = "a/link", .bytes = ""}}).kind, Kind::not_in_tree);
  EXPECT_EQ(copy(from, to, {}, false, true).kind, Kind::cancelled);
  const FolderForTest full;
  full.write("a", "in the way");
  const Copied failed = copy(from, full);
  EXPECT_EQ(failed.kind, Kind::failed);
  EXPECT_EQ(failed.error, EEXIST);
  EXPECT_EQ(failed.path, "a");
  const FolderForTest empty;
  ASSERT_EQ(mkfifo((from.path() / "a/pipe").c_str(), 0600), 0);
  const Copied pipe = copy(from, empty);
  EXPECT_EQ(pipe.kind, Kind::not_a_file);
  EXPECT_EQ(pipe.path, "a/pipe");
}

}  // namespace
}  // namespace firn::tree
