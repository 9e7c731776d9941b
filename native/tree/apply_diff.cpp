#include "apply_diff.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

#include "journal.h"
#include "parallel.h"
#include "patched_file.h"
#include "plain_diff.h"
#include "shares.h"

namespace firn::tree {

namespace {

/// Stands for what is no error of the system: a file that takes closer judgement, a watch that says
/// stop.
constexpr SystemError kNotPlain = ECANCELED;

/// What went wrong first, and with which file.
struct Failure {
  std::size_t file;
  SystemError error;
};

/// Nobody can guess it.
std::optional<std::string> random_tag() {
  std::array<unsigned char, 8> random{};
  if (getentropy(random.data(), random.size()) != 0) return std::nullopt;
  std::string tag;
  for (const unsigned char byte : random) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    tag += kDigits[byte >> 4U];
    tag += kDigits[byte & 0xFU];
  }
  return tag;
}

class DiffApply {
 public:
  DiffApply(int root, std::vector<PlainFile> files, const ApplyDiffOptions& options, Watch& watch)
      : root_(root),
        files_(std::move(files)),
        shares_(
            shares_of(files_.size(),
                      [&](std::size_t file) -> const std::string& { return files_[file].folder; })),
        options_(options),
        watch_(watch),
        patched_(files_.size()),
        is_staged_(files_.size()),
        journal_(root) {}

  /// Throws std::bad_alloc before anything is written, or not at all.
  Applied run() {
    watch_.total = files_.size();
    Applied applied;
    applied.placed.reserve(files_.size());
    if (!is_planned()) return backed_out();
    if (!is_ready()) {
      // What is left of the new files only the journal can name.
      if (discard_all()) (void)journal_.end();
      return backed_out();
    }
    return take_all(std::move(applied));
  }

 private:
  using Work = std::function<SystemError(int folder, std::size_t file)>;

  /// All files are read and patched, and the journal tells of it.
  bool is_planned() {
    return !each_file([&](int folder, std::size_t file) { return read(folder, file); }) &&
           name_staged() && journal_.begin(steps_, options_.owner) == 0;
  }

  /// Does the work for every file, in its folder; stops at the first error.
  std::optional<Failure> each_file(const Work& work) {
    std::atomic<bool> failed = false;
    std::mutex guard;
    std::optional<Failure> first;
    const auto fail = [&](std::size_t file, SystemError error) {
      const std::scoped_lock lock(guard);
      if (!failed.exchange(true)) first = Failure{.file = file, .error = error};
    };
    for_each_parallel(shares_.size(), [&](std::size_t index) {
      const Share& share = shares_[index];
      if (failed) return;
      const Descriptor folder = open_folder(root_, share.folder);
      if (!folder) return fail(share.files.front(), errno);
      for (const std::size_t file : share.files) {
        if (failed) return;
        if (const SystemError error = done(work, folder.number(), file)) return fail(file, error);
      }
    });
    return first;
  }

  /// Threads must not throw.
  static SystemError done(const Work& work, int folder, std::size_t file) noexcept {
    try {
      return work(folder, file);
    } catch (const std::bad_alloc&) {
      return ENOMEM;
    }
  }

  [[nodiscard]] bool is_cancelled() const { return watch_.cancelled.load(); }

  [[nodiscard]] Applied backed_out() const {
    return {.kind = is_cancelled() ? Applied::Kind::cancelled : Applied::Kind::not_plain};
  }

  SystemError read(int folder, std::size_t file) {
    if (is_cancelled()) return kNotPlain;
    patched_[file] = read_and_patch(folder, files_[file], options_.placing);
    return patched_[file] ? 0 : kNotPlain;
  }

  bool name_staged() {
    const std::optional<std::string> tag = random_tag();
    if (!tag) return false;
    steps_.reserve(files_.size());
    for (std::size_t file = 0; file < files_.size(); ++file) {
      steps_.push_back({.file = &files_[file],
                        .patched = &*patched_[file],
                        .staged = ".firn-" + *tag + '-' + std::to_string(file) + ".tmp"});
    }
    return true;
  }

  bool is_ready() noexcept try {
    return !each_file([&](int folder, std::size_t file) { return stage(folder, file); }) &&
           !each_file([&](int folder, std::size_t file) { return require_same(folder, file); }) &&
           journal_.ready(options_.flush) == 0;
  } catch (const std::bad_alloc&) {
    return false;
  }

