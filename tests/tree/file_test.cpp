#include "file.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>

#include "folder_for_test.h"

namespace firn::tree {
namespace {

TEST(OpenFolder, FindsTheRootAndWhatIsBelow) {
  const FolderForTest folder;
  folder.write("a/b/c", "");
  const Descriptor root = folder.open();
  for (const std::string path : {"", "a", "a/b"}) {
    EXPECT_TRUE(open_folder(root.number(), path)) << path;
    EXPECT_TRUE(open_part_by_part(root.number(), path)) << path;
  }
}

TEST(OpenFolder, FollowsNoLinkAndLeavesTheRootNowhere) {
  const FolderForTest folder;
  folder.write("tree/in/file", "");
  folder.write("outside/file", "");
  std::filesystem::create_symlink("../outside", folder.path() / "tree/out");
  std::filesystem::create_symlink("in", folder.path() / "tree/link");
  const Descriptor root = open_folder(folder.open().number(), "tree");
  for (const std::string path : {"out", "link", "..", "in/../..", "/", "in/file", "nowhere"}) {
    EXPECT_FALSE(open_folder(root.number(), path)) << path;
    EXPECT_FALSE(open_part_by_part(root.number(), path)) << path;
  }
}

TEST(OpenToRead, FollowsNoLink) {
  const FolderForTest folder;
  folder.write("file", "text");
  std::filesystem::create_symlink("file", folder.path() / "link");
  const Descriptor root = folder.open();
  EXPECT_TRUE(open_to_read(root.number(), "file"));
  EXPECT_FALSE(open_to_read(root.number(), "link"));
  EXPECT_EQ(errno, ELOOP);
}

TEST(Create, WritesToNothingThatIsThere) {
  const FolderForTest folder;
  folder.write("file", "text");
  std::filesystem::create_symlink("nowhere", folder.path() / "link");
  const Descriptor root = folder.open();
  for (const std::string name : {"file", "link"}) {
    EXPECT_FALSE(create(root.number(), name, 0644)) << name;
    EXPECT_EQ(errno, EEXIST);
  }
  EXPECT_EQ(folder.files().at("file"), "text");
}

TEST(Identity, IsAnotherOnceTheFileIsWritten) {
  const FolderForTest folder;
  struct stat before{};
  struct stat after{};
  folder.write("file", "one");
  ASSERT_EQ(stat((folder.path() / "file").c_str(), &before), 0);
  EXPECT_EQ(identity_of(before), identity_of(before));
  folder.write("file", "three");
  ASSERT_EQ(stat((folder.path() / "file").c_str(), &after), 0);
  EXPECT_NE(identity_of(before), identity_of(after));
}

}  // namespace
}  // namespace firn::tree
