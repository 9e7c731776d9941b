#include "copy_tree.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <mutex>
#include <new>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "copy_file.h"
#include "parallel.h"
#include "shares.h"
#include "walk.h"

namespace firn::tree {

namespace {

constexpr mode_t kPermissions = 0777;
/// Of a folder that is being filled.
constexpr mode_t kOwnersOwn = 0700;

using Kind = Copied::Kind;

Copied no_memory() noexcept { return {.kind = Kind::failed, .error = ENOMEM}; }

class TreeCopy {
 public:
  TreeCopy(int from, int to, const Walk& found, std::span<const Replacement> replacements,
           bool hard_links, Watch& watch)
      : from_(from), to_(to), found_(found), hard_links_(hard_links), watch_(watch) {
    for (const Replacement& replacement : replacements)
      replacements_[replacement.path] = &replacement;
  }

  Copied run() {
    if (auto missing = replaced_but_missing()) return std::move(*missing);
    if (const SystemError error = learn_umask()) return *failed(error, "");
    if (auto failed = make_folders()) return std::move(*failed);
    watch_.total = found_.files.size();
    copy_files();
    if (failure_) return std::move(*failure_);
    if (auto failed = finish_folders()) return std::move(*failed);
    return {.files = found_.files.size(), .shared = shared_};
  }

 private:
  using Outcome = std::optional<Copied>;

  static Outcome folder_failed(SystemError error, const std::string& folder) noexcept try {
    return failed(error, folder);
  } catch (const std::bad_alloc&) {
    return no_memory();
  }

  static Outcome failed(SystemError error, std::string path) {
    return Copied{.kind = Kind::failed, .error = error, .path = std::move(path)};
  }

  [[nodiscard]] Outcome replaced_but_missing() const {
    std::size_t met = 0;
    std::unordered_map<std::string_view, const Replacement*> left = replacements_;
    for (const FoundFile& file : found_.files) {
      if (left.empty()) break;
      if (file.kind == FoundFile::Kind::link) continue;
      met += left.erase(found_.path_of(file));
    }
    if (met == replacements_.size()) return std::nullopt;
    const auto first =
        std::ranges::min_element(left, {}, [](const auto& one) { return one.first; });
    return Copied{.kind = Kind::not_in_tree, .path = std::string(first->first)};
  }

  /// The system tells it only to who changes it, for all threads; so a new file has to.
  SystemError learn_umask() {
    constexpr const char* kProbe = ".firn-00000000-umask.tmp";
    struct stat stats{};
    const Descriptor probe = create(to_, kProbe, kPermissions);
    if (!probe || fstat(probe.number(), &stats) != 0) return errno;
    umask_ = kPermissions & ~stats.st_mode;
    return unlinkat(to_, kProbe, 0) == 0 ? 0 : errno;
  }

  [[nodiscard]] Outcome make_folders() const {
    for (const FoundFolder& folder : found_.folders) {
      if (folder.path.empty()) continue;
      if (mkdirat(to_, folder.path.c_str(), folder.permissions | kOwnersOwn) != 0) {
        return failed(errno, folder.path);
      }
    }
    return std::nullopt;
  }

  /// What was kept open to be filled, or the umask took away. The innermost first: the way to a
  /// folder must stay open until it is done.
  [[nodiscard]] Outcome finish_folders() const {
    for (std::size_t left = found_.folders.size(); left > 0; --left) {
      const FoundFolder& folder = found_.folders[left - 1];
      const Descriptor made = open_folder(to_, folder.path);
      struct stat stats{};
      if (!made || fstat(made.number(), &stats) != 0 ||
          ((stats.st_mode & kPermissions) != folder.permissions &&
           fchmod(made.number(), folder.permissions) != 0)) {
        return failed(errno, folder.path);
      }
    }
    return std::nullopt;
  }

  void copy_files() {
    const auto folder_of = [&](std::size_t file) -> const std::string& {
      return found_.folders[found_.files[file].folder].path;
    };
    const std::vector<Share> shares = shares_of(found_.files.size(), folder_of);
    for_each_parallel(shares.size(), [&](std::size_t index) {
      const Share& share = shares[index];
      const Descriptor from = open_folder(from_, share.folder);
      const Descriptor to = from ? open_folder(to_, share.folder) : Descriptor();
      if (!to) return stop(folder_failed(errno, share.folder));
      for (const std::size_t file : share.files) {
        if (has_stopped_) return;
        if (watch_.cancelled) return stop(Copied{.kind = Kind::cancelled});
        if (auto outcome = copied(from.number(), to.number(), found_.files[file])) {
          return stop(std::move(outcome));
        }
        ++watch_.done;
      }
    });
  }

