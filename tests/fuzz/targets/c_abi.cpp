#include <cstdint>
#include <iterator>
#include <string_view>

#include "c_abi_machine.h"
#include "targets.h"

namespace firn_test::fuzz {

void Machine::run() {
  constexpr int kMaxCalls = 64;
  using Instruction = void (Machine::*)();
  // The letters of kept inputs mean these, in this order: a new one goes to the end.
  static constexpr Instruction kInstructions[] = {
      &Machine::freeze, &Machine::parse_batch, &Machine::apply,     &Machine::read_patched,
      &Machine::build,  &Machine::check,       &Machine::compare,   &Machine::parse_diff,
      &Machine::place,  &Machine::merge,       &Machine::algebra,   &Machine::rebase,
      &Machine::stack,  &Machine::append,      &Machine::undo,      &Machine::write,
      &Machine::edit,   &Machine::words,       &Machine::read_text, &Machine::read_batch,
      &Machine::let_go};
  for (int i = 0; i < kMaxCalls; ++i) {
    const std::uint64_t next = instruction(std::size(kInstructions));
    if (next == 0) return;
    (this->*kInstructions[next - 1])();
  }
}

void Machine::let_go() {
  const std::uint64_t slot = operand();
  switch (operand() % 5) {
    case 0:
      return snapshots_.put(slot, nullptr);
    case 1:
      return batches_.put(slot, nullptr);
    case 2:
      return patched_.put(slot, nullptr);
    case 3:
      return diffs_.put(slot, nullptr);
    default:
      return histories_.put(slot, nullptr);
  }
}

/// Settings: the program, instructions as letters with digits as operands. Texts: those that
/// instructions name by a digit.
void c_abi(std::string_view program) { Machine(program).run(); }

}  // namespace firn_test::fuzz
