#include "firn/batch.h"

#include "convert.h"
#include "firn.h"
#include "firn/read_batch.h"
#include "firn/to_json.h"

namespace firn::c {

namespace {

constexpr firn_limits kDefaults = FIRN_LIMITS_INIT;
static_assert(kDefaults.batch_bytes == firn::Limits{}.batch_bytes);
static_assert(kDefaults.patches == firn::Limits{}.patches);
static_assert(kDefaults.text_lines == firn::Limits{}.text_lines);
static_assert(kDefaults.nesting == firn::Limits{}.nesting);
static_assert(FIRN_MAX_COUNT == firn::kMaxCount);

std::optional<firn::Op> from_op(uint32_t op) {
  switch (op) {
    case FIRN_OP_REPLACE:
      return firn::Op::replace_lines;
    case FIRN_OP_DELETE:
      return firn::Op::delete_lines;
    case FIRN_OP_INSERT:
      return firn::Op::insert_lines;
    default:
      return std::nullopt;
  }
}

constexpr const char* kNullBuilder = "the builder is NULL";

// What cannot be turned into core's PatchSpec; NULL if nothing stands against it.
const char* fault_of(const firn_patch_spec& spec) {
  if (!is_readable(spec.text)) return "text is NULL, but has a size";
  if (!is_readable(spec.expect)) return "expect is NULL, but has a size";
  if (!is_readable(spec.id)) return "id is NULL, but has a size";
  if (spec.lines == nullptr && spec.line_count != 0)
    return "lines is NULL, but line_count is not 0";
  for (size_t i = 0; i < spec.line_count; ++i) {
    if (!is_readable(spec.lines[i])) return "one of lines is NULL, but has a size";
  }
  if (spec.verbatim > 1) return "verbatim is neither 0 nor 1";
  return nullptr;
}

}  // namespace

std::optional<Limits> read_limits(const firn_limits* limits) {
  const auto given = read_struct(limits, kDefaults);
  if (!given) return std::nullopt;
  return Limits{.batch_bytes = given->batch_bytes,
                .patches = given->patches,
                .text_lines = given->text_lines,
                .nesting = given->nesting};
}

firn_code unknown_limits(firn_error** error) {
  return unknown_size(error, "limits", "FIRN_LIMITS_INIT");
}

}  // namespace firn::c

using namespace firn::c;

