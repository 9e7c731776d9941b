#include "firn/file_diff.h"

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

static_assert(FIRN_FILE_MODIFY == static_cast<int>(firn::FileDiff::Kind::modify));
static_assert(FIRN_FILE_CREATE == static_cast<int>(firn::FileDiff::Kind::create));
static_assert(FIRN_FILE_REMOVE == static_cast<int>(firn::FileDiff::Kind::remove));
static_assert(FIRN_FILE_RENAME == static_cast<int>(firn::FileDiff::Kind::rename));
static_assert(FIRN_FILE_COPY == static_cast<int>(firn::FileDiff::Kind::copy));
static_assert(FIRN_HUNK_LINE_CONTEXT == static_cast<int>(firn::HunkLine::Kind::context));
static_assert(FIRN_HUNK_LINE_REMOVED == static_cast<int>(firn::HunkLine::Kind::removed));
static_assert(FIRN_HUNK_LINE_ADDED == static_cast<int>(firn::HunkLine::Kind::added));

constexpr firn_diff_parse_options kDefaults = FIRN_DIFF_PARSE_OPTIONS_INIT;
static_assert(!firn::ReadDiffOptions{}.recount && !firn::ReadDiffOptions{}.any_names);

firn_view to_name(const std::optional<std::string>& name) {
  return to_view(name ? std::string_view(*name) : std::string_view());
}

std::span<const firn::Hunk> hunks_of(const firn_diff* diff, size_t file_index) {
  const firn::FileDiff* file = file_of(diff, file_index);
  return file == nullptr ? std::span<const firn::Hunk>() : file->hunks;
}

firn_hunk to_hunk(const firn::Hunk& hunk) {
  return {.old_line = hunk.old_line,
          .old_count = hunk.old_count,
          .new_line = hunk.new_line,
          .new_count = hunk.new_count,
          .line_count = hunk.lines.size(),
          .diff_line = hunk.diff_line,
          .section = to_view(hunk.section)};
}

firn_hunk_line to_hunk_line(const firn::HunkLine& line) {
  return {.text = to_view(line.text), .kind = static_cast<uint32_t>(line.kind)};
}

}  // namespace

firn_code firn_diff_parse(firn_view text, const firn_diff_parse_options* options, firn_diff** diff,
                          firn_error** error) try {
  clear(diff);
  if (diff == nullptr) return invalid_argument(error, "the result pointer is NULL");
  if (!is_readable(text)) return invalid_argument(error, "the diff is NULL, but has a size");
  const auto given = read_struct(options, kDefaults);
  if (!given) return unknown_size(error, "options", "FIRN_DIFF_PARSE_OPTIONS_INIT");
  if (given->recount > 1) return no_flag(error, "recount");
  if (given->any_names > 1) return no_flag(error, "any_names");
  const firn::ReadDiffOptions how{.recount = given->recount != 0,
                                  .any_names = given->any_names != 0};
  return give(diff, firn::read_diff(from_view(text), how), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_diff_free(firn_diff* diff) { delete diff; }

size_t firn_diff_file_count(const firn_diff* diff) {
  return diff == nullptr ? 0 : diff->value.files().size();
}

bool firn_diff_file(const firn_diff* diff, size_t file_index, firn_file_diff* file) {
  const firn::FileDiff* found = file_of(diff, file_index);
  if (found == nullptr || file == nullptr) return false;
  *file = {.old_name = to_name(found->old_name),
           .new_name = to_name(found->new_name),
           .old_blob = to_view(found->old_blob),
           .new_blob = to_view(found->new_blob),
           .hunk_count = found->hunks.size(),
           .kind = static_cast<uint32_t>(found->kind),
           .old_mode = found->old_mode.value_or(0),
           .new_mode = found->new_mode.value_or(0),
           .similarity_percent = found->similarity_percent.value_or(0),
           .has_similarity = found->similarity_percent.has_value()};
  return true;
}

size_t firn_diff_hunks(const firn_diff* diff, size_t file_index, firn_hunk* hunks,
                       size_t capacity) {
  return list(hunks_of(diff, file_index), hunks, capacity, to_hunk);
}

size_t firn_diff_hunk_lines(const firn_diff* diff, size_t file_index, size_t hunk_index,
                            firn_hunk_line* lines, size_t capacity) {
  const auto hunks = hunks_of(diff, file_index);
  if (hunk_index >= hunks.size()) return 0;
  return list(hunks[hunk_index].lines, lines, capacity, to_hunk_line);
}

firn_code firn_diff_to_json(const firn_diff* diff, firn_buffer* json, firn_error** error) try {
  clear(json);
  if (diff == nullptr || json == nullptr)
    return invalid_argument(error, "the diff or the result pointer is NULL");
  return give(json, to_json(diff->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
