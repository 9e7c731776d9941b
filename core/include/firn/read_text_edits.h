#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "firn/batch.h"
#include "firn/error.h"
#include "firn/text_edits.h"

namespace firn {

/// Text edits that own their texts.
///
/// Lifetime: copies share one storage, O(1); views live as long as any copy. Threads: immutable.
class TextEdits {
 public:
  [[nodiscard]] std::span<const TextEdit> edits() const noexcept;

 private:
  friend class TextEditsReader;
  struct Storage;
  explicit TextEdits(std::shared_ptr<const Storage> storage) noexcept;

  std::shared_ptr<const Storage> storage_;
};

/// Reads an array of the Language Server Protocol's TextEdit from JSON:
///
///     [{"range": {"start": {"line": 0, "character": 4},
///                 "end": {"line": 0, "character": 7}}, "newText": "let"}]
///
/// As strict as read_batch(), and with the same errors, whose `patch` is the edit; Limits::patches
/// bounds the edits. `json` is not kept. Whether the places exist is for batch_of_text_edits() to
/// say. O(n).
[[nodiscard]] Result<TextEdits> read_text_edits(std::string_view json, const Limits& limits = {});

}  // namespace firn
