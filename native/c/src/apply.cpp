#include "firn/apply.h"

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

constexpr firn_apply_options kDefaults = FIRN_APPLY_OPTIONS_INIT;
static_assert(kDefaults.policy == static_cast<uint32_t>(firn::ApplyOptions{}.policy));
static_assert(kDefaults.ties == static_cast<uint32_t>(firn::ApplyOptions{}.ties));

static_assert(FIRN_POLICY_FAIL_FAST == static_cast<int>(firn::Policy::fail_fast));
static_assert(FIRN_POLICY_ATOMIC == static_cast<int>(firn::Policy::atomic));
static_assert(FIRN_POLICY_BEST_EFFORT == static_cast<int>(firn::Policy::best_effort));
static_assert(FIRN_TIES_REJECT == static_cast<int>(firn::Ties::reject));
static_assert(FIRN_TIES_KEEP_ORDER == static_cast<int>(firn::Ties::keep_order));

// Reads what firn_apply and firn_check share. FIRN_OK, and `error` left alone, if it can be used.
firn_code read_arguments(const firn_snapshot* snapshot, const firn_batch* batch,
                         const firn_apply_options* given, firn::ApplyOptions& options,
                         firn_error** error) {
  if (snapshot == nullptr) return invalid_argument(error, "the snapshot is NULL");
  if (batch == nullptr) return invalid_argument(error, "the batch is NULL");
  const auto read = read_struct(given, kDefaults);
  if (!read) return unknown_size(error, "options", "FIRN_APPLY_OPTIONS_INIT");
  if (read->policy > FIRN_POLICY_BEST_EFFORT) return no_such(error, "policy", read->policy);
  if (read->ties > FIRN_TIES_KEEP_ORDER) return no_such(error, "ties", read->ties);
  options.policy = static_cast<firn::Policy>(read->policy);
  options.ties = static_cast<firn::Ties>(read->ties);
  return read_revision(read->revision, options.revision, error);
}

}  // namespace

firn_code firn_apply(const firn_snapshot* snapshot, const firn_batch* batch,
                     const firn_apply_options* options, firn_patched** patched,
                     firn_error** error) try {
  clear(patched);
  if (patched == nullptr) return invalid_argument(error, "the result pointer is NULL");
  firn::ApplyOptions core_options;
  if (const auto code = read_arguments(snapshot, batch, options, core_options, error);
      code != FIRN_OK) {
    return code;
  }
  return give(patched, firn::apply(snapshot->value, batch->value, core_options), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_check(const firn_snapshot* snapshot, const firn_batch* batch,
                     const firn_apply_options* options, firn_buffer* json, firn_error** error) try {
  clear(json);
  if (json == nullptr) return invalid_argument(error, "the result pointer is NULL");
  firn::ApplyOptions core_options;
  if (const auto code = read_arguments(snapshot, batch, options, core_options, error);
      code != FIRN_OK) {
    return code;
  }
  const auto report = firn::check(snapshot->value, batch->value, core_options);
  if (!report) return fail(error, report.error());
  return give(json, to_json(*report), error);
} catch (const std::exception&) {
  return no_memory(error);
}
