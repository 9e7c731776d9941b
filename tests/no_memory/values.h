#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "firn.h"

namespace firn_test {

inline firn_view view_of(std::string_view text) { return {text.data(), text.size()}; }

/// Memory may be short only where a trial says so: whatever else fails ends the program.
void require(firn_code code, firn_error* error);

template <typename Handle, void (*kFree)(Handle*)>
struct Free {
  void operator()(Handle* handle) const { kFree(handle); }
};
template <typename Handle, void (*kFree)(Handle*)>
using Owned = std::unique_ptr<Handle, Free<Handle, kFree>>;

/// What the calls are made on.
struct Values {
  std::string base = base_text();
  std::string ours = with("line 7\r\n", "ours\r\nmore\r\n", "ours\n");
  std::string theirs = with("line 20\r\n", "theirs\r\n", "theirs\n");
  std::string json = batch_json("new ");
  std::string overlapping = R"([{"op":"delete","line":2,"endLine":9},{"op":"delete","line":5},)"
                            R"({"op":"replace","line":99,"text":""},{"op":"delete","line":6}])";

  Owned<firn_snapshot, firn_snapshot_free> snapshot{freeze(base)};
  Owned<firn_snapshot, firn_snapshot_free> our_text{freeze(ours)};
  Owned<firn_snapshot, firn_snapshot_free> their_text{freeze(theirs)};
  Owned<firn_batch, firn_batch_free> batch{parse(json)};
  Owned<firn_batch, firn_batch_free> collisions{parse(overlapping)};
  Owned<firn_patched, firn_patched_free> patched{apply(snapshot.get(), batch.get())};
  Owned<firn_snapshot, firn_snapshot_free> patched_text{freeze_patched()};
  Owned<firn_batch, firn_batch_free> second{
      parse(R"([{"op":"replace","line":3,"text":"x"},{"op":"delete","line":9,"endLine":12}])")};
  Owned<firn_patched, firn_patched_free> patched_again{apply(patched_text.get(), second.get())};
  std::string unified = unified_diff();
  Owned<firn_diff, firn_diff_free> diff{parse_diff()};
  Owned<firn_placed, firn_placed_free> placed{place()};
  Owned<firn_merged, firn_merged_free> merged{merge()};
  Owned<firn_rebased, firn_rebased_free> rebased{rebase()};
  std::array<const firn_batch*, 3> stack_of{batch.get(), second.get(), collisions.get()};
  Owned<firn_stacked, firn_stacked_free> stacked{stack()};
  Owned<firn_history, firn_history_free> history{long_history()};
  Owned<firn_error, firn_error_free> error{refusal()};

  static std::string base_text();
  /// The base with other lines for one, and another line 30.
  [[nodiscard]] std::string with(std::string_view old_line, std::string_view new_lines,
                                 std::string_view line_30) const;
  static std::string batch_json(std::string_view text);
  static firn_snapshot* freeze(const std::string& text);
  static firn_batch* parse(const std::string& json);
  static firn_patched* apply(const firn_snapshot* text, const firn_batch* batch);
  [[nodiscard]] firn_snapshot* freeze_patched() const;
  [[nodiscard]] std::string unified_diff() const;
  [[nodiscard]] firn_diff* parse_diff() const;
  /// Somewhere else and with what does not fit.
  [[nodiscard]] firn_placed* place() const;
  [[nodiscard]] firn_merged* merge() const;
  [[nodiscard]] firn_rebased* rebase() const;
  [[nodiscard]] firn_stacked* stack() const;
  [[nodiscard]] firn_history* long_history() const;
  [[nodiscard]] firn_error* refusal() const;
};

[[nodiscard]] const Values& values();

[[nodiscard]] std::string json_of(const firn_batch* batch);
[[nodiscard]] std::string bytes_of(const firn_patched* patched);
[[nodiscard]] std::string revisions_of(const firn_history* history);

}  // namespace firn_test
