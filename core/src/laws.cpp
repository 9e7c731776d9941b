#include "laws.h"

#include <algorithm>
#include <utility>

#include "concat.h"
#include "quote.h"
#include "take_line.h"

namespace firn {

namespace {

std::string_view verb_of(Op op) {
  switch (op) {
    case Op::replace_lines:
      return "replaces";
    case Op::delete_lines:
      return "deletes";
    case Op::insert_lines:
      return "inserts before";
  }
  return "";
}

Error mismatch(std::string_view what, std::string expected, std::string found) {
  std::string message = concat("the batch was made for a text with ", what, " ", expected,
                               ", but the snapshot has ", found);
  return {.code = ErrorCode::snapshot_mismatch,
          .message = std::move(message),
          .expected = std::move(expected),
          .found = std::move(found)};
}

std::optional<Error> bounds_violation(const Snapshot& snapshot, const Batch& batch,
                                      std::uint64_t patch_index) {
  const Patch& patch = batch.patches()[patch_index];
  const std::uint64_t line_count = snapshot.line_count();
  if (patch.op == Op::insert_lines) {
    if (patch.line <= line_count + 1) return std::nullopt;
    const PatchRef ref = batch.ref(patch_index);
    return Error{.code = ErrorCode::insert_out_of_bounds,
                 .message = concat(name_of(ref), " inserts before line ", patch.line,
                                   ", but the snapshot has ", count_of(line_count, "line"),
                                   ": an insert goes before line 1 to ", line_count + 1),
                 .patch = ref,
                 .line = patch.line,
                 .limit = line_count + 1};
  }
  if (patch.end_line <= line_count) return std::nullopt;
  const PatchRef ref = batch.ref(patch_index);
  return Error{.code = ErrorCode::line_out_of_range,
               .message = concat(name_of(ref), " ", deed_of(patch), ", but the snapshot has ",
                                 count_of(line_count, "line")),
               .patch = ref,
               .line = patch.line > line_count ? patch.line : patch.end_line,
               .limit = line_count};
}

/// The contents of `first` to `last`, joined by LF, as far as an error quotes them.
std::string quote_lines(const Snapshot& snapshot, std::uint64_t first, std::uint64_t last,
                        std::size_t max_bytes) {
  std::string text;
  for (std::uint64_t line = first; line <= last && text.size() <= max_bytes; ++line) {
    if (line > first) text += '\n';
    text.append(snapshot.line(line).substr(0, max_bytes + 1));
  }
  return cut(text, max_bytes);
}

/// The first line of [first, last] that is not as `expected` (canonical) has it; nothing if all
/// are and there are as many.
std::optional<std::uint64_t> first_difference(const Snapshot& snapshot, std::uint64_t first,
                                              std::uint64_t last, std::string_view expected) {
  // In a file that uses only LF, canonical text and the file's bytes are the same.
  if (snapshot.uses_only_lf() && snapshot.lines(first, last) == expected) return std::nullopt;
  for (std::uint64_t line = first; line <= last; ++line) {
    if (expected.empty() || take_line(expected) != snapshot.line(line)) return line;
  }
  return expected.empty() ? std::nullopt : std::optional(last + 1);
}

std::optional<Error> expectation_violation(const Snapshot& snapshot, const Batch& batch,
                                           std::uint64_t patch_index, QuoteBudget& budget) {
  const Patch& patch = batch.patches()[patch_index];
  if (!patch.expect) return std::nullopt;
  std::string_view expected = *patch.expect;
  expected.remove_suffix(1);
  const std::size_t max_bytes = budget.bytes_left > 0 ? kMaxQuotedBytes : kLineOfQuote;
  Error error{.code = ErrorCode::expectation_failed, .message = {}};
  if (patch.line > snapshot.line_count()) {
    error.line = patch.line;
    error.message = concat(" expects ", quoted(expected), " at line ", patch.line,
                           ", but the snapshot has ", count_of(snapshot.line_count(), "line"));
  } else {
    error.line = first_difference(snapshot, patch.line, patch.end_line, *patch.expect);
    if (!error.line) return std::nullopt;
    error.found = quote_lines(snapshot, patch.line, patch.end_line, max_bytes);
    error.message =
        concat(" expects ", quoted(expected), " at ", line_span(patch.line, patch.end_line),
               ", but found ", quoted(*error.found));
    if (patch.line != patch.end_line)
      error.message += concat("; they differ at line ", *error.line);
  }
  error.patch = batch.ref(patch_index);
  error.message = concat(name_of(*error.patch), error.message);
  error.expected = cut(expected, max_bytes);
  const std::size_t quoted_bytes = error.expected->size() + error.found.value_or("").size();
  budget.bytes_left -= std::min(budget.bytes_left, quoted_bytes);
  return error;
}

}  // namespace

std::string deed_of(const Patch& patch) {
  return concat(verb_of(patch.op), " ", line_span(patch.line, patch.end_line));
}

Violations violations_of_batch(const Snapshot& snapshot, const Batch& batch,
                               const ApplyOptions& options) {
  Violations violations;
  const Base& base = batch.base();
  if (base.fingerprint && *base.fingerprint != snapshot.fingerprint()) {
    violations.push_back(
        mismatch("fingerprint", to_hex(*base.fingerprint), to_hex(snapshot.fingerprint())));
  }
  if (base.line_count && *base.line_count != snapshot.line_count()) {
    violations.push_back(
        mismatch("line count", concat(*base.line_count), concat(snapshot.line_count())));
  }
  if (batch.revision() && options.revision && *batch.revision() != *options.revision) {
    violations.push_back({.code = ErrorCode::stale_revision,
                          .message = concat("the batch was made for revision ", *batch.revision(),
                                            ", but the text is at revision ", *options.revision),
                          .expected = concat(*batch.revision()),
                          .found = concat(*options.revision)});
  }
  const std::uint64_t revision = options.revision.value_or(batch.revision().value_or(0));
  if (revision >= kMaxCount && !batch.patches().empty()) {
    violations.push_back(
        {.code = ErrorCode::limit_exceeded,
         .message = concat("the text is at revision ", revision, ", the last there is"),
         .limit = kMaxCount});
  }
  return violations;
}

std::optional<Error> violation_of_patch(const Snapshot& snapshot, const Batch& batch,
                                        std::uint64_t patch_index, QuoteBudget& budget) {
  if (auto violation = bounds_violation(snapshot, batch, patch_index)) return violation;
  return expectation_violation(snapshot, batch, patch_index, budget);
}

Error overlap(const Batch& batch, std::uint64_t patch_index, std::uint64_t line,
              std::uint64_t holder_index, QuoteBudget& budget) {
  const PatchRef ref = batch.ref(patch_index);
  PatchRef holder{.index = holder_index};
  const std::string_view holder_id = batch.patches()[holder_index].id;
  // Half an id would be another one.
  if (budget.bytes_left > 0) holder.id = holder_id;
  budget.bytes_left -= std::min(budget.bytes_left, holder.id.size());
  return {.code = ErrorCode::overlap,
          .message =
              concat(name_of(ref), " ", deed_of(batch.patches()[patch_index]), ", but line ", line,
                     " is taken: ", name_of(holder), " ", deed_of(batch.patches()[holder_index])),
          .patch = ref,
          .other = holder,
          .line = line};
}

}  // namespace firn
