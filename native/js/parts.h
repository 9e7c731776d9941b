#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/file_diff.h"
#include "firn/history.h"
#include "firn/merge.h"
#include "firn/out_of_memory.h"
#include "firn/patched.h"
#include "firn/place.h"
#include "firn/rebase.h"
#include "firn/stack.h"
#include "firn/to_json.h"

namespace firn::js {

/// What a verb gives that gives more than one thing, for both bindings: js/engine takes the parts
/// out at once and frees the rest. Each verb has some of them.
struct Parts {
  std::optional<Batch> batch{};
  std::optional<Batch> inverse{};
  std::optional<Patched> patched{};
  std::optional<History> history{};
  std::string json{};
  Bytes bytes{};
};

[[nodiscard]] inline Result<Parts> parts_of(Result<Merged> merged) {
  if (!merged) return std::unexpected(std::move(merged.error()));
  return Parts{.json = to_json(*merged), .bytes = std::move(merged->text)};
}

/// `batch` is the one that was rebased.
[[nodiscard]] inline Result<Parts> parts_of(const Result<Rebased>& rebased, const Batch& batch) {
  if (!rebased) return std::unexpected(rebased.error());
  return Parts{.batch = rebased->batch, .json = to_json(*rebased, batch)};
}

[[nodiscard]] inline Result<Parts> parts_of(const Result<Stacked>& stacked) {
  if (!stacked) return std::unexpected(stacked.error());
  return Parts{.batch = stacked->batch, .json = to_json(*stacked)};
}

/// The bytes are the rejects. Errors: limit_exceeded.
[[nodiscard]] inline Result<Parts> parts_of(const FileDiff& file, const Placed& placed) {
  const std::string rejects = rejects_of(file, placed);
  std::optional<Bytes> bytes = Bytes::copy_of(rejects);
  if (!bytes) return std::unexpected(out_of_memory("the rejects", rejects.size()));
  return Parts{.batch = placed.batch, .json = to_json(placed), .bytes = std::move(*bytes)};
}

[[nodiscard]] inline std::expected<Parts, Violations> parts_of(
    std::expected<Appended, Violations> appended) {
  if (!appended) return std::unexpected(std::move(appended.error()));
  return Parts{.patched = std::move(appended->patched), .history = std::move(appended->history)};
}

[[nodiscard]] inline Result<Parts> parts_of(const Result<Undone>& undone) {
  if (!undone) return std::unexpected(undone.error());
  return Parts{.batch = undone->rebased.batch,
               .inverse = undone->inverse,
               .history = undone->history,
               .json = to_json(*undone)};
}

}  // namespace firn::js
