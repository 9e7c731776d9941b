#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firn/error.h"
#include "firn/fingerprint.h"
#include "firn/line_index.h"

namespace firn {

/// What a patch does with the lines it names.
enum class Op : std::uint8_t { replace_lines, delete_lines, insert_lines };

/// "replace", "delete" or "insert".
[[nodiscard]] std::string_view name_of(Op op) noexcept;

/// The largest line number and revision: what a JavaScript number counts to, 2^53 - 1.
inline constexpr std::uint64_t kMaxCount = 9'007'199'254'740'991;

/// An id is copied into every error, change and report that names it, so it has a bound of its own.
inline constexpr std::size_t kMaxIdBytes = 1024;

/// How much a batch may hold. Passing one is limit_exceeded, which names it.
struct Limits {
  std::uint64_t batch_bytes = 256ULL << 20;  ///< Bytes of JSON; at most 4 GiB - 64.
  std::uint64_t patches = 1'000'000;         ///< At most 2^32 - 1.
  std::uint64_t text_lines = 16'777'216;     ///< Lines of new text, over all patches.
  std::uint64_t nesting = 32;  ///< Arrays and objects inside each other in the JSON; at most 1,024.
};

/// One patch as someone asks for it. Every number is a line of the frozen snapshot.
struct PatchSpec {
  Op op{};
  std::uint64_t line = 0;                   ///< 1-based; an insert goes before it.
  std::optional<std::uint64_t> end_line{};  ///< Inclusive; `line` when not given. Not for inserts.
  std::optional<std::string_view> text{};   ///< New lines, split at LF; "" is one empty line.
  std::optional<std::span<const std::string_view>> lines{};  ///< The same, one view a line.
  std::optional<std::string_view> id{};
  std::optional<std::string_view> expect{};  ///< What the lines must hold, split like text.
  bool verbatim = false;                     ///< `text` brings its own terminators; see Patch.
};

/// One patch of a Batch. The views live as long as the batch.
///
/// `text` and `expect` are in canonical form: every line ends with LF, whatever the caller wrote;
/// which terminator the output gets is the snapshot's business.
struct Patch {
  std::uint64_t line = 0;
  std::uint64_t end_line = 0;  ///< Inclusive; equal to `line` for an insert.
  std::string_view text{};
  std::uint64_t text_line_count = 0;
  std::uint64_t first_text_line = 0;  ///< 0-based line of the batch's text at which `text` begins.
  std::string_view id{};              ///< Empty: none.
  std::optional<std::string_view> expect{};
  Op op{};
  /// `text` goes into the file byte for byte, terminators and a missing last one included; else the
  /// file's own line ends are used and its final newline stays as it is.
  bool verbatim = false;
  bool written_with_crlf = false;  ///< The caller's text had CR LF line ends.

  /// Lines of the snapshot that the patch takes away.
  [[nodiscard]] std::uint64_t base_line_count() const noexcept {
    return op == Op::insert_lines ? 0 : end_line - line + 1;
  }
};

/// The text that a batch was made for. Either may be left out.
struct Base {
  std::optional<Fingerprint> fingerprint{};
  std::optional<std::uint64_t> line_count{};
};

/// What someone asked for: patches over one snapshot, in the order given. Well-formed, and
/// nothing more: whether it is lawful for a snapshot is for normalize() to prove.
///
/// Lifetime: copies share one storage, O(1). Threads: immutable; read it from any thread.
class Batch {
 public:
  /// A batch of no patches.
  Batch();

  [[nodiscard]] std::span<const Patch> patches() const noexcept;
  [[nodiscard]] std::string_view id() const noexcept;    ///< Empty: none.
  [[nodiscard]] std::string_view file() const noexcept;  ///< Empty: none.
  [[nodiscard]] const Base& base() const noexcept;
  [[nodiscard]] std::optional<std::uint64_t> revision() const noexcept;

  /// All new text, patch after patch, and where its lines begin.
  [[nodiscard]] std::string_view text() const noexcept;
  [[nodiscard]] const LineIndex& text_index() const noexcept;

  /// These of its patches, by their 0-based places, as a batch in this order; all else stays. For
  /// who switches patches on and off: no text is read or copied. Errors: invalid_argument for a
  /// place that is not there, or is there twice. O(k) of both batches.
  [[nodiscard]] Result<Batch> select(std::span<const std::uint32_t> places) const;

  /// What it holds: patches, texts, ids and expected texts.
  [[nodiscard]] std::uint64_t memory_bytes() const noexcept;

  /// The patch at 0-based `index` as errors name it.
  [[nodiscard]] PatchRef ref(std::uint64_t index) const;

 private:
  friend class BatchBuilder;
  struct Storage;
  explicit Batch(std::shared_ptr<const Storage> storage) noexcept;

  std::shared_ptr<const Storage> storage_;
};

/// Makes a Batch of structs. The JSON reader builds with it too, so both refuse the same things.
///
///     BatchBuilder builder;
///     if (auto added = builder.add({.op = Op::delete_lines, .line = 5}); !added) ...
///     Result<Batch> batch = builder.build();
class BatchBuilder {
 public:
  explicit BatchBuilder(const Limits& limits = {});
  ~BatchBuilder();
  BatchBuilder(BatchBuilder&&) noexcept;
  BatchBuilder& operator=(BatchBuilder&&) noexcept;

  /// Makes room for so many patches with so much new text, which is no limit: less to move.
  void reserve(std::size_t patch_count, std::size_t text_bytes);

  /// At most kMaxIdBytes, which build() sees to.
  void set_id(std::string_view id);
  void set_file(std::string_view file);
  void set_base(const Base& base);
  /// REQUIRES revision <= kMaxCount.
  void set_revision(std::uint64_t revision);

  /// Adds one patch; its views are copied. A patch that is refused is not added.
  /// Errors: malformed_batch, limit_exceeded. O(text).
  [[nodiscard]] Result<void> add(const PatchSpec& spec);

  /// Adds a patch of another batch as it is, but for its id: `id`, or none when that is empty.
  /// Errors: limit_exceeded. O(text).
  [[nodiscard]] Result<void> add_copy(const Patch& patch, std::string_view id);

  /// The batch; the builder is empty afterwards, also when there is none.
  /// Errors: malformed_batch for an id that two patches share; limit_exceeded, also for the batch's
  /// own id. O(text + k log k).
  [[nodiscard]] Result<Batch> build();

 private:
  struct Parts;
  class Unfinished;
  [[nodiscard]] Parts& parts();

  Limits limits_;
  std::shared_ptr<Parts> parts_;  ///< Null: nothing is in it yet. The batch is made where they lie.
};

}  // namespace firn
