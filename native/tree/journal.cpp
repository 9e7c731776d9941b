#include "journal.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace firn::tree {

namespace {

constexpr const char* kName = ".firn-journal";
constexpr mode_t kOwnerOnly = 0600;

class JsonText {
 public:
  JsonText& raw(std::string_view text) {
    text_ += text;
    return *this;
  }
  /// Plain: it needs no escapes.
  JsonText& field(std::string_view key, std::string_view value) {
    return raw("\"").raw(key).raw("\":\"").raw(value).raw("\"");
  }
  JsonText& field(std::string_view key, std::uint64_t value) {
    return raw("\"").raw(key).raw("\":").raw(std::to_string(value));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void write_step(JsonText& json, const WriteStep& step, std::uint64_t offset) {
  const PatchedFile& patched = *step.patched;
  const std::string& folder = step.file->folder;
  json.raw("{").field("kind", "write").raw(",").field("path", step.file->path());
  json.raw(",").field("staged", folder.empty() ? step.staged : folder + '/' + step.staged);
  json.raw(",").field("byteLength", patched.renewed.size());
  json.raw(",").field("crc32", patched.renewed_crc32);
  json.raw(",\"before\":{").field("offset", offset);
  json.raw(",").field("byteLength", patched.old.byte_size());
  json.raw(",").field("mode", patched.permissions);
  json.raw(",").field("uid", patched.uid).raw(",").field("gid", patched.gid).raw("}}");
}

std::string header_of(std::span<const WriteStep> steps, std::string_view owner) {
  JsonText json;
  json.raw("{").field("schema", "firn.journal/1").raw(",\"process\":").raw(owner);
  json.raw(",\"steps\":[");
  std::uint64_t offset = 0;
  for (const WriteStep& step : steps) {
    if (offset > 0 || &step != steps.data()) json.raw(",");
    write_step(json, step, offset);
    offset += step.patched->old.byte_size();
  }
  return json.raw("]}\n").text();
}

iovec piece_of(std::string_view bytes) {
  // The system's type has no const; it only reads.
  return {.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
}

/// The pieces one after the other, in as few calls as there can be.
SystemError write_pieces(int file, std::span<const std::string_view> pieces) {
  constexpr std::size_t kMaxCallPieces = 1024;
  std::array<iovec, kMaxCallPieces> call{};
  while (!pieces.empty()) {
    const auto some = pieces.first(std::min(pieces.size(), kMaxCallPieces));
    std::ranges::transform(some, call.begin(), piece_of);
    const ssize_t written = writev(file, call.data(), static_cast<int>(some.size()));
    if (written < 0 && errno != EINTR) return errno;
    // A call may stop early; what it left of a piece goes alone, and tells why.
    auto left = static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    std::size_t whole = 0;
    while (whole < some.size() && left >= some[whole].size()) left -= some[whole++].size();
    if (whole < some.size()) {
      if (const auto error = write_full(file, some[whole].substr(left))) return error;
      ++whole;
    }
    pieces = pieces.subspan(whole);
  }
  return 0;
}

}  // namespace

SystemError Journal::begin(std::span<const WriteStep> steps, std::string_view owner) {
  const std::string header = header_of(steps, owner);
  std::vector<std::string_view> pieces = {header};
  pieces.reserve(steps.size() + 1);
  for (const WriteStep& step : steps) pieces.push_back(step.patched->old.bytes());
  file_ = create(root_, kName, kOwnerOnly);
  if (!file_) return errno;
  const SystemError error = write_pieces(file_.number(), pieces);
  if (error != 0) (void)end();
  return error;
}

SystemError Journal::ready(bool flush) noexcept {
  if (const auto error = write_full(file_.number(), "\nready +\n")) return error;
  return flush && fsync(file_.number()) != 0 ? errno : 0;
}

SystemError Journal::end() noexcept {
  file_.close();
  return unlinkat(root_, kName, 0) == 0 ? 0 : errno;
}

}  // namespace firn::tree
