#include "walk.h"

#include <dirent.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <string_view>

namespace firn::tree {

namespace {

constexpr mode_t kPermissions = 0777;

struct CloseFolder {
  void operator()(DIR* folder) const noexcept { closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

OpenFolder open_to_list(int root, const std::string& path) {
  const Descriptor folder = open_folder(root, path);
  const int own = folder ? dup(folder.number()) : -1;
  DIR* listing = own >= 0 ? fdopendir(own) : nullptr;
  if (listing == nullptr && own >= 0) ::close(own);
  return OpenFolder(listing);
}

bool is_left_out(std::string_view name) {
  return name == "." || name == ".." || name == ".git" || name == ".firn-journal" ||
         (name.starts_with(".firn-") && name.ends_with(".tmp"));
}

std::string join(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + '/' + std::string(name);
}

/// As the folder has it; not every file system says it there.
mode_t type_of(int parent, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return DTTOIF(entry.d_type);
  struct stat stats{};
  const int result = fstatat(parent, &entry.d_name[0], &stats, AT_SYMLINK_NOFOLLOW);
  return result == 0 ? stats.st_mode & S_IFMT : 0;
}

FoundFile::Kind kind_of(mode_t type) {
  if (S_ISREG(type)) return FoundFile::Kind::regular;
  return S_ISLNK(type) ? FoundFile::Kind::link : FoundFile::Kind::other;
}

}  // namespace

std::string Walk::path_of(const FoundFile& file) const {
  return join(folders[file.folder].path, file.name);
}

std::expected<Walk, Unreadable> walk(int root, const Identity& except) {
  Walk found;
  std::vector<std::string> left = {""};
  while (!left.empty()) {
    const std::string path = std::move(left.back());
    left.pop_back();
    const OpenFolder folder = open_to_list(root, path);
    struct stat stats{};
    if (!folder || fstat(dirfd(folder.get()), &stats) != 0) {
      return std::unexpected(Unreadable{.error = errno, .path = path});
    }
    const Identity self = identity_of(stats);
    if (self.device == except.device && self.inode == except.inode) continue;
    found.folders.push_back({.path = path, .permissions = stats.st_mode & kPermissions});
    const auto place = static_cast<std::uint32_t>(found.folders.size() - 1);
    // Only errno tells the end from an error, and other calls set it too.
    for (errno = 0; const dirent* entry = readdir(folder.get()); errno = 0) {
      const std::string_view name = &entry->d_name[0];
      if (is_left_out(name)) continue;
      const mode_t type = type_of(dirfd(folder.get()), *entry);
      if (S_ISDIR(type)) {
        left.push_back(join(path, name));
      } else {
        found.files.push_back({.folder = place, .kind = kind_of(type), .name = std::string(name)});
      }
    }
    if (errno != 0) return std::unexpected(Unreadable{.error = errno, .path = path});
  }
  return found;
}

}  // namespace firn::tree
