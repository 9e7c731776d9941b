#include "myers_walk.h"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

namespace firn {

namespace {

constexpr std::int32_t kNowhere = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kUnreachedForward = -1;
constexpr std::int32_t kUnreachedBackward = std::numeric_limits<std::int32_t>::max();

/// Where to look at the equal lines of a diagonal of which nothing is known: wherever one stands.
std::int32_t unknown(WalkDirection direction) {
  return direction == WalkDirection::forward ? kNowhere : kUnreachedBackward;
}

}  // namespace

void MyersWalk::start(const SearchArea& area, bool keeps_steps) {
  keeps_steps_ = keeps_steps;
  area_ = &area;
  const bool is_forward = direction_ == WalkDirection::forward;
  const std::int32_t before = is_forward ? area.before_begin : area.before_end;
  low_ = high_ = middle_ = before - (is_forward ? area.after_begin : area.after_end);
  step_ = 0;
  const std::int32_t after = before - middle_;
  is_replaying_ = log_.before == before && log_.after == after;
  if (is_replaying_) return;
  log_.before = before;
  log_.after = after;
  log_.places.assign(1, before);
  log_.step_count = 1;
  go_on_from_log();
}

/// Whether nothing in the places of a step can have met the edge of the area.
bool MyersWalk::stays_inside(const std::int32_t* places, std::int32_t step) const {
  if (middle_ - step < area_->lowest() || middle_ + step > area_->highest()) return false;
  return all_inside(direction_, *area_, places, middle_ - step, step + 1);
}

bool MyersWalk::replay() {
  const std::int32_t next = step_ + 1;
  if (next >= log_.step_count || !stays_inside(log_.step(next), next)) return false;
  step_ = next;
  low_ = middle_ - next;
  high_ = middle_ + next;
  saw_long_run_ = false;  // Nobody asks so early.
  return true;
}

/// Takes up the walk behind the step that the log has come to.
void MyersWalk::go_on_from_log() {
  is_replaying_ = false;
  while (center_ < step_ + 4) make_room();
  for (std::int32_t step = std::max(step_ - 1, 0); step <= step_; ++step) {
    const std::int32_t* const places = log_.step(step);
    for (std::int32_t i = 0; i <= step; ++i) {
      const std::int32_t diagonal = middle_ - step + 2 * i;
      const std::uint32_t at = number_of(diagonal);
      Diagonals& own = parities_[at & 1U];
      own.reached[at >> 1U] = places[i];
      own.look_at[at >> 1U] = unknown(direction_);
    }
  }
}

void MyersWalk::log() {
  if (!keeps_steps_ || step_ != log_.step_count || step_ > kMostLogged) return;
  const std::int32_t* const places = reached_from(low_);
  if (!stays_inside(places, step_)) return;
  log_.places.insert(log_.places.end(), places, places + step_ + 1);
  ++log_.step_count;
}

/// Twice as many diagonals on either side.
void MyersWalk::make_room() {
  constexpr std::int32_t kFirstCenter = 256;
  const std::int32_t center = center_ == 0 ? kFirstCenter : 2 * center_;
  const auto shift = static_cast<std::ptrdiff_t>((center - center_) / 2);
  const auto size = static_cast<std::size_t>(center) + 2;
  for (Diagonals& diagonals : parities_) {
    const auto moved = [&](auto& values) {
      auto larger = std::remove_reference_t<decltype(values)>(size);
      std::ranges::copy(values, larger.begin() + shift);
      values = std::move(larger);
    };
    moved(diagonals.reached);
    moved(diagonals.look_at);
  }
  center_ = center;
}

/// A diagonal that comes into reach; its neighbour on the other side is out of it.
void MyersWalk::enter(std::int32_t diagonal, std::int32_t neighbour) {
  const bool is_forward = direction_ == WalkDirection::forward;
  const std::uint32_t at = number_of(diagonal);
  Diagonals& own = parities_[at & 1U];
  own.look_at[at >> 1U] = unknown(direction_);
  const std::uint32_t outside = number_of(neighbour);
  parities_[outside & 1U].reached[outside >> 1U] =
      is_forward ? kUnreachedForward : kUnreachedBackward;
}

void MyersWalk::step() {
  if (is_replaying_) {
    if (replay()) return;
    go_on_from_log();
  }
  ++step_;
  if (std::max(high_ - middle_, middle_ - low_) + 4 > center_) make_room();
  // One step further out; where that would leave the area, one step in, to keep the parity.
  if (low_ > area_->lowest()) {
    --low_;
    enter(low_, low_ - 1);
  } else {
    ++low_;
  }
  if (high_ < area_->highest()) {
    ++high_;
    enter(high_, high_ + 1);
  } else {
    --high_;
  }
  const std::int32_t at = low_ - middle_ + center_;
  Diagonals& own = parities_[static_cast<std::size_t>(at & 1)];
  const Diagonals& other = parities_[static_cast<std::size_t>(1 - (at & 1))];
  const std::int32_t slot = at >> 1;
  const WalkStep step{.area = area_,
                      .below = other.reached.data() + slot - (1 - (at & 1)),
                      .reached = own.reached.data() + slot,
                      .look_at = own.look_at.data() + slot,
                      .first_diagonal = low_,
                      .count = (high_ - low_) / 2 + 1};
  saw_long_run_ = walk(direction_, step);
  log();
}

}  // namespace firn
