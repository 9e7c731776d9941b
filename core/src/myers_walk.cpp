#include "myers_walk.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace firn {

namespace {

constexpr std::int32_t kUnreached = -1;

}  // namespace

void MyersWalk::start(const SearchBox& box) {
  box_ = &box;
  low_ = high_ = middle_ = box.before_begin - box.after_begin;
  saw_long_run_ = false;
  if (center_ == 0) make_room();
  parities_[0].reached[number_of(middle_) >> 1U] = box.before_begin;
  parities_[0].window_begin[number_of(middle_) >> 1U] = kNoWindow;
}

/// Twice as many diagonals on either side.
void MyersWalk::make_room() {
  constexpr std::int32_t kFirstCenter = 64;
  const std::int32_t center = center_ == 0 ? kFirstCenter : 2 * center_;
  const auto shift = static_cast<std::ptrdiff_t>((center - center_) / 2);
  const auto size = static_cast<std::size_t>(center) + 2 + kDiagonalPadding;
  for (Diagonals& diagonals : parities_) {
    const auto move = [&](auto& values) {
      std::remove_reference_t<decltype(values)> larger(size);
      // The padding is left behind: what lies there is of no step.
      std::copy_n(values.begin(), values.empty() ? 0 : center_ + 2, larger.begin() + shift);
      values = std::move(larger);
    };
    move(diagonals.reached);
    move(diagonals.window_begin);
    move(diagonals.window);
  }
  center_ = center;
}

/// A diagonal that comes into reach; its neighbour on the other side is out of it.
void MyersWalk::enter(std::int32_t diagonal, std::int32_t neighbour) {
  const std::uint32_t at = number_of(diagonal);
  parities_[at & 1U].window_begin[at >> 1U] = kNoWindow;
  const std::uint32_t outside = number_of(neighbour);
  parities_[outside & 1U].reached[outside >> 1U] = kUnreached;
}

void MyersWalk::step() {
  if (std::max(high_ - middle_, middle_ - low_) + 4 > center_) make_room();
  // One step further out; where that would leave the box, one step in, to keep the parity.
  if (low_ > box_->lowest()) {
    --low_;
    enter(low_, low_ - 1);
  } else {
    ++low_;
  }
  if (high_ < box_->highest()) {
    ++high_;
    enter(high_, high_ + 1);
  } else {
    --high_;
  }
  const std::int32_t at = low_ - middle_ + center_;
  Diagonals& own = parities_[static_cast<std::size_t>(at & 1)];
  const Diagonals& other = parities_[static_cast<std::size_t>(1 - (at & 1))];
  const std::int32_t slot = at >> 1;
  saw_long_run_ = walk({.box = box_,
                        .below = other.reached.data() + slot - (1 - (at & 1)),
                        .reached = own.reached.data() + slot,
                        .window_begin = own.window_begin.data() + slot,
                        .window = own.window.data() + slot,
                        .first_diagonal = low_,
                        .count = (high_ - low_) / 2 + 1});
}

std::int64_t MyersWalk::furthest_sum() const {
  std::int64_t furthest = 0;
  const std::int32_t* const places = reached_from(low_);
  for (std::int32_t i = 0; 2 * i <= high_ - low_; ++i) {
    furthest = std::max(furthest, 2 * std::int64_t{places[i]} - (low_ + 2 * i));
  }
  return furthest;
}

void MyersWalk::keep() {
  kept_.before = -1;
  if (low_ != middle_ - kKeptSteps || high_ != middle_ + kKeptSteps) return;
  kept_.most_before = kept_.most_after = 0;
  const auto copy = [&](std::int32_t low, std::int32_t count, std::vector<std::int32_t>& to) {
    const std::int32_t* const places = reached_from(low);
    to.assign(places, places + count);
    for (std::int32_t i = 0; i < count; ++i) {
      kept_.most_before = std::max(kept_.most_before, places[i]);
      kept_.most_after = std::max(kept_.most_after, places[i] - (low + 2 * i));
    }
  };
  copy(low_, kKeptSteps + 1, kept_.last);
  copy(low_ + 1, kKeptSteps, kept_.last_but_one);
  if (kept_.most_before >= box_->before_end || kept_.most_after >= box_->after_end) return;
  kept_.before = box_->before_begin;
  kept_.after = box_->after_begin;
}

bool MyersWalk::keep_by_table(std::int32_t lines) {
  if (!walk_by_table(*box_, lines, table_, kept_.last)) return false;
  kept_.last_but_one.clear();
  kept_.most_before = kept_.most_after = 0;
  std::int32_t diagonal = middle_ - kKeptSteps;
  for (const std::int32_t place : kept_.last) {
    kept_.most_before = std::max(kept_.most_before, place);
    kept_.most_after = std::max(kept_.most_after, place - diagonal);
    diagonal += 2;
  }
  kept_.before = box_->before_begin;
  kept_.after = box_->after_begin;
  return true;
}

bool MyersWalk::has_kept() const {
  return kept_.before == box_->before_begin && kept_.after == box_->after_begin &&
         kept_.most_before < box_->before_end && kept_.most_after < box_->after_end;
}

void MyersWalk::take_kept() {
  while (center_ < kKeptSteps + 4) make_room();
  low_ = middle_ - kKeptSteps;
  high_ = middle_ + kKeptSteps;
  saw_long_run_ = false;  // Nobody asks so early.
  const auto put = [&](std::int32_t low, const std::vector<std::int32_t>& places) {
    const std::uint32_t at = number_of(low);
    Diagonals& own = parities_[at & 1U];
    std::ranges::copy(places, own.reached.begin() + (at >> 1U));
    std::fill_n(own.window_begin.begin() + (at >> 1U), places.size(), kNoWindow);
  };
  put(low_, kept_.last);
  put(low_ + 1, kept_.last_but_one);
}

}  // namespace firn
