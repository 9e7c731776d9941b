#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "c_abi_calls.h"
#include "firn.h"
#include "input.h"

namespace firn_test::fuzz {

/// The C ABI as a machine whose instructions are its calls: any call on any handles in any order,
/// NULL and freed slots included, keeps the conventions of firn.h. The sanitizers watch for what
/// was freed twice, not at all, or too early.
class Machine {
 public:
  explicit Machine(std::string_view program) : input_(program) {}

  void run();

 private:
  // What an instruction is given.

  /// Instructions are letters, from 'A'; anything below, and the end, is 0.
  std::uint64_t instruction(std::uint64_t count) {
    constexpr std::uint64_t kA = 'A' - '0';
    const std::uint64_t letter = input_.setting(256);
    return letter < kA ? 0 : 1 + (letter - kA) % count;
  }
  std::uint64_t operand() { return input_.setting(10); }
  /// Of an enum: one that is, or that is not.
  std::uint32_t choice() { return static_cast<std::uint32_t>(operand() % 6); }
  /// A flag that is mostly one.
  std::uint32_t flag() { return static_cast<std::uint32_t>(operand() % 3); }
  /// Lines that are there, and some that are not.
  std::uint64_t line() {
    constexpr std::uint64_t kLines[] = {1, 2, 3, 0, 4, 5, 9, FIRN_MAX_COUNT, UINT64_MAX, 6};
    return kLines[operand()];
  }
  firn_view text() { return view_of(input_.text(operand())); }
  firn_apply_options apply_options();

  // Texts, batches, and what one makes of the other (c_abi_patching.cpp).
  void freeze();
  void read_text();
  void parse_batch();
  void build();
  void edit();
  void read_batch();
  void apply();
  void check();
  void read_patched();
  void write();

  // Diffs, and batches of batches (c_abi_algebra.cpp).
  void compare();
  void words();
  void parse_diff();
  void place();
  void merge();
  void algebra();
  void rebase();
  void stack();
  void append();
  void undo();

  void let_go();

  Input input_;
  Pool<firn_snapshot, firn_snapshot_free> snapshots_;
  Pool<firn_batch, firn_batch_free> batches_;
  Pool<firn_patched, firn_patched_free> patched_;
  Pool<firn_diff, firn_diff_free> diffs_;
  Pool<firn_history, firn_history_free> histories_;
};

}  // namespace firn_test::fuzz
