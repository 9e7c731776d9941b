#include "firn/rebase.h"

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

static_assert(FIRN_CARRIED_CLEAN == static_cast<int>(firn::Carried::clean));
static_assert(FIRN_CARRIED_MOVED == static_cast<int>(firn::Carried::moved));
static_assert(FIRN_CARRIED_UPSTREAM == static_cast<int>(firn::Carried::upstream));
static_assert(FIRN_CARRIED_CONFLICT == static_cast<int>(firn::Carried::conflict));

firn_code firn_patched_rebase(const firn_patched* patched, const firn_snapshot* new_text,
                              firn_rebased** rebased, firn_error** error) try {
  clear(rebased);
  if (patched == nullptr || new_text == nullptr || rebased == nullptr) {
    return invalid_argument(error, "the patched text, the snapshot or the result pointer is NULL");
  }
  auto carried = firn::rebase(patched->value, new_text->value);
  if (!carried) return fail(error, std::move(carried).error());
  *rebased = new firn_rebased{*std::move(carried), patched->value.batch()};
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_rebased_free(firn_rebased* rebased) { delete rebased; }

const firn_batch* firn_rebased_batch(const firn_rebased* rebased) {
  return rebased == nullptr ? nullptr : &rebased->batch;
}

firn_view firn_carried_name(firn_carried carried) {
  const uint32_t number = number_in(carried);
  if (number > FIRN_CARRIED_CONFLICT) return to_view("");
  return to_view(name_of(static_cast<firn::Carried>(number)));
}

size_t firn_rebased_patches(const firn_rebased* rebased, firn_carried_patch* patches,
                            size_t capacity) {
  if (rebased == nullptr) return 0;
  const auto convert = [&](const firn::CarriedPatch& patch) -> firn_carried_patch {
    return {.patch = ref_of(rebased->original, patch.patch_index),
            .from = to_range(patch.from),
            .to = to_range(patch.to),
            .base = to_view(patch.base),
            .ours = to_view(patch.ours),
            .theirs = to_view(patch.theirs),
            .carried = static_cast<uint32_t>(patch.carried)};
  };
  return list(rebased->value.patches, patches, capacity, convert);
}

bool firn_rebased_has_conflict(const firn_rebased* rebased) {
  if (rebased == nullptr) return false;
  return std::ranges::any_of(rebased->value.patches, [](const firn::CarriedPatch& patch) {
    return patch.carried == firn::Carried::conflict;
  });
}

firn_code firn_rebased_to_json(const firn_rebased* rebased, firn_buffer* json,
                               firn_error** error) try {
  clear(json);
  if (rebased == nullptr || json == nullptr)
    return invalid_argument(error, "the rebased batch or the result pointer is NULL");
  return give(json, to_json(rebased->value, rebased->original), error);
} catch (const std::exception&) {
  return no_memory(error);
}
