#include <cstddef>

#include "git_diff.h"

namespace firn {

namespace {

/// A run of changed lines between two unchanged ones, 0-based, half-open; often empty. The groups
/// of both texts correspond one to one, since the unchanged lines between them do.
class Group {
 public:
  explicit Group(const std::vector<std::uint8_t>& changed) : changed_(&changed) { grow_down(); }

  [[nodiscard]] bool empty() const { return begin == end; }

  void go_to_next() {
    begin = ++end;
    grow_down();
  }
  /// To the next group that is not empty; returns how many groups on it is, 0 if there is none.
  std::size_t go_to_next_changed() {
    const std::size_t next = next_changed(*changed_, end, changed_->size());
    if (next == changed_->size()) return 0;
    const std::size_t group_count = next - end;
    begin = end = next;
    grow_down();
    return group_count;
  }
  void skip(std::size_t group_count) {
    while (group_count > 0) {
      const std::size_t next = next_changed(*changed_, end, end + group_count);
      group_count -= next - end;
      begin = end = next;
      grow_down();
    }
  }
  void go_to_previous() {
    end = --begin;
    grow_up();
  }
  void grow_down() {
    while (end < changed_->size() && (*changed_)[end] != 0) ++end;
  }
  void grow_up() {
    while (begin > 0 && (*changed_)[begin - 1] != 0) --begin;
  }

  std::size_t begin = 0;
  std::size_t end = 0;

 private:
  const std::vector<std::uint8_t>* changed_;
};

/// A group and the one that corresponds to it, which changes whenever the group is shifted by a
/// line.
class GroupSlider {
 public:
  GroupSlider(std::span<const std::uint32_t> own, std::vector<std::uint8_t>& changed,
              const std::vector<std::uint8_t>& other_changed)
      : own_(own), changed_(changed), group_(changed), other_(other_changed) {}

  /// Shifts every group to its place.
  void slide_all() {
    if (!group_.empty()) settle();
    while (const std::size_t group_count = group_.go_to_next_changed()) {
      other_.skip(group_count);
      settle();
    }
  }

 private:
  void settle() {
    std::size_t size = 0;
    std::size_t highest_end = 0;
    bool meets_other = false;
    do {
      size = group_.end - group_.begin;
      while (slide_up()) {
      }
      highest_end = group_.end;
      meets_other = !other_.empty();
      while (slide_down()) meets_other |= !other_.empty();
    } while (group_.end - group_.begin != size);
    if (group_.end == highest_end || !meets_other) return;
    while (other_.empty() && slide_up()) {
    }
  }

  bool slide_up() {
    if (group_.begin == 0 || own_[group_.begin - 1] != own_[group_.end - 1]) return false;
    changed_[--group_.begin] = 1;
    changed_[--group_.end] = 0;
    group_.grow_up();
    other_.go_to_previous();
    return true;
  }
  bool slide_down() {
    if (group_.end == own_.size() || own_[group_.begin] != own_[group_.end]) return false;
    changed_[group_.begin++] = 0;
    changed_[group_.end++] = 1;
    group_.grow_down();
    other_.go_to_next();
    return true;
  }

  std::span<const std::uint32_t> own_;
  std::vector<std::uint8_t>& changed_;
  Group group_;
  Group other_;
};

}  // namespace

void slide_groups(std::span<const std::uint32_t> own, std::vector<std::uint8_t>& changed,
                  const std::vector<std::uint8_t>& other_changed) {
  GroupSlider(own, changed, other_changed).slide_all();
}

}  // namespace firn
