#include "firn/diff.h"

#include "convert.h"
#include "firn.h"

using namespace firn::c;

namespace {

static_assert(FIRN_DIFF_HISTOGRAM == static_cast<int>(firn::DiffAlgorithm::histogram));
static_assert(FIRN_DIFF_MYERS == static_cast<int>(firn::DiffAlgorithm::myers));
static_assert(FIRN_DIFF_MINIMAL == static_cast<int>(firn::DiffAlgorithm::minimal));
static_assert(FIRN_SLIDE_NONE == static_cast<int>(firn::Slide::none));
static_assert(FIRN_SLIDE_DOWN == static_cast<int>(firn::Slide::down));
static_assert(FIRN_SLIDE_INDENT == static_cast<int>(firn::Slide::indent));

constexpr firn_diff_options kDefaults = FIRN_DIFF_OPTIONS_INIT;
static_assert(kDefaults.algorithm == static_cast<uint32_t>(firn::DiffOptions{}.algorithm));
static_assert(kDefaults.slide == static_cast<uint32_t>(firn::DiffOptions{}.slide));

}  // namespace

firn_code firn_diff_texts(const firn_snapshot* before, const firn_snapshot* after,
                          const firn_diff_options* options, firn_batch** batch,
                          firn_error** error) try {
  clear(batch);
  if (before == nullptr || after == nullptr || batch == nullptr) {
    return invalid_argument(error, "a snapshot or the result pointer is NULL");
  }
  const auto given = read_struct(options, kDefaults);
  if (!given) return unknown_size(error, "options", "FIRN_DIFF_OPTIONS_INIT");
  if (given->algorithm > FIRN_DIFF_MINIMAL) return no_such(error, "algorithm", given->algorithm);
  if (given->slide > FIRN_SLIDE_INDENT) return no_such(error, "slide", given->slide);
  const firn::DiffOptions core_options{
      .algorithm = static_cast<firn::DiffAlgorithm>(given->algorithm),
      .slide = static_cast<firn::Slide>(given->slide)};
  return give(batch, firn::diff(before->value, after->value, core_options), error);
} catch (const std::exception&) {
  return no_memory(error);
}
