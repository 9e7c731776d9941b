#include "firn/word_diff.h"

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

constexpr const char* kNullLine = "a line is NULL, but has a size";

firn_byte_range to_byte_range(const firn::ByteRange& range) {
  return {.begin = range.begin, .end = range.end};
}

firn_word_change to_word_change(const firn::WordChange& change) {
  return {.before = to_byte_range(change.before), .after = to_byte_range(change.after)};
}

}  // namespace

firn_code firn_changed_words(firn_view before, firn_view after, firn_word_change* changes,
                             size_t capacity, size_t* count, firn_error** error) try {
  if (count == nullptr) return invalid_argument(error, "the result pointer is NULL");
  *count = 0;
  if (!is_readable(before) || !is_readable(after)) return invalid_argument(error, kNullLine);
  const auto words = firn::changed_words(from_view(before), from_view(after));
  if (!words) return fail(error, words.error());
  *count = list(*words, changes, capacity, to_word_change);
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_changed_words_json(firn_view before, firn_view after, firn_buffer* json,
                                  firn_error** error) try {
  clear(json);
  if (json == nullptr) return invalid_argument(error, "the result pointer is NULL");
  if (!is_readable(before) || !is_readable(after)) return invalid_argument(error, kNullLine);
  const auto text = firn::changed_words_json(from_view(before), from_view(after));
  if (!text) return fail(error, text.error());
  return give(json, *text, error);
} catch (const std::exception&) {
  return no_memory(error);
}
