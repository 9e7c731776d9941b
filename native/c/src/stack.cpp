#include "firn/stack.h"

#include <vector>

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

constexpr firn_stack_options kDefaults = FIRN_STACK_OPTIONS_INIT;
static_assert(kDefaults.max_collisions == firn::StackOptions{}.max_collisions);

// FIRN_OK, and `error` left alone, if the options can be used.
firn_code read_options(const firn_stack_options* options, firn::StackOptions& core,
                       firn_error** error) {
  const auto given = read_struct(options, kDefaults);
  if (!given) return unknown_size(error, "options", "FIRN_STACK_OPTIONS_INIT");
  core.max_collisions = given->max_collisions;
  return read_revision(given->revision, core.revision, error);
}

firn_stack_source to_source(const firn::StackSource& source) {
  return {.batch_index = source.batch_index, .patch_index = source.patch_index};
}

firn_stack_patch to_stack_patch(const firn::StackPatch& patch) {
  return {.batch_index = patch.batch_index,
          .batch_id = to_view(patch.batch_id),
          .patch = to_ref(patch.patch)};
}

firn_collision to_collision(const firn::Collision& collision) {
  return {.first = to_stack_patch(collision.first),
          .second = to_stack_patch(collision.second),
          .lines = to_range(collision.lines),
          .message = to_view(collision.message)};
}

}  // namespace

firn_code firn_stack(const firn_snapshot* snapshot, const firn_batch* const* batches,
                     size_t batch_count, const firn_stack_options* options, firn_stacked** stacked,
                     firn_error** error) try {
  clear(stacked);
  if (snapshot == nullptr || stacked == nullptr) {
    return invalid_argument(error, "the snapshot or the result pointer is NULL");
  }
  if (batches == nullptr && batch_count != 0) {
    return invalid_argument(error, "batches is NULL, but batch_count is not 0");
  }
  std::vector<firn::Batch> core_batches;
  core_batches.reserve(batch_count);
  for (size_t i = 0; i < batch_count; ++i) {
    if (batches[i] == nullptr) {
      return invalid_argument(error, "batch " + std::to_string(i) + " is NULL");
    }
    core_batches.push_back(batches[i]->value);
  }
  firn::StackOptions core_options;
  if (const auto code = read_options(options, core_options, error); code != FIRN_OK) return code;
  return give(stacked, firn::stack(snapshot->value, core_batches, core_options), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_stacked_free(firn_stacked* stacked) { delete stacked; }

const firn_batch* firn_stacked_batch(const firn_stacked* stacked) {
  return stacked == nullptr || !stacked->batch ? nullptr : &*stacked->batch;
}

size_t firn_stacked_sources(const firn_stacked* stacked, firn_stack_source* sources,
                            size_t capacity) {
  if (stacked == nullptr) return 0;
  return list(stacked->value.sources, sources, capacity, to_source);
}

size_t firn_stacked_collisions(const firn_stacked* stacked, firn_collision* collisions,
                               size_t capacity) {
  if (stacked == nullptr) return 0;
  return list(stacked->value.collisions, collisions, capacity, to_collision);
}

uint64_t firn_stacked_collision_count(const firn_stacked* stacked) {
  return stacked == nullptr ? 0 : stacked->value.collision_count;
}

size_t firn_stacked_refused(const firn_stacked* stacked, firn_refused_batch* refused,
                            size_t capacity) {
  if (stacked == nullptr) return 0;
  const firn::Stacked& value = stacked->value;
  const auto convert = [&](const firn_error& error) -> firn_refused_batch {
    const firn::RefusedBatch& batch =
        value.refused[static_cast<size_t>(&error - stacked->errors.data())];
    return {.batch_index = batch.batch_index, .batch_id = to_view(batch.batch_id), .error = &error};
  };
  return list(stacked->errors, refused, capacity, convert);
}

firn_code firn_stacked_to_json(const firn_stacked* stacked, firn_buffer* json,
                               firn_error** error) try {
  clear(json);
  if (stacked == nullptr || json == nullptr) {
    return invalid_argument(error, "the stacked batches or the result pointer is NULL");
  }
  return give(json, to_json(stacked->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
