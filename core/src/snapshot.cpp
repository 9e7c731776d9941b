#include "firn/snapshot.h"

#include <utility>

#include "concat.h"
#include "firn/out_of_memory.h"
#include "freeze_without_fingerprint.h"

namespace firn {

struct Snapshot::Storage {
  Bytes bytes;
  LineIndex index;
  Fingerprint fingerprint;
};

Snapshot::Snapshot()
    : Snapshot(std::make_shared<const Storage>(
          Storage{.bytes = {}, .index = {}, .fingerprint = fingerprint_of({})})) {}

Snapshot::Snapshot(std::shared_ptr<const Storage> storage) noexcept
    : storage_(std::move(storage)) {}

std::string_view Snapshot::bytes() const noexcept { return storage_->bytes.view(); }

std::uint64_t Snapshot::line_count() const noexcept { return storage_->index.line_count(); }

const LineIndex& Snapshot::line_index() const noexcept { return storage_->index; }

const Fingerprint& Snapshot::fingerprint() const noexcept { return storage_->fingerprint; }

std::uint64_t Snapshot::memory_bytes() const noexcept {
  return storage_->bytes.size() + storage_->index.memory_bytes();
}

std::uint64_t Snapshot::byte_offset_of(std::uint64_t line) const noexcept {
  return storage_->index.begin_of(line - 1);
}

std::string_view Snapshot::lines(std::uint64_t first, std::uint64_t last) const noexcept {
  const std::uint64_t begin = byte_offset_of(first);
  const std::uint64_t end = byte_offset_of(last + 1);
  return {bytes().data() + begin, static_cast<std::size_t>(end - begin)};
}

std::string_view Snapshot::terminator(std::uint64_t line) const noexcept {
  const std::string_view whole = lines(line, line);
  if (whole.empty() || whole.back() != '\n') return "";
  return whole.ends_with("\r\n") ? "\r\n" : "\n";
}

std::string_view Snapshot::line(std::uint64_t line) const noexcept {
  std::string_view whole = lines(line, line);
  whole.remove_suffix(terminator(line).size());
  return whole;
}

std::string_view Snapshot::majority_terminator() const noexcept {
  const std::uint64_t crlf_count = storage_->index.crlf_count();
  return crlf_count > storage_->index.terminator_count() - crlf_count ? "\r\n" : "\n";
}

bool Snapshot::uses_only_lf() const noexcept { return storage_->index.crlf_count() == 0; }

bool Snapshot::uses_only_crlf() const noexcept {
  return storage_->index.crlf_count() == storage_->index.terminator_count();
}

bool Snapshot::ends_with_terminator() const noexcept {
  return storage_->index.terminator_count() == storage_->index.line_count();
}

Result<void> Snapshot::verify() const {
  const auto fresh = LineIndex::build(bytes());
  if (!fresh) return std::unexpected(out_of_memory("the line index", byte_size()));
  if (fresh->line_count() != line_count()) {
    return std::unexpected(
        Error{.code = ErrorCode::snapshot_size_changed,
              .message = concat("the snapshot was frozen with ", line_count(),
                                " lines, but its bytes now hold ", fresh->line_count()),
              .expected = concat(line_count()),
              .found = concat(fresh->line_count())});
  }
  const Fingerprint now = fingerprint_of(bytes());
  if (now != fingerprint() || *fresh != storage_->index) {
    return std::unexpected(
        Error{.code = ErrorCode::snapshot_mutated,
              .message = concat("the snapshot was frozen with fingerprint ", to_hex(fingerprint()),
                                ", but its bytes now have ", to_hex(now)),
              .expected = to_hex(fingerprint()),
              .found = to_hex(now)});
  }
  return {};
}

bool operator==(const Snapshot& a, const Snapshot& b) noexcept {
  if (a.storage_ == b.storage_) return true;
  return a.fingerprint() == b.fingerprint() && a.bytes() == b.bytes();
}

Result<Snapshot> Snapshot::hold(Bytes bytes, bool is_identified) {
  auto index = LineIndex::build(bytes.view());
  if (!index) return std::unexpected(out_of_memory("the line index", bytes.size()));
  const Fingerprint fingerprint = is_identified ? fingerprint_of(bytes.view()) : Fingerprint{};
  return Snapshot(std::make_shared<const Storage>(
      Storage{.bytes = std::move(bytes), .index = *std::move(index), .fingerprint = fingerprint}));
}

Result<Snapshot> freeze(Bytes bytes) { return Snapshot::hold(std::move(bytes), true); }

Result<Snapshot> freeze_without_fingerprint(Bytes bytes) {
  return Snapshot::hold(std::move(bytes), false);
}

Result<Snapshot> freeze(std::string_view bytes) {
  auto copy = Bytes::copy_of(bytes);
  if (!copy) return std::unexpected(out_of_memory("the snapshot", bytes.size()));
  return freeze(*std::move(copy));
}

}  // namespace firn
