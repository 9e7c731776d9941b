#include "firn/unified_diff.h"

#include <cstddef>

#include "convert.h"
#include "firn.h"

using namespace firn::c;

namespace {

static_assert(FIRN_FUNCTION_NAMES_NONE == static_cast<int>(firn::FunctionNames::none));
static_assert(FIRN_FUNCTION_NAMES_PLAIN == static_cast<int>(firn::FunctionNames::plain));
static_assert(FIRN_FUNCTION_NAMES_CPP == static_cast<int>(firn::FunctionNames::cpp));
static_assert(FIRN_FUNCTION_NAMES_CSS == static_cast<int>(firn::FunctionNames::css));

constexpr firn_diff_style kDefaults = FIRN_DIFF_STYLE_INIT;
constexpr firn::DiffStyle kCoreDefaults{};
static_assert(kDefaults.context_lines == kCoreDefaults.context_lines);
static_assert(kDefaults.function_names == static_cast<uint32_t>(kCoreDefaults.function_names));

// The first version of the struct ended before `git`.
constexpr size_t kFirstVersion = offsetof(firn_diff_style, git);

std::optional<uint32_t> mode_of(uint32_t mode) {
  if (mode == 0) return std::nullopt;
  return mode;
}

// FIRN_OK, and `error` left alone, if the header can be used.
firn_code read_header(const firn_git_header& header, firn::GitHeader& core, firn_error** error) {
  constexpr firn_git_header kNone = FIRN_GIT_HEADER_INIT(FIRN_FILE_MODIFY);
  const auto given = read_struct(&header, kNone);
  if (!given) return unknown_size(error, "git header's fields", "FIRN_GIT_HEADER_INIT");
  if (given->kind > FIRN_FILE_COPY) return no_such(error, "kind of file", given->kind);
  if (given->has_similarity > 1) return no_flag(error, "has_similarity");
  if (given->similarity_percent > 100) {
    return invalid_argument(error, "the similarity is past 100 percent");
  }
  if (given->reserved != 0) return invalid_argument(error, "reserved is not 0");
  if (!is_readable(given->old_path) || !is_readable(given->new_path) ||
      !is_readable(given->old_blob) || !is_readable(given->new_blob)) {
    return invalid_argument(error, "a path or blob is NULL, but has a size");
  }
  core = {.kind = static_cast<firn::FileDiff::Kind>(given->kind),
          .old_path = from_view(given->old_path).value_or(""),
          .new_path = from_view(given->new_path).value_or(""),
          .old_mode = mode_of(given->old_mode),
          .new_mode = mode_of(given->new_mode),
          .old_blob = from_view(given->old_blob).value_or(""),
          .new_blob = from_view(given->new_blob).value_or("")};
  if (given->has_similarity != 0) core.similarity_percent = given->similarity_percent;
  return FIRN_OK;
}

firn_code read_style(const firn_diff_style* style, firn::DiffStyle& core, firn_error** error) {
  const auto given = read_struct(style, kDefaults, {kFirstVersion});
  if (!given) return unknown_size(error, "style fields", "FIRN_DIFF_STYLE_INIT");
  if (!is_readable(given->old_name) || !is_readable(given->new_name)) {
    return invalid_argument(error, "a name is NULL, but has a size");
  }
  if (given->function_names > FIRN_FUNCTION_NAMES_CSS) {
    return no_such(error, "function names", given->function_names);
  }
  if (given->reserved != 0) return invalid_argument(error, "reserved is not 0");
  core.context_lines = given->context_lines;
  core.old_name = from_view(given->old_name).value_or("");
  core.new_name = from_view(given->new_name).value_or("");
  core.function_names = static_cast<firn::FunctionNames>(given->function_names);
  return given->git == nullptr ? FIRN_OK : read_header(*given->git, core.git.emplace(), error);
}

}  // namespace

firn_function_names firn_function_names_of(firn_view file_name) {
  const auto name = is_readable(file_name) ? from_view(file_name) : std::string_view();
  return static_cast<firn_function_names>(firn::function_names_of(name));
}

firn_code firn_patched_unified_diff(const firn_patched* patched, const firn_diff_style* style,
                                    firn_buffer* diff, firn_error** error) try {
  clear(diff);
  if (patched == nullptr || diff == nullptr) {
    return invalid_argument(error, "the patched text or the result pointer is NULL");
  }
  firn::DiffStyle core_style;
  if (const auto code = read_style(style, core_style, error); code != FIRN_OK) return code;
  return give(diff, firn::unified_diff(patched->value, core_style), error);
} catch (const std::exception&) {
  return no_memory(error);
}
