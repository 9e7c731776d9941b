#include "firn/read_text_edits.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "firn/text_edits.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::ErrorCode;
using firn::Snapshot;
using firn::TextEdit;
using firn::TextPosition;

/// How long a character is by its first byte. REQUIRES UTF-8.
std::size_t byte_count_of(char first) {
  const auto lead = static_cast<unsigned char>(first);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// The byte of a place, found character by character; nothing where there is none.
std::optional<std::size_t> byte_of(const Snapshot& text, TextPosition place) {
  if (place.line == text.line_count() && place.utf16_column == 0) return text.byte_size();
  if (place.line >= text.line_count()) return std::nullopt;
  const std::string_view content = text.line(place.line + 1);
  std::uint64_t column = 0;
  std::size_t byte = 0;
  while (column < place.utf16_column && byte < content.size()) {
    const std::size_t size = byte_count_of(content[byte]);
    byte += size;
    column += size == 4 ? 2 : 1;
  }
  if (column != place.utf16_column) return std::nullopt;
  return text.byte_offset_of(place.line + 1) + byte;
}

struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t index = 0;
};

/// The splices of bytes that the edits are, in the protocol's order; nothing where one of them has
/// no place.
std::optional<std::vector<Splice>> splices_of(const Snapshot& text,
                                              std::span<const TextEdit> edits) {
  std::vector<Splice> splices;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const auto begin = byte_of(text, edits[i].start);
    const auto end = byte_of(text, edits[i].end);
    if (!begin || !end || edits[i].end < edits[i].start) return std::nullopt;
    splices.push_back({.begin = *begin, .end = *end, .index = i});
  }
  std::ranges::sort(splices, {},
                    [](const Splice& splice) { return std::pair(splice.begin, splice.index); });
  return splices;
}

/// What splicing gives; nothing where splices overlap.
std::optional<std::string> spliced(std::string_view text, std::span<const TextEdit> edits,
                                   const std::vector<Splice>& splices) {
  std::string result;
  std::size_t at = 0;
  for (const Splice& splice : splices) {
    if (splice.begin < at) return std::nullopt;
    result.append(text, at, splice.begin - at).append(edits[splice.index].new_text);
    at = splice.end;
  }
  return result.append(text, at);
}

void must_do_what_splicing_does(const Snapshot& text, std::span<const TextEdit> edits) {
  const auto batch = firn::batch_of_text_edits(text, edits);
  const auto splices = splices_of(text, edits);
  const auto expected = splices ? spliced(text.bytes(), edits, *splices) : std::nullopt;
  must(batch.has_value() == expected.has_value(),
       "edits with a place each, that do not overlap, and no others are a batch",
       batch ? "" : batch.error().message);
  if (batch) {
    must(result_of(text, *batch).bytes() == *expected, "a batch of edits does what splicing does");
    return;
  }
  must(batch.error().patch && batch.error().patch->index < edits.size(), "the edit is told");
  must(!splices || batch.error().code == ErrorCode::overlap, "what overlaps is said to");
}

}  // namespace

/// Texts: the text, and the edits as JSON.
void read_text_edits(std::string_view bytes) {
  const Input input(bytes);
  const auto edits = firn::read_text_edits(input.text(1));
  if (!edits) {
    must_be_an_error_about(input.text(1), edits.error());
    return;
  }
  must(is_json(input.text(1)).value_or(true), "nothing is read that is no JSON");
  const Snapshot text = frozen(input.text(0));
  // Lines that are not UTF-8 have no columns.
  if (is_utf8(text.bytes())) {
    must_do_what_splicing_does(text, edits->edits());
  } else if (const auto batch = firn::batch_of_text_edits(text, edits->edits())) {
    static_cast<void>(result_of(text, *batch));
  }
}

}  // namespace firn_test::fuzz
