#include "random_batch.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace firn_test {

using firn::Batch;
using firn::Op;
using firn::Patched;
using firn::Snapshot;

Batch random_batch(RandomText& random, const Snapshot& snapshot, std::uint64_t max_patches) {
  firn::BatchBuilder builder;
  const std::uint64_t line_count = snapshot.line_count();
  for (std::uint64_t i = random.below(max_patches + 1); i > 0; --i) {
    firn::PatchSpec spec{.op = static_cast<Op>(random.below(3))};
    if (line_count == 0) spec.op = Op::insert_lines;
    if (spec.op == Op::insert_lines) {
      spec.line = 1 + random.below(line_count + 1);
    } else {
      spec.line = 1 + random.below(line_count);
      spec.end_line = std::min(line_count, spec.line + random.below(3));
    }
    const std::string text = random.wild(3);
    if (spec.op != Op::delete_lines) {
      spec.text = text;
      spec.verbatim = random.one_in(3);
    }
    if (auto added = builder.add(spec); !added) throw std::runtime_error(added.error().message);
  }
  return builder.build().value();
}

Patched lawful_part(const Snapshot& snapshot, const Batch& batch) {
  return firn::apply(snapshot, batch, {.policy = firn::Policy::best_effort}).value();
}

Snapshot result_of(const Patched& patched) {
  return firn::freeze(patched.bytes().value().view()).value();
}

std::string shown(const firn::Batch& batch) {
  const auto json = firn::to_json(batch);
  return json ? std::string(json->view()) : json.error().message;
}

}  // namespace firn_test