firn_code firn_batch_parse(firn_view json, const firn_limits* limits, firn_batch** batch,
                           firn_error** error) try {
  clear(batch);
  if (batch == nullptr) return invalid_argument(error, "the result pointer is NULL");
  if (!is_readable(json)) return invalid_argument(error, "the JSON is NULL, but has a size");
  const auto core_limits = read_limits(limits);
  if (!core_limits) return unknown_limits(error);
  return give(batch, firn::read_batch(from_view(json), *core_limits), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_batch_free(firn_batch* batch) { delete batch; }

firn_view firn_batch_id(const firn_batch* batch) {
  return to_view(batch == nullptr ? std::string_view() : batch->value.id());
}

firn_view firn_batch_file(const firn_batch* batch) {
  return to_view(batch == nullptr ? std::string_view() : batch->value.file());
}

uint64_t firn_batch_patch_count(const firn_batch* batch) {
  return batch == nullptr ? 0 : batch->value.patches().size();
}

bool firn_batch_revision(const firn_batch* batch, uint64_t* revision) {
  if (batch == nullptr) return false;
  const auto named = batch->value.revision();
  if (named && revision != nullptr) *revision = *named;
  return named.has_value();
}

firn_code firn_batch_to_json(const firn_batch* batch, firn_buffer* json, firn_error** error) try {
  clear(json);
  if (batch == nullptr || json == nullptr) {
    return invalid_argument(error, "the batch or the result pointer is NULL");
  }
  return give(json, to_json(batch->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_select(const firn_batch* batch, const uint32_t* places, size_t place_count,
                            firn_batch** selection, firn_error** error) try {
  clear(selection);
  if (batch == nullptr || selection == nullptr) {
    return invalid_argument(error, "the batch or the result pointer is NULL");
  }
  if (places == nullptr && place_count != 0) {
    return invalid_argument(error, "the places are NULL, but have a count");
  }
  return give(selection, batch->value.select({places, place_count}), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_builder_new(const firn_limits* limits, firn_batch_builder** builder,
                                 firn_error** error) try {
  clear(builder);
  if (builder == nullptr) return invalid_argument(error, "the result pointer is NULL");
  const auto core_limits = read_limits(limits);
  if (!core_limits) return unknown_limits(error);
  return give(builder, firn::BatchBuilder(*core_limits), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_batch_builder_free(firn_batch_builder* builder) { delete builder; }

firn_code firn_batch_builder_set_id(firn_batch_builder* builder, firn_view id,
                                    firn_error** error) try {
  if (builder == nullptr) return invalid_argument(error, kNullBuilder);
  if (!is_readable(id)) return invalid_argument(error, "the id is NULL, but has a size");
  builder->value.set_id(from_view(id));
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_builder_set_file(firn_batch_builder* builder, firn_view file,
                                      firn_error** error) try {
  if (builder == nullptr) return invalid_argument(error, kNullBuilder);
  if (!is_readable(file)) return invalid_argument(error, "the file is NULL, but has a size");
  builder->value.set_file(from_view(file));
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_builder_set_base(firn_batch_builder* builder, const firn_view* fingerprint,
                                      const uint64_t* line_count, firn_error** error) try {
  if (builder == nullptr) return invalid_argument(error, kNullBuilder);
  firn::Base base;
  if (fingerprint != nullptr) {
    if (is_readable(*fingerprint)) {
      base.fingerprint = firn::fingerprint_from_hex(from_view(*fingerprint));
    }
    if (!base.fingerprint) return invalid_argument(error, "the fingerprint is not 32 hex digits");
  }
  if (line_count != nullptr) {
    if (*line_count > firn::kMaxCount) {
      return invalid_argument(error, "the line count is past 2^53 - 1");
    }
    base.line_count = *line_count;
  }
  builder->value.set_base(base);
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_builder_set_revision(firn_batch_builder* builder, uint64_t revision,
                                          firn_error** error) try {
  if (builder == nullptr) return invalid_argument(error, kNullBuilder);
  if (revision > firn::kMaxCount) return invalid_argument(error, "the revision is past 2^53 - 1");
  builder->value.set_revision(revision);
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_builder_add(firn_batch_builder* builder, const firn_patch_spec* spec,
                                 firn_error** error) try {
  if (builder == nullptr) return invalid_argument(error, kNullBuilder);
  if (spec == nullptr) return invalid_argument(error, "the patch is NULL");
  const auto given = read_struct(spec, firn_patch_spec{});
  if (!given) return unknown_size(error, "patch fields", "FIRN_PATCH_SPEC_INIT");
  const auto op = from_op(given->op);
  if (!op) return no_such(error, "op", given->op);
  if (const char* fault = fault_of(*given)) return invalid_argument(error, fault);

  std::vector<std::string_view> lines;
  lines.reserve(given->line_count);
  for (size_t i = 0; i < given->line_count; ++i) lines.push_back(from_view(given->lines[i]));

  firn::PatchSpec patch{.op = *op,
                        .line = given->line,
                        .text = from_view(given->text),
                        .id = from_view(given->id),
                        .expect = from_view(given->expect),
                        .verbatim = given->verbatim != 0};
  if (given->end_line != 0) patch.end_line = given->end_line;
  if (given->lines != nullptr) patch.lines = lines;
  auto added = builder->value.add(patch);
  if (!added) return fail(error, std::move(added).error());
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_batch_builder_build(firn_batch_builder* builder, firn_batch** batch,
                                   firn_error** error) try {
  clear(batch);
  if (builder == nullptr || batch == nullptr) {
    return invalid_argument(error, "the builder or the result pointer is NULL");
  }
  return give(batch, builder->value.build(), error);
} catch (const std::exception&) {
  return no_memory(error);
}