  /// Threads must not throw.
  Outcome copied(int from, int to, const FoundFile& file) noexcept try {
    return copy(from, to, file);
  } catch (const std::bad_alloc&) {
    return no_memory();
  }

  void stop(Outcome outcome) {
    const std::scoped_lock lock(guard_);
    if (!has_stopped_.exchange(true)) failure_ = std::move(outcome);
  }

  Outcome copy(int from, int to, const FoundFile& file) {
    SystemError error = 0;
    if (file.kind == FoundFile::Kind::other) {
      return Copied{.kind = Kind::not_a_file, .path = found_.path_of(file)};
    }
    if (file.kind == FoundFile::Kind::link) {
      error = copy_link(from, to, file.name);
    } else if (const Replacement* replacement = replacement_of(file)) {
      error = write_new(from, to, file.name, replacement->bytes);
    } else if (hard_links_ && linkat(from, file.name.c_str(), to, file.name.c_str(), 0) == 0) {
      ++shared_;
    } else {
      error = copy_regular(from, to, file.name);
    }
    return error == 0 ? std::nullopt : failed(error, found_.path_of(file));
  }

  [[nodiscard]] const Replacement* replacement_of(const FoundFile& file) const {
    if (replacements_.empty()) return nullptr;
    const auto found = replacements_.find(found_.path_of(file));
    return found == replacements_.end() ? nullptr : found->second;
  }

  /// A new file with these permissions.
  [[nodiscard]] Descriptor make(int folder, const std::string& name, mode_t mode) const {
    Descriptor made = create(folder, name, mode & kPermissions);
    const bool is_less = (mode & umask_) != 0;
    if (made && is_less && fchmod(made.number(), mode & kPermissions) != 0) made.close();
    return made;
  }

  /// With the permissions of the file that it replaces.
  [[nodiscard]] SystemError write_new(int from, int to, const std::string& name,
                                      std::string_view bytes) const {
    struct stat stats{};
    if (fstatat(from, name.c_str(), &stats, AT_SYMLINK_NOFOLLOW) != 0) return errno;
    const Descriptor made = make(to, name, stats.st_mode);
    return made ? write_full(made.number(), bytes) : errno;
  }

  SystemError copy_regular(int from_folder, int to_folder, const std::string& name) {
    struct stat stats{};
    const Descriptor from = open_to_read(from_folder, name);
    if (!from || fstat(from.number(), &stats) != 0) return errno;
    // Since it was found, something else may have come in its place.
    if (!S_ISREG(stats.st_mode)) return EBUSY;
    const Descriptor to = make(to_folder, name, stats.st_mode);
    if (!to) return errno;
    bool is_shared = false;
    const auto byte_size = static_cast<std::uint64_t>(stats.st_size);
    if (const auto error = copy_content(from.number(), to.number(), byte_size, means_, is_shared)) {
      return error;
    }
    if (is_shared) ++shared_;
    return 0;
  }

  int from_;
  int to_;
  const Walk& found_;
  bool hard_links_;
  Watch& watch_;
  mode_t umask_ = 0;
  std::unordered_map<std::string_view, const Replacement*> replacements_;
  CopyMeans means_;
  std::atomic<std::uint64_t> shared_ = 0;
  std::atomic<bool> has_stopped_ = false;
  std::mutex guard_;
  Outcome failure_;
};

}  // namespace

Copied copy_tree(int from, int to, std::span<const Replacement> replacements, bool hard_links,
                 Watch& watch) try {
  struct stat stats{};
  if (fstat(to, &stats) != 0) return {.kind = Kind::failed, .error = errno};
  const auto found = walk(from, identity_of(stats));
  if (!found) {
    return {.kind = Kind::failed, .error = found.error().error, .path = found.error().path};
  }
  return TreeCopy(from, to, *found, replacements, hard_links, watch).run();
} catch (const std::bad_alloc&) {
  return no_memory();
}

}  // namespace firn::tree
