#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "firn/firn.h"
#include "random_text.h"
#include "workshop.h"

namespace firn_test {
namespace {

using firn::Diff;

/// A repository with a commit, and changes of every kind in its files.
class Repository {
 public:
  Repository() {
    git({"init", "-q"});
    git({"config", "user.name", "n"});
    git({"config", "user.email", "e"});
    shop.write("edited.js", text("edited", ""));
    shop.write("with blank", text("blank", ""));
    shop.write("caf\xC3\xA9", text("cafe", ""));
    shop.write("gone", text("gone", ""));
    shop.write("old name", text("moved", ""));
    shop.write("same", text("same", ""));
    shop.write("tool", text("tool", ""));
    commit("first");
    shop.write("edited.js", text("edited", "x"));
    shop.write("with blank", text("blank", "x"));
    shop.write("caf\xC3\xA9", text("cafe", "x"));
    shop.write("new", "- \n");
    git({"rm", "-q", "gone"});
    git({"mv", "old name", "new name"});
    shop.write("new name", text("moved", "x"));
    git({"mv", "same", "sane"});
  }

  /// What git prints.
  std::string git(const std::vector<std::string>& words) const {
    std::vector<std::string> command = {"env", "GIT_CONFIG_NOSYSTEM=1",
                                        "GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C", "git"};
    command.insert(command.end(), words.begin(), words.end());
    if (shop.run(command) > 1) throw std::runtime_error(shop.read("err"));
    return shop.read("out");
  }

  void commit(const std::string& message) const {
    git({"add", "-A", "--", ":!out", ":!err"});
    git({"commit", "-q", "-m", message});
  }

  static std::string text(const std::string& name, const std::string& changed) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += name + " " + std::to_string(i) + "\n";
    return text.insert(text.find('6'), changed);
  }

  Workshop shop;
};

/// "modify a/x b/x; " for each file.
std::string shown(const Diff& diff) {
  std::string text;
  for (const firn::FileDiff& file : diff.files()) {
    text += std::string(name_of(file.kind)) + " " + file.old_name.value_or("none") + " > " +
            file.new_name.value_or("none") + "\n";
  }
  return text;
}

Diff read(const std::string& text, bool recount = false) {
  auto diff = firn::read_diff(text, {.recount = recount});
  if (!diff) throw std::runtime_error(diff.error().message + "\n" + text);
  return *std::move(diff);
}

TEST(ReadDiffOfGit, NamesAreThoseOfTheFilesWhateverThePrefix) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  const Repository repository;
  repository.git({"add", "-A", "--", ":!out", ":!err"});
  repository.git({"update-index", "--chmod=+x", "tool"});
  const std::vector<std::string> command = {"diff", "--cached", "-M", "HEAD"};
  const auto with = [&](const std::string& option) {
    std::vector<std::string> words = command;
    words.push_back(option);
    return shown(read(repository.git(words)));
  };
  EXPECT_EQ(with("--full-index"),
            "modify a/caf\xC3\xA9 > b/caf\xC3\xA9\nmodify a/edited.js > b/edited.js\n"
            "remove a/gone > none\ncreate none > b/new\nrename a/old name > b/new name\n"
            "rename a/same > b/sane\nmodify a/tool > b/tool\n"
            "modify a/with blank > b/with blank\n");
  EXPECT_EQ(with("--no-prefix"),
            "modify caf\xC3\xA9 > caf\xC3\xA9\nmodify edited.js > edited.js\n"
            "remove gone > none\ncreate none > new\nrename old name > new name\n"
            "rename same > sane\nmodify tool > tool\nmodify with blank > with blank\n");
}

TEST(ReadDiffOfGit, MailsAreReadAlsoWhenTheirHunksAreRecounted) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  const Repository repository;
  repository.commit("second\n\n--- not a header\n");
  repository.shop.write("new", "last\n");
  repository.commit("third");
  const std::string mails = repository.git({"format-patch", "--stdout", "-2"});
  ASSERT_NE(mails.find("\n-- \n2."), std::string::npos);
  ASSERT_NE(mails.find("\n-- \n+last\n"), std::string::npos) << "a removed line like a signature";
  const Diff counted = read(mails);
  const Diff recounted = read(mails, true);
  EXPECT_EQ(shown(counted), shown(recounted));
  EXPECT_EQ(counted.files().size(), 8U);
  EXPECT_EQ(to_json(counted), to_json(recounted));
}

TEST(ReadDiffOfGit, CombinedDiffsAreRefusedByName) {
  if (!Workshop::has_program("git")) GTEST_SKIP() << "git is not installed";
  const Repository repository;
  repository.commit("ours");
  repository.git({"checkout", "-q", "-b", "side", "HEAD~1"});
  repository.shop.write("edited.js", Repository::text("edited", "y"));
  repository.commit("theirs");
  repository.git({"merge", "-q", "master"});
  const std::string combined = repository.git({"diff"});
  ASSERT_TRUE(combined.starts_with("diff --cc ")) << combined;
  const auto refused = firn::read_diff(combined);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, firn::ErrorCode::malformed_diff);
  EXPECT_NE(refused.error().message.find("a combined diff"), std::string::npos);
  EXPECT_EQ(refused.error().position->line, 1U);
}

}  // namespace
}  // namespace firn_test
