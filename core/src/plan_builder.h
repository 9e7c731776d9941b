#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "firn/plan.h"
#include "plan_storage.h"

namespace firn {

/// A patch's place in the file: by line, and at one line in batch order.
struct PatchPlace {
  std::uint64_t line = 0;
  std::uint32_t patch_index = 0;

  friend auto operator<=>(const PatchPlace&, const PatchPlace&) = default;
};

/// Lowers lawful patches to byte edits: the second half of normalize(), where lines become bytes
/// and new lines get the terminators that the file has there.
class PlanBuilder {
 public:
  /// That of the last plan; the next is made in it if nobody holds that one any more.
  class Memory {
   private:
    friend class PlanBuilder;
    [[nodiscard]] std::shared_ptr<Plan::Storage> take(const Snapshot& snapshot, const Batch& batch);

    std::shared_ptr<Plan::Storage> last_;
  };

  PlanBuilder(const Snapshot& snapshot, const Batch& batch, Memory& memory);

  /// `ascending`: disjoint. O(k), and O(text) where line ends must be rewritten. Call once.
  [[nodiscard]] Result<Plan> build(std::span<const PatchPlace> ascending);

 private:
  [[nodiscard]] std::size_t rewritten_room() const;
  void add_edit(std::uint32_t patch_index);
  void write_verbatim(const Patch& patch, Edit& edit);
  void write_text(const Patch& patch, Edit& edit);
  [[nodiscard]] std::string_view terminator_at_or_before(std::uint64_t line) const;
  void settle_end_of_file();
  void lead_with_terminator(Edit& edit);
  void drop_last_terminator(Edit& edit) const;
  void swallow_terminator_before(Edit& edit);
  void count_output();

  const Snapshot& snapshot_;
  std::span<const Patch> patches_;
  std::shared_ptr<Plan::Storage> storage_;
  std::uint64_t rewritten_line_count_ = 0;
  bool rewrites_line_ends_;
  bool rewrites_text_;      ///< The plan needs room for texts of its own.
  bool any_text_ = false;   ///< Some edit so far, and so further down the file, has text.
  std::uint64_t kept_end_;  ///< All bytes from here on are deleted by the edits so far.
};

}  // namespace firn
