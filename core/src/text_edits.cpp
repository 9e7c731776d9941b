#include "firn/text_edits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "concat.h"
#include "firn/utf_sizes.h"
#include "heap_sort.h"
#include "quote.h"
#include "utf8.h"
#include "verbatim_patch.h"

namespace firn {

namespace {

/// An edit in bytes of the snapshot.
struct ByteEdit {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t index = 0;  ///< Of the edit as given.
};

Error refusal(ErrorCode code, std::uint64_t index, std::string_view message) {
  return {.code = code,
          .message = concat("edits[", index, "] ", message),
          .patch = PatchRef{.index = index, .id = {}}};
}

/// Byte offsets of places, which are asked for in ascending order: then each line is read once.
class PlaceReader {
 public:
  explicit PlaceReader(const Snapshot& snapshot) : snapshot_(snapshot) {}

  /// `index`: of the edit that names the place.
  Result<std::uint64_t> byte_offset_of(const TextPosition& position, std::uint64_t index);

 private:
  void go_to_line(std::uint64_t line);
  [[nodiscard]] bool go_to_column(std::uint64_t utf16_column);

  const Snapshot& snapshot_;
  std::uint64_t line_ = 0;  ///< 1-based; 0 before the first.
  std::string_view content_;
  bool is_utf8_ = true;
  std::uint64_t utf16_column_ = 0;  ///< What has been read of the line, and its bytes.
  std::size_t byte_ = 0;
};

void PlaceReader::go_to_line(std::uint64_t line) {
  if (line == line_) return;
  line_ = line;
  content_ = snapshot_.line(line);
  is_utf8_ = valid_utf8_prefix(content_) == content_.size();
  utf16_column_ = 0;
  byte_ = 0;
}

/// False when the line, which is UTF-8, has no such column.
bool PlaceReader::go_to_column(std::uint64_t utf16_column) {
  if (utf16_column < utf16_column_) {
    utf16_column_ = 0;
    byte_ = 0;
  }
  while (byte_ < content_.size() && utf16_column_ < utf16_column) {
    const std::size_t size = utf8_size(content_[byte_]);
    utf16_column_ += size == 4 ? 2 : 1;
    byte_ += size;
  }
  return utf16_column_ == utf16_column;
}

Result<std::uint64_t> PlaceReader::byte_offset_of(const TextPosition& position,
                                                  std::uint64_t index) {
  const std::uint64_t line_count = snapshot_.line_count();
  if (position.line == line_count && position.utf16_column == 0) return snapshot_.byte_size();
  if (position.line >= line_count) {
    Error error = refusal(ErrorCode::line_out_of_range, index,
                          concat("names line ", position.line, ", but the text has ",
                                 count_of(line_count, "line"), " (0-based)"));
    if (position.line < kMaxCount) error.line = position.line + 1;
    error.limit = line_count;
    return std::unexpected(std::move(error));
  }
  go_to_line(position.line + 1);
  if (is_utf8_ && go_to_column(position.utf16_column)) {
    return snapshot_.byte_offset_of(line_) + byte_;
  }
  Error error = refusal(
      is_utf8_ ? ErrorCode::line_out_of_range : ErrorCode::malformed_text, index,
      concat("names column ", position.utf16_column, " of line ", position.line,
             is_utf8_ ? ", which is past its end or inside a character" : ", which is not UTF-8"));
  error.line = position.line + 1;
  return std::unexpected(std::move(error));
}

/// One of the two places of an edit.
struct EditPlace {
  TextPosition position;
  std::uint64_t index = 0;  ///< Of the edit as given.
  bool is_end = false;
};

Result<std::vector<ByteEdit>> to_bytes(const Snapshot& snapshot, std::span<const TextEdit> edits) {
  std::vector<EditPlace> places;
  places.reserve(2 * edits.size());
  std::optional<Error> first_error;  // Of the edit that comes first as given.
  for (std::uint64_t index = 0; index < edits.size(); ++index) {
    if (edits[index].end < edits[index].start) {
      first_error = refusal(ErrorCode::invalid_argument, index, "ends before it starts");
      break;
    }
    places.push_back({.position = edits[index].start, .index = index});
    places.push_back({.position = edits[index].end, .index = index, .is_end = true});
  }
  heap_sort(places, [](const EditPlace& place) {
    return std::tuple(place.position, place.index, place.is_end);
  });
  std::vector<ByteEdit> byte_edits(places.size() / 2);
  PlaceReader reader(snapshot);
  for (const EditPlace& place : places) {
    auto byte = reader.byte_offset_of(place.position, place.index);
    if (!byte) {
      // Of one edit the place that comes first is met first.
      if (!first_error || place.index < first_error->patch->index) {
        first_error = std::move(byte.error());
      }
      continue;
    }
    ByteEdit& edit = byte_edits[place.index];
    edit.index = place.index;
    (place.is_end ? edit.end : edit.begin) = *byte;
  }
  if (first_error) return std::unexpected(*std::move(first_error));

  heap_sort(byte_edits, [](const ByteEdit& edit) { return std::pair(edit.begin, edit.index); });
  for (std::size_t i = 1; i < byte_edits.size(); ++i) {
    const ByteEdit& above = byte_edits[i - 1];
    const ByteEdit& below = byte_edits[i];
    if (above.end <= below.begin) continue;
    Error error = refusal(ErrorCode::overlap, std::max(above.index, below.index),
                          concat("overlaps edits[", std::min(above.index, below.index), "]"));
    error.other = PatchRef{.index = std::min(above.index, below.index), .id = {}};
    return std::unexpected(std::move(error));
  }
  return byte_edits;
}

/// 1-based line in which the byte at `byte_offset` lies; line_count + 1 for the end of a text that
/// is terminated.
std::uint64_t line_at(const Snapshot& snapshot, std::uint64_t byte_offset) {
  std::uint64_t low = 1;
  std::uint64_t high = snapshot.line_count() + 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low + 1) / 2;
    if (snapshot.byte_offset_of(middle) <= byte_offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const bool at_unterminated_end =
      low == snapshot.line_count() + 1 && low > 1 && !snapshot.ends_with_terminator();
  return at_unterminated_end ? low - 1 : low;
}

/// Lines [line, end) become `text`; lines that stay the same are left out.
Result<void> add_patch(BatchBuilder& builder, const Snapshot& snapshot, std::uint64_t line,
                       std::uint64_t end, std::string_view text) {
  while (line < end && text.starts_with(snapshot.lines(line, line)) &&
         snapshot.lines(line, line).ends_with('\n')) {
    text.remove_prefix(snapshot.lines(line, line).size());
    ++line;
  }
  while (line < end && text.ends_with(snapshot.lines(end - 1, end - 1))) {
    const std::string_view rest =
        text.substr(0, text.size() - snapshot.lines(end - 1, end - 1).size());
    if (!rest.empty() && !rest.ends_with('\n')) break;
    text = rest;
    --end;
  }
  if (line == end && text.empty()) return {};
  return add_verbatim(builder, line, end - line, snapshot.lines(line, end - 1), text);
}

}  // namespace

Result<Batch> batch_of_text_edits(const Snapshot& snapshot, std::span<const TextEdit> edits) {
  const auto byte_edits = to_bytes(snapshot, edits);
  if (!byte_edits) return std::unexpected(byte_edits.error());
  BatchBuilder builder = unlimited_builder();
  builder.set_base({.fingerprint = snapshot.fingerprint(), .line_count = snapshot.line_count()});

  const std::uint64_t line_end = snapshot.line_count() + 1;
  for (std::size_t next = 0; next < byte_edits->size();) {
    // Edits that touch the same line or neighbours become one patch: what is left of one when
    // equal lines are taken off it may be an insert at the other's first line.
    const std::uint64_t first_line = line_at(snapshot, (*byte_edits)[next].begin);
    std::uint64_t end = first_line;
    std::uint64_t at = snapshot.byte_offset_of(first_line);
    std::string text;
    while (next < byte_edits->size() && line_at(snapshot, (*byte_edits)[next].begin) <= end + 1) {
      const ByteEdit& edit = (*byte_edits)[next++];
      text.append(snapshot.bytes().substr(at, edit.begin - at));
      text.append(edits[edit.index].new_text);
      at = edit.end;
      end = line_at(snapshot, edit.end);
    }
    end = std::min(end + 1, line_end);
    text.append(snapshot.bytes().substr(at, snapshot.byte_offset_of(end) - at));
    if (auto added = add_patch(builder, snapshot, first_line, end, text); !added) {
      return std::unexpected(std::move(added.error()));
    }
  }
  return builder.build();
}

}  // namespace firn
