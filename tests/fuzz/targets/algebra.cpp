#include "firn/algebra.h"

#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::Batch;
using firn::Patched;
using firn::Snapshot;

Patched lawful_part(const Snapshot& text, std::string_view patches) {
  const Batch batch = build({.patches = patches_in(patches, text.bytes())});
  return made(firn::apply(text, batch, {.policy = firn::Policy::best_effort}));
}

void must_be_taken_back(const Patched& patched, const Snapshot& result) {
  const Batch inverse = made(firn::invert(patched));
  must(result_of(result, inverse) == patched.snapshot(), "an inverse leads back to the byte");
  const Patched back = made(firn::apply(result, inverse));
  must(result_of(patched.snapshot(), made(firn::invert(back))) == result,
       "the inverse of an inverse leads there again");
  must(result_of(patched.snapshot(), made(firn::compose(patched, back))) == patched.snapshot(),
       "a change and its inverse are no change");
}

}  // namespace

/// Texts: the base; three times patches as patches_in() reads them, each for the text that the
/// ones before have made. Of each what best-effort takes.
void algebra(std::string_view bytes) {
  const Input input(bytes);
  const Snapshot base = frozen(input.text(0));
  const Patched x = lawful_part(base, input.text(1));
  const Snapshot after_x = result_of(x);
  const Patched y = lawful_part(after_x, input.text(2));
  const Snapshot after_y = result_of(y);
  const Patched z = lawful_part(after_y, input.text(3));
  const Snapshot after_z = result_of(z);

  must_be_taken_back(x, after_x);
  must_be_taken_back(y, after_y);
  const Batch xy = made(firn::compose(x, y));
  must(result_of(base, xy) == after_y, "a composition is one after the other");
  const Patched first_two = made(firn::apply(base, xy));
  const Patched last_two = made(firn::apply(after_x, made(firn::compose(y, z))));
  must(result_of(base, made(firn::compose(first_two, z))) == after_z, "composing is associative");
  must(result_of(base, made(firn::compose(x, last_two))) == after_z, "composing is associative");
  const auto refused = firn::compose(y, x);
  must(refused.has_value() == (base == after_y), "only what follows is composed");
}

}  // namespace firn_test::fuzz
