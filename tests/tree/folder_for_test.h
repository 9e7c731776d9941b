#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "file.h"

namespace firn::tree {

/// An empty folder of its own, gone with the object.
class FolderForTest {
 public:
  FolderForTest();
  ~FolderForTest();
  FolderForTest(const FolderForTest&) = delete;
  FolderForTest& operator=(const FolderForTest&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Descriptor open() const;
  void write(const std::string& name, std::string_view content) const;
  /// All files by their names, hidden ones too.
  [[nodiscard]] std::map<std::string, std::string> files() const;

 private:
  std::filesystem::path path_;
};

}  // namespace firn::tree
