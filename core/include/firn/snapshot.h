#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/fingerprint.h"
#include "firn/line_index.h"

namespace firn {

/// A frozen text: bytes, line index and fingerprint. The single source of truth (law 1): every
/// line number anywhere in Firn is a line of a Snapshot, never of a half-patched text.
///
/// A line ends with LF; a CR before it belongs to the terminator; a lone CR is content. Lines
/// count from 1.
///
///     ""            0 lines
///     "a"           1 line, no final newline
///     "a\n"         1 line
///     "a\n\nb"      3 lines; the second is empty
///     "a\r\nb\r\n"  2 lines; their terminator is CR LF
///
/// Bytes are bytes: invalid UTF-8, NUL and a byte order mark pass through untouched.
///
/// Lifetime: copies share one storage and cost O(1); a view returned here lives as long as any
/// copy does. Threads: immutable; read it from any number of threads. Memory: the bytes, plus 4
/// bytes a line (8 past 4 GiB).
class Snapshot {
 public:
  /// The empty text.
  Snapshot();

  [[nodiscard]] std::string_view bytes() const noexcept;
  [[nodiscard]] std::uint64_t byte_size() const noexcept { return bytes().size(); }
  [[nodiscard]] std::uint64_t line_count() const noexcept;
  [[nodiscard]] const Fingerprint& fingerprint() const noexcept;

  /// Line `line` without its terminator. REQUIRES 1 <= line <= line_count(). O(1).
  [[nodiscard]] std::string_view line(std::uint64_t line) const noexcept;

  /// Lines `first` to `last`, both included, terminators and all.
  /// REQUIRES 1 <= first, first <= last + 1, last <= line_count(). O(1).
  [[nodiscard]] std::string_view lines(std::uint64_t first, std::uint64_t last) const noexcept;

  /// Byte offset at which line `line` begins. REQUIRES 1 <= line <= line_count() + 1; the last
  /// gives byte_size(). O(1).
  [[nodiscard]] std::uint64_t byte_offset_of(std::uint64_t line) const noexcept;

  /// Where each line begins; 0-based, unlike everything else here.
  [[nodiscard]] const LineIndex& line_index() const noexcept;

  /// "\n", "\r\n", or "" for a last line without one. REQUIRES 1 <= line <= line_count(). O(1).
  [[nodiscard]] std::string_view terminator(std::uint64_t line) const noexcept;

  /// What it holds: the bytes and where the lines begin.
  [[nodiscard]] std::uint64_t memory_bytes() const noexcept;

  /// What most lines end with; "\n" when none does, or on a draw.
  [[nodiscard]] std::string_view majority_terminator() const noexcept;

  /// True when every terminator is LF; also when there is none.
  [[nodiscard]] bool uses_only_lf() const noexcept;

  /// True when every terminator is CR LF; also when there is none.
  [[nodiscard]] bool uses_only_crlf() const noexcept;

  /// False when the last line has no terminator. The empty text counts as terminated.
  [[nodiscard]] bool ends_with_terminator() const noexcept;

  /// Proves laws 3 and 7 anew: indexes and fingerprints the bytes once more and compares.
  /// Errors: snapshot_size_changed, snapshot_mutated; limit_exceeded without memory. O(n).
  [[nodiscard]] Result<void> verify() const;

  /// Two snapshots are equal when their bytes are.
  friend bool operator==(const Snapshot& a, const Snapshot& b) noexcept;

 private:
  struct Storage;
  explicit Snapshot(std::shared_ptr<const Storage> storage) noexcept;
  friend Result<Snapshot> freeze(Bytes bytes);
  friend Result<Snapshot> freeze_without_fingerprint(Bytes bytes);
  [[nodiscard]] static Result<Snapshot> hold(Bytes bytes, bool is_identified);

  std::shared_ptr<const Storage> storage_;
};

/// Freezes a text: takes its bytes over, indexes its lines, fingerprints it. O(n), at memory
/// speed. Errors: limit_exceeded when there is no memory for the index.
[[nodiscard]] Result<Snapshot> freeze(Bytes bytes);

/// The same for bytes that stay the caller's: they are copied.
[[nodiscard]] Result<Snapshot> freeze(std::string_view bytes);

}  // namespace firn
