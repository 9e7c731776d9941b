#include "firn/error.h"

#include <memory>

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

namespace firn::c {

namespace {

constexpr bool same(firn_code code, ErrorCode core) {
  return static_cast<int>(code) == static_cast<int>(core);
}

static_assert(same(FIRN_ERROR_MALFORMED_JSON, ErrorCode::malformed_json));
static_assert(same(FIRN_ERROR_MALFORMED_BATCH, ErrorCode::malformed_batch));
static_assert(same(FIRN_ERROR_MALFORMED_DIFF, ErrorCode::malformed_diff));
static_assert(same(FIRN_ERROR_MALFORMED_TEXT, ErrorCode::malformed_text));
static_assert(same(FIRN_ERROR_INVALID_ARGUMENT, ErrorCode::invalid_argument));
static_assert(same(FIRN_ERROR_SNAPSHOT_MISMATCH, ErrorCode::snapshot_mismatch));
static_assert(same(FIRN_ERROR_LINE_OUT_OF_RANGE, ErrorCode::line_out_of_range));
static_assert(same(FIRN_ERROR_ORDER_VIOLATION, ErrorCode::order_violation));
static_assert(same(FIRN_ERROR_SNAPSHOT_MUTATED, ErrorCode::snapshot_mutated));
static_assert(same(FIRN_ERROR_INSERT_OUT_OF_BOUNDS, ErrorCode::insert_out_of_bounds));
static_assert(same(FIRN_ERROR_OVERLAP, ErrorCode::overlap));
static_assert(same(FIRN_ERROR_STALE_REVISION, ErrorCode::stale_revision));
static_assert(same(FIRN_ERROR_SNAPSHOT_SIZE_CHANGED, ErrorCode::snapshot_size_changed));
static_assert(same(FIRN_ERROR_EXPECTATION_FAILED, ErrorCode::expectation_failed));
static_assert(same(FIRN_ERROR_HUNK_FAILED, ErrorCode::hunk_failed));
static_assert(same(FIRN_ERROR_AMBIGUOUS_PLACEMENT, ErrorCode::ambiguous_placement));
static_assert(same(FIRN_ERROR_UNSAFE_PATH, ErrorCode::unsafe_path));
static_assert(same(FIRN_ERROR_BINARY_PATCH, ErrorCode::binary_patch));
static_assert(same(FIRN_ERROR_LIMIT_EXCEEDED, ErrorCode::limit_exceeded));
static_assert(same(FIRN_ERROR_MERGE_CONFLICT, ErrorCode::merge_conflict));
static_assert(same(FIRN_ERROR_DISPOSED, ErrorCode::disposed));

firn_code to_code(ErrorCode code) { return static_cast<firn_code>(code); }

firn_error* new_error(Violations violations, bool is_refusal) {
  auto error = std::make_unique<firn_error>();
  error->owned = std::move(violations);
  error->value = &error->owned.front();
  if (is_refusal) error->show_refusal(error->owned);
  return error.release();
}

template <typename Field, typename Out, typename Convert>
bool read_field(const firn_error* error, std::optional<Field> Error::* member, Out* out,
                Convert convert) {
  if (error == nullptr) return false;
  const std::optional<Field>& field = error->value->*member;
  if (field && out != nullptr) *out = convert(*field);
  return field.has_value();
}

constexpr auto as_it_is = [](std::uint64_t number) { return number; };

firn_position to_position(const InputPosition& position) {
  return {.byte_offset = position.byte_offset,
          .line = position.line,
          .byte_column = position.byte_column};
}

firn_hunk_ref to_hunk_ref(const HunkRef& hunk) {
  return {.index = hunk.index, .diff_line = hunk.diff_line};
}

}  // namespace

firn_code fail(firn_error** error, Error cause) {
  const firn_code code = to_code(cause.code);
  if (error != nullptr) {
    Violations violations;
    violations.push_back(std::move(cause));
    *error = new_error(std::move(violations), false);
  }
  return code;
}

firn_code fail(firn_error** error, Violations violations) {
  const firn_code code = to_code(violations.front().code);
  if (error != nullptr) *error = new_error(std::move(violations), true);
  return code;
}

firn_code no_memory(firn_error** error) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    return fail(error, out_of_memory());
  } catch (const std::exception&) {
    return FIRN_ERROR_LIMIT_EXCEEDED;  // Without an error: the code still tells.
  }
}

firn_code invalid_argument(firn_error** error, std::string message) {
  return fail(error, Error{.code = ErrorCode::invalid_argument, .message = std::move(message)});
}

