#include "firn/source_map.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "concat.h"
#include "firn/out_of_memory.h"
#include "json_writer.h"
#include "utf8.h"

namespace firn {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// ECMA-426, 5.1: five bits a digit, the lowest first, the sign in the lowest bit of all.
void append_vlq(std::string& out, std::int64_t number) {
  std::uint64_t rest = number < 0 ? (static_cast<std::uint64_t>(-number) << 1U) | 1U
                                  : static_cast<std::uint64_t>(number) << 1U;
  do {
    const std::uint64_t digit = rest & 31U;
    rest >>= 5U;
    out += kBase64[digit | (rest != 0 ? 32U : 0U)];
  } while (rest != 0);
}

/// What stands together for a reader: a boundary is where it changes, and at every `other`.
enum class Kind : std::uint8_t { word, blank, other };

constexpr std::array<Kind, 256> kinds() {
  std::array<Kind, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const bool is_digit = byte >= '0' && byte <= '9';
    const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    const bool is_word = is_digit || is_letter || byte == '_' || byte == '$' || byte >= 0x80;
    const bool is_blank = byte == ' ' || byte == '\t' || byte == '\r';
    table[byte] = is_word ? Kind::word : is_blank ? Kind::blank : Kind::other;
  }
  return table;
}
constexpr std::array<Kind, 256> kKinds = kinds();

/// UTF-16 code units that a character's first byte stands for; the bytes behind it stand for none.
std::int64_t utf16_units(unsigned char byte) {
  if (byte >= 0xF0) return 2;
  return (byte & 0xC0U) == 0x80U ? 0 : 1;
}

/// Writes "mappings", patched line after patched line.
class MappingsWriter {
 public:
  explicit MappingsWriter(MapDetail detail) : detail_(detail) {}

  /// Lines that a patch wrote come from nowhere.
  void add_written_lines(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      begin_line();
      out_ += 'A';
    }
  }

  /// Lines of the base as they are.
  void add_base_lines(const Snapshot& base, std::uint64_t first, std::uint64_t count) {
    if (count == 0) return;
    add_base_line(base, first);
    if (detail_ == MapDetail::boundary) {
      for (std::uint64_t i = 1; i < count; ++i) add_base_line(base, first + i);
      return;
    }
    // Column 0 of the next line, in the same file, one line down.
    for (std::uint64_t i = 1; i < count; ++i) out_ += ";AACA";
    base_line_ += static_cast<std::int64_t>(count - 1);
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void begin_line() {
    if (!is_first_) out_ += ';';
    is_first_ = false;
  }

  void add_base_line(const Snapshot& base, std::uint64_t line) {
    begin_line();
    const auto index = static_cast<std::int64_t>(line) - 1;
    out_ += "AA";
    append_vlq(out_, index - base_line_);
    append_vlq(out_, -base_utf16_column_);
    base_line_ = index;
    base_utf16_column_ = 0;
    if (detail_ == MapDetail::boundary) add_boundaries(base.line(line));
  }

  /// Both columns go along together, so that each segment says the same step twice.
  void add_boundaries(std::string_view content) {
    if (content.empty()) return;
    Kind last = kKinds[static_cast<unsigned char>(content.front())];
    std::int64_t step = 0;
    for (const char character : content) {
      const auto byte = static_cast<unsigned char>(character);
      const Kind kind = kKinds[byte];
      if (step != 0 && (kind != last || kind == Kind::other)) {
        out_ += ',';
        append_vlq(out_, step);
        out_ += "AA";
        append_vlq(out_, step);
        base_utf16_column_ += step;
        step = 0;
      }
      last = kind;
      step += utf16_units(byte);
    }
  }

  MapDetail detail_;
  std::string out_;
  bool is_first_ = true;
  std::int64_t base_line_ = 0;  ///< 0-based, as all numbers of a source map; of the last segment.
  std::int64_t base_utf16_column_ = 0;
};

std::string mappings_of(const Patched& patched, MapDetail detail) {
  const Snapshot& base = patched.snapshot();
  MappingsWriter writer(detail);
  std::uint64_t base_line = 1;
  std::uint64_t patched_line = 1;
  for (const Change& change : patched.changes()) {
    writer.add_base_lines(base, base_line, change.patched.from - patched_line);
    writer.add_written_lines(change.patched.line_count());
    base_line = change.base.to + 1;
    patched_line = change.patched.to + 1;
  }
  writer.add_base_lines(base, base_line, patched.line_count() + 1 - patched_line);
  return writer.take();
}

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

}  // namespace

Result<Bytes> source_map(const Patched& patched, const SourceMapStyle& style) {
  const Snapshot& base = patched.snapshot();
  if (auto checked = check_utf8(base); !checked) return std::unexpected(std::move(checked.error()));
  JsonWriter json;
  json.begin_object().key("version").value(3);
  if (!style.file.empty()) json.key("file").value(style.file);
  json.key("sources").begin_array();
  json.value(style.source.empty() ? patched.batch().file() : style.source).end_array();
  if (style.with_content) {
    json.key("sourcesContent").begin_array().value(base.bytes()).end_array();
  }
  json.key("names").begin_array().end_array();
  json.key("mappings").value(mappings_of(patched, style.detail)).end_object();
  const std::string text = json.take();
  auto out = Bytes::copy_of(text);
  if (!out) return std::unexpected(out_of_memory("the source map", text.size()));
  return *std::move(out);
}

}  // namespace firn
