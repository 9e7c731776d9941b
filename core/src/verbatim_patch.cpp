#include "verbatim_patch.h"

#include <limits>

namespace firn {

BatchBuilder unlimited_builder() {
  constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();
  return BatchBuilder({.batch_bytes = kNoLimit, .patches = kNoLimit, .text_lines = kNoLimit});
}

PatchSpec change_of_lines(std::uint64_t line, std::uint64_t count, std::string_view was,
                          std::string_view now) {
  PatchSpec spec{.line = line};
  spec.op = count == 0 ? Op::insert_lines : now.empty() ? Op::delete_lines : Op::replace_lines;
  if (spec.op != Op::delete_lines) spec.text = now;
  if (count > 0) {
    spec.end_line = line + count - 1;
    spec.expect = was;
  }
  return spec;
}

Result<void> add_verbatim(BatchBuilder& builder, std::uint64_t line, std::uint64_t count,
                          std::string_view was, std::string_view now) {
  PatchSpec spec = change_of_lines(line, count, was, now);
  spec.verbatim = true;
  return builder.add(spec);
}

}  // namespace firn