  /// Writes the new file beside the old one, with its owner, group and mode.
  SystemError stage(int folder, std::size_t file) {
    constexpr mode_t kPermissions = 07777;
    const PatchedFile& patched = *patched_[file];
    if (is_cancelled()) return kNotPlain;
    const Descriptor staged = create(folder, steps_[file].staged, patched.permissions & 0777U);
    if (!staged) return errno;
    is_staged_[file] = 1;
    if (const auto error = write_full(staged.number(), patched.renewed.view())) return error;
    struct stat stats{};
    if (fstat(staged.number(), &stats) != 0) return errno;
    if (stats.st_uid != patched.uid || stats.st_gid != patched.gid) return kNotPlain;
    if ((stats.st_mode & kPermissions) != patched.permissions &&
        fchmod(staged.number(), patched.permissions) != 0) {
      return errno;
    }
    if (options_.flush && fsync(staged.number()) != 0) return errno;
    ++watch_.done;
    return 0;
  }

  SystemError require_same(int folder, std::size_t file) {
    struct stat stats{};
    if (fstatat(folder, files_[file].name.c_str(), &stats, AT_SYMLINK_NOFOLLOW) != 0) return errno;
    const bool is_same = identity_of(stats) == patched_[file]->identity;
    return is_same && !is_cancelled() ? 0 : kNotPlain;
  }

  bool discard_all() noexcept {
    bool is_clean = true;
    for (const Share& share : shares_) {
      const Descriptor folder = open_folder(root_, share.folder);
      for (const std::size_t file : share.files) {
        if (is_staged_[file] == 0) continue;
        const int result = folder ? unlinkat(folder.number(), steps_[file].staged.c_str(), 0) : -1;
        is_clean &= result == 0 || errno == ENOENT;
      }
    }
    return is_clean;
  }

  /// The two files change places, and the old one goes: where a new file is renamed over an old one
  /// some file systems begin to write it to the disk, and whoever renames waits.
  SystemError take(int folder, std::size_t file) {
    const std::string& name = files_[file].name;
    const std::string& staged = steps_[file].staged;
    const SystemError error = exchange(folder, staged, name);
    if (error == EOPNOTSUPP) {
      return renameat(folder, staged.c_str(), folder, name.c_str()) == 0 ? 0 : errno;
    }
    if (error != 0) return error;
    return unlinkat(folder, staged.c_str(), 0) == 0 ? 0 : errno;
  }

  /// From the first step on nothing stops us but an error.
  Applied take_all(Applied applied) noexcept try {
    if (auto failure =
            each_file([&](int folder, std::size_t file) { return take(folder, file); })) {
      return cut_short(failure->error, files_[failure->file].path());
    }
    if (options_.flush) {
      for (const Share& share : shares_) {
        const Descriptor folder = open_folder(root_, share.folder);
        // Not every file system flushes folders.
        if (folder && fsync(folder.number()) != 0 && errno == EIO)
          return cut_short(EIO, share.folder);
      }
    }
    if (const auto error = journal_.end()) return cut_short(error, "");
    applied.kind = Applied::Kind::done;
    for (auto& patched : patched_) applied.placed.push_back(std::move(patched->placed));
    if (options_.placing.reverse) std::ranges::reverse(applied.placed);
    return applied;
  } catch (const std::bad_alloc&) {
    return cut_short(ENOMEM, {});
  }

  static Applied cut_short(SystemError error, std::string path) {
    return {.kind = Applied::Kind::cut_short, .error = error, .path = std::move(path)};
  }

  int root_;
  std::vector<PlainFile> files_;
  std::vector<Share> shares_;
  const ApplyDiffOptions& options_;
  Watch& watch_;
  std::vector<std::optional<PatchedFile>> patched_;
  std::vector<char> is_staged_;  // Not bool: threads write neighbours.
  std::vector<WriteStep> steps_;
  Journal journal_;
};

}  // namespace

Applied apply_diff(int root, const Diff& diff, const ApplyDiffOptions& options, Watch& watch) try {
  auto files = plain_files(diff, options.strip, options.placing.reverse);
  if (!files) return {};
  return DiffApply(root, std::move(*files), options, watch).run();
} catch (const std::bad_alloc&) {
  return {};
}

}  // namespace firn::tree
