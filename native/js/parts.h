#pragma once

#include <optional>
#include <string>
#include <utility>

#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/file_diff.h"
#include "firn/merge.h"
#include "firn/out_of_memory.h"
#include "firn/place.h"
#include "firn/rebase.h"
#include "firn/to_json.h"

namespace firn::js {

/// What a verb gives that gives more than one thing, for both bindings: js/engine takes the parts
/// out at once and frees the rest. A part that the verb has not is empty.
struct Parts {
  Batch batch{};
  std::string json{};
  Bytes bytes{};
};

[[nodiscard]] inline Result<Parts> parts_of(Result<Merged> merged) {
  if (!merged) return std::unexpected(std::move(merged.error()));
  return Parts{.json = to_json(*merged), .bytes = std::move(merged->text)};
}

/// `batch` is the one that was rebased.
[[nodiscard]] inline Result<Parts> parts_of(Result<Rebased> rebased, const Batch& batch) {
  if (!rebased) return std::unexpected(std::move(rebased.error()));
  return Parts{.batch = rebased->batch, .json = to_json(*rebased, batch)};
}

/// The bytes are the rejects. Errors: limit_exceeded.
[[nodiscard]] inline Result<Parts> parts_of(const FileDiff& file, const Placed& placed) {
  const std::string rejects = rejects_of(file, placed);
  std::optional<Bytes> bytes = Bytes::copy_of(rejects);
  if (!bytes) return std::unexpected(out_of_memory("the rejects", rejects.size()));
  return Parts{.batch = placed.batch, .json = to_json(placed), .bytes = std::move(*bytes)};
}

}  // namespace firn::js
