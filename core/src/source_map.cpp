#include "firn/source_map.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "concat.h"
#include "firn/out_of_memory.h"
#include "json_escape.h"
#include "json_writer.h"
#include "mappings_writer.h"
#include "utf8.h"

namespace firn {

namespace {

Result<void> check_utf8(const Snapshot& base) {
  const std::size_t valid = valid_utf8_prefix(base.bytes());
  if (valid == base.byte_size()) return {};
  std::uint64_t line = 1;
  while (base.byte_offset_of(line + 1) <= valid) ++line;
  return std::unexpected(Error{
      .code = ErrorCode::malformed_text,
      .message = concat("line ", line, " is not UTF-8, so no source map can tell its columns"),
      .line = line});
}

Result<Bytes> allocate(std::uint64_t byte_count, std::string_view what) {
  if (byte_count <= std::numeric_limits<std::size_t>::max()) {
    if (auto out = Bytes::allocate(static_cast<std::size_t>(byte_count))) return *std::move(out);
  }
  return std::unexpected(out_of_memory(what, byte_count));
}

char* write(std::string_view text, char* out) { return text.copy(out, text.size()) + out; }

/// All before the text of the base, or where it would be.
std::string head_of(const Patched& patched, const SourceMapStyle& style) {
  JsonWriter json;
  json.begin_object().key("version").value(3);
  if (!style.file.empty()) json.key("file").value(style.file);
  json.key("sources").begin_array();
  json.value(style.source.empty() ? patched.batch().file() : style.source).end_array();
  return json.take();
}

}  // namespace

Result<Bytes> source_map(const Patched& patched, const SourceMapStyle& style) {
  constexpr std::string_view before_content = R"(,"sourcesContent":[")";
  constexpr std::string_view after_content = R"("])";
  constexpr std::string_view before_mappings = R"(,"names":[],"mappings":")";
  constexpr std::string_view end = R"("})";
  const Snapshot& base = patched.snapshot();
  if (style.with_content || style.detail == MapDetail::boundary) {
    if (auto checked = check_utf8(base); !checked) return std::unexpected(checked.error());
  }
  const std::string head = head_of(patched, style);
  const std::string_view content = style.with_content ? base.bytes() : std::string_view{};
  Result<Bytes> out = allocate(head.size() + before_content.size() + max_escaped_size(content) +
                                   after_content.size() + before_mappings.size() +
                                   max_mappings_size(patched, style.detail) + end.size(),
                               "the source map");
  if (!out) return out;
  char* at = write(head, out->data());
  if (style.with_content) {
    at = write_escaped(content, write(before_content, at));
    at = write(after_content, at);
  }
  at = write_mappings(patched, style.detail, write(before_mappings, at));
  at = write(end, at);
  out->truncate(static_cast<std::size_t>(at - out->data()));
  return out;
}

Result<Bytes> mappings(const Patched& patched, MapDetail detail) {
  if (detail == MapDetail::boundary) {
    if (auto checked = check_utf8(patched.snapshot()); !checked) {
      return std::unexpected(checked.error());
    }
  }
  Result<Bytes> out = allocate(max_mappings_size(patched, detail), "the mappings");
  if (!out) return out;
  const char* end = write_mappings(patched, detail, out->data());
  out->truncate(static_cast<std::size_t>(end - out->data()));
  return out;
}

}  // namespace firn