firn_code unknown_size(firn_error** error, std::string_view what, std::string_view initializer) {
  return invalid_argument(error, "the " + std::string(what) + " have no known struct_size; use " +
                                     std::string(initializer));
}

firn_code no_such(firn_error** error, std::string_view what, std::uint32_t number) {
  return invalid_argument(error, "there is no " + std::string(what) + " " + std::to_string(number));
}

firn_code no_flag(firn_error** error, std::string_view name) {
  return invalid_argument(error, std::string(name) + " is neither 0 nor 1");
}

firn_code no_such_line(firn_error** error, std::uint64_t line, std::uint64_t line_count) {
  return fail(error, Error{.code = ErrorCode::invalid_argument,
                           .message = "line " + std::to_string(line) + " is not in 1 to " +
                                      std::to_string(line_count),
                           .line = line,
                           .limit = line_count});
}

firn_code read_revision(const std::uint64_t* given, std::optional<std::uint64_t>& revision,
                        firn_error** error) {
  if (given == nullptr) return FIRN_OK;
  if (*given > kMaxCount) return invalid_argument(error, "the revision is past 2^53 - 1");
  revision = *given;
  return FIRN_OK;
}

firn_code check_range(firn_error** error, std::uint64_t from, std::uint64_t to,
                      std::uint64_t line_count) {
  if (to > line_count) return no_such_line(error, to, line_count);
  if (from >= 1 && from <= to + 1) return FIRN_OK;
  return invalid_argument(error, "lines " + std::to_string(from) + " to " + std::to_string(to) +
                                     " are no range: 1 <= from <= to + 1");
}

}  // namespace firn::c

using namespace firn::c;

firn_view firn_code_name(firn_code code) {
  const uint32_t number = number_in(code);
  if (number == FIRN_OK) return to_view("ok");
  if (number > FIRN_ERROR_DISPOSED) return to_view("");
  return to_view(name_of(static_cast<firn::ErrorCode>(number)));
}

void firn_error_free(firn_error* error) { delete error; }

firn_code firn_error_code(const firn_error* error) {
  return error == nullptr ? FIRN_OK : to_code(error->value->code);
}

firn_view firn_error_message(const firn_error* error) {
  return to_view(error == nullptr ? std::string_view() : error->value->message);
}

uint32_t firn_error_law(const firn_error* error) {
  return error == nullptr ? 0 : static_cast<uint32_t>(error->value->law());
}

bool firn_error_already_applied(const firn_error* error) {
  return error != nullptr && error->value->already_applied;
}

bool firn_error_patch(const firn_error* error, firn_patch_ref* patch) {
  return read_field(error, &firn::Error::patch, patch, to_ref);
}

bool firn_error_other(const firn_error* error, firn_patch_ref* other) {
  return read_field(error, &firn::Error::other, other, to_ref);
}

bool firn_error_line(const firn_error* error, uint64_t* line) {
  return read_field(error, &firn::Error::line, line, as_it_is);
}

bool firn_error_limit(const firn_error* error, uint64_t* limit) {
  return read_field(error, &firn::Error::limit, limit, as_it_is);
}

bool firn_error_hunk(const firn_error* error, firn_hunk_ref* hunk) {
  return read_field(error, &firn::Error::hunk, hunk, to_hunk_ref);
}

bool firn_error_other_line(const firn_error* error, uint64_t* other_line) {
  return read_field(error, &firn::Error::other_line, other_line, as_it_is);
}

bool firn_error_expected(const firn_error* error, firn_view* expected) {
  return read_field(error, &firn::Error::expected, expected, to_view);
}

bool firn_error_found(const firn_error* error, firn_view* found) {
  return read_field(error, &firn::Error::found, found, to_view);
}

bool firn_error_position(const firn_error* error, firn_position* position) {
  return read_field(error, &firn::Error::position, position, to_position);
}

size_t firn_error_violation_count(const firn_error* error) {
  return error == nullptr ? 0 : error->violations.size();
}

const firn_error* firn_error_violation(const firn_error* error, size_t index) {
  return index < firn_error_violation_count(error) ? &error->violations[index] : nullptr;
}

firn_code firn_error_to_json(const firn_error* error, firn_buffer* json, firn_error** failure) try {
  clear(json);
  if (error == nullptr || json == nullptr) return invalid_argument(failure, "an argument is NULL");
  return give(json, error->refusal != nullptr ? to_json(*error->refusal) : to_json(*error->value),
              failure);
} catch (const std::exception&) {
  return no_memory(failure);
}
