#include "read_plain_batch.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "batch_keys.h"
#include "firn/fingerprint.h"
#include "plain_json.h"

namespace firn {

namespace {

/// Of the batch, its patches, one of those, its lines.
constexpr std::uint64_t kNesting = 4;

/// What is longer no program has printed; and simdjson's own bound is its own to tell of.
constexpr std::size_t kMostBytes = std::size_t{1} << 30U;

/// A patch takes as many bytes of JSON at least, and most take more.
constexpr std::size_t kFewBytesOfPatch = 64;

/// Room for so many patches is made at once; for more, as they come.
constexpr std::size_t kRoomForPatches = 1024;

constexpr std::array kOps = {
    JsonKey{"replace", static_cast<unsigned>(Op::replace_lines)},
    JsonKey{"insert", static_cast<unsigned>(Op::insert_lines)},
    JsonKey{"delete", static_cast<unsigned>(Op::delete_lines)},
};

class PlainBatchReader {
 public:
  explicit PlainBatchReader(const Limits& limits) : builder_(limits) {}

  [[nodiscard]] std::optional<Batch> read(std::string_view json) {
    if (!json_.open(json)) return std::nullopt;
    builder_.reserve(std::min(json.size() / kFewBytesOfPatch, kRoomForPatches), json.size() / 2);
    if (!read_top() || !json_.close()) return std::nullopt;
    auto batch = builder_.build();
    if (!batch) return std::nullopt;
    return *std::move(batch);
  }

 private:
  using SeenKeys = PlainJson::SeenKeys;

  bool read_top();
  bool read_field(unsigned slot);
  bool read_name(std::string_view& name) { return json_.string(name) && !name.empty(); }
  bool read_base();
  bool read_patches();
  bool read_patch();
  bool read_patch_field(const JsonKey& key);
  bool read_op(const JsonKey& key);
  bool read_lines();

  PlainJson json_;
  BatchBuilder builder_;
  PatchSpec spec_;  ///< The patch being read.
  std::vector<std::string_view> lines_;
};

bool PlainBatchReader::read_top() {
  if (json_.is_next('[')) return read_patches();
  SeenKeys seen = 0;
  return json_.object(kBatchKeys, seen, [this](const JsonKey& key) {
    return read_field(key.slot);
  }) && PlainJson::has(seen, kPatches);
}

bool PlainBatchReader::read_field(unsigned slot) {
  std::string_view text;
  std::uint64_t revision = 0;
  switch (slot) {
    case kSchema:
      return json_.string(text) && text == kBatchSchema;
    case kId:
      if (!read_name(text)) return false;
      builder_.set_id(text);
      return true;
    case kFile:
      if (!read_name(text)) return false;
      builder_.set_file(text);
      return true;
    case kBase:
      return read_base();
    case kRevision:
      if (!json_.count(0, revision)) return false;
      builder_.set_revision(revision);
      return true;
    default:
      return read_patches();
  }
}

bool PlainBatchReader::read_base() {
  Base base;
  SeenKeys seen = 0;
  const bool is_read = json_.object(kBaseKeys, seen, [&](const JsonKey& key) {
    if (key.slot == kLineCount) return json_.count(0, base.line_count.emplace());
    std::string_view hex;
    if (!json_.string(hex)) return false;
    base.fingerprint = fingerprint_from_hex(hex);
    return base.fingerprint.has_value();
  });
  builder_.set_base(base);
  return is_read;
}

bool PlainBatchReader::read_patches() {
  return json_.array([this] { return read_patch(); });
}

bool PlainBatchReader::read_patch() {
  spec_ = {};
  SeenKeys seen = 0;
  return json_.object(kPatchKeys, seen,
                      [this](const JsonKey& key) { return read_patch_field(key); }) &&
         PlainJson::has(seen, kOp) && PlainJson::has(seen, kLine) && builder_.add(spec_);
}

bool PlainBatchReader::read_patch_field(const JsonKey& key) {
  switch (key.slot) {
    case kOp:
      return read_op(key);
    case kLine:
      return json_.count(1, spec_.line);
    case kEndLine:
      return json_.count(1, spec_.end_line.emplace());
    case kText:
      return json_.string(spec_.text.emplace());
    case kLines:
      return read_lines();
    case kExpect:
      return json_.string(spec_.expect.emplace());
    case kVerbatim:
      return json_.boolean(spec_.verbatim);
    default:
      return json_.string(spec_.id.emplace());
  }
}

/// The older spelling has older names, which are for the other reader.
bool PlainBatchReader::read_op(const JsonKey& key) {
  const JsonKey* const op = key.spelling == "op" ? json_.word_of(kOps) : nullptr;
  if (op == nullptr) return false;
  spec_.op = static_cast<Op>(op->slot);
  return true;
}

bool PlainBatchReader::read_lines() {
  lines_.clear();
  const bool is_read = json_.array([this] { return json_.string(lines_.emplace_back()); });
  spec_.lines = lines_;
  return is_read;
}

}  // namespace

std::optional<Batch> read_plain_batch(std::string_view json, const Limits& limits) {
  if (json.size() > kMostBytes || json.size() > limits.batch_bytes || limits.nesting < kNesting) {
    return std::nullopt;
  }
  return PlainBatchReader(limits).read(json);
}

}  // namespace firn
