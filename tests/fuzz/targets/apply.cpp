#include <string>
#include <utility>

#include "input.h"
#include "law.h"
#include "targets.h"
#include "versus_oracle.h"

namespace firn_test::fuzz {

/// Settings: policy, ties, what the batch says of its base, its revision, that of the text.
/// Texts: the base; patches as patches_in() reads them.
void apply(std::string_view bytes) {
  Input input(bytes);
  Case given{.text = std::string(input.text(0)),
             .patches = patches_in(input.text(1), input.text(0))};
  given.options.policy = input.setting_of<firn::Policy>(3);
  given.options.ties = input.setting_of<firn::Ties>(2);
  const std::uint64_t base = input.setting(4);
  if (base == 1) given.base.fingerprint = firn::fingerprint_of(given.text);
  if (base == 2) given.base.line_count = split_lines(given.text).size();
  if (base == 3) given.base.line_count = 7;
  if (const auto revision = input.setting(3); revision > 0) given.revision = revision;
  if (const auto revision = input.setting(3); revision > 0) given.options.revision = revision;
  must_be_whole(difference_from_oracle(given));
}

}  // namespace firn_test::fuzz
