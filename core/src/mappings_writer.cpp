#include "mappings_writer.h"

#include <array>
#include <cstring>

#include "firn/utf_sizes.h"

namespace firn {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// ";AA", two numbers of 64 bits, and what a short step writes past its end.
constexpr std::uint64_t kLongestLineStart = 3 + 2 * 13 + 8;
/// ",CAAC": a step of one unit. A longer step takes less for each of its units.
constexpr std::uint64_t kLongestOfUnit = 5;

/// Five bits a digit, the lowest first, the sign in the lowest bit of all.
constexpr char* write_vlq(std::int64_t number, char* out) {
  std::uint64_t rest = number < 0 ? (static_cast<std::uint64_t>(-number) << 1U) | 1U
                                  : static_cast<std::uint64_t>(number) << 1U;
  do {
    const std::uint64_t digit = rest & 31U;
    rest >>= 5U;
    *out++ = kBase64[digit | (rest != 0 ? 32U : 0U)];
  } while (rest != 0);
  return out;
}

/// A segment as far behind the last one in the base as in the result, on the same line.
constexpr char* write_step(std::int64_t utf16_units, char* out) {
  *out++ = ',';
  out = write_vlq(utf16_units, out);
  *out++ = 'A';
  *out++ = 'A';
  return write_vlq(utf16_units, out);
}

struct ShortStep {
  std::array<char, 8> text{};
  std::size_t size = 0;
};

/// The steps that are not rare, by their UTF-16 units.
consteval std::array<ShortStep, 64> short_steps() {
  std::array<ShortStep, 64> steps{};
  for (std::size_t units = 0; units < steps.size(); ++units) {
    char* const begin = steps[units].text.data();
    steps[units].size =
        static_cast<std::size_t>(write_step(static_cast<std::int64_t>(units), begin) - begin);
  }
  return steps;
}
constexpr std::array<ShortStep, 64> kShortSteps = short_steps();

/// What stands together for a reader: a boundary is where it changes, and at every `other`.
enum class Kind : std::uint8_t { word, blank, other };

consteval std::array<Kind, 256> kinds() {
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

class MappingsWriter {
 public:
  MappingsWriter(MapDetail detail, char* out) : detail_(detail), out_(out) {}

  /// Lines that a patch wrote come from nowhere.
  void add_written_lines(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      begin_line();
      *out_++ = 'A';
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
    constexpr std::string_view next = ";AACA";
    for (std::uint64_t i = 1; i < count; ++i) {
      std::memcpy(out_, next.data(), next.size());
      out_ += next.size();
    }
    base_line_ += static_cast<std::int64_t>(count - 1);
  }

  [[nodiscard]] char* end() const { return out_; }

 private:
  void begin_line() {
    if (!is_first_) *out_++ = ';';
    is_first_ = false;
  }

  void add_base_line(const Snapshot& base, std::uint64_t line) {
    begin_line();
    const auto index = static_cast<std::int64_t>(line) - 1;
    *out_++ = 'A';
    *out_++ = 'A';
    out_ = write_vlq(index - base_line_, out_);
    out_ = write_vlq(-base_utf16_column_, out_);
    base_line_ = index;
    base_utf16_column_ = 0;
    if (detail_ == MapDetail::boundary) add_boundaries(base.line(line));
  }

  void add_boundaries(std::string_view content) {
    if (content.empty()) return;
    Kind last = kKinds[static_cast<unsigned char>(content.front())];
    auto step = static_cast<std::int64_t>(utf16_size(content.front()));
    for (const char character : content.substr(1)) {
      const Kind kind = kKinds[static_cast<unsigned char>(character)];
      if (kind != last || kind == Kind::other) {
        add_step(step);
        step = 0;
      }
      last = kind;
      step += static_cast<std::int64_t>(utf16_size(character));
    }
  }

  void add_step(std::int64_t utf16_units) {
    base_utf16_column_ += utf16_units;
    if (utf16_units >= static_cast<std::int64_t>(kShortSteps.size())) {
      out_ = write_step(utf16_units, out_);
      return;
    }
    const ShortStep& step = kShortSteps[static_cast<std::size_t>(utf16_units)];
    std::memcpy(out_, step.text.data(), step.text.size());
    out_ += step.size;
  }

  MapDetail detail_;
  char* out_;
  bool is_first_ = true;
  std::int64_t base_line_ = 0;  ///< 0-based, as all numbers of a source map; of the last segment.
  std::int64_t base_utf16_column_ = 0;
};

}  // namespace

std::uint64_t max_mappings_size(const Patched& patched, MapDetail detail) noexcept {
  if (detail == MapDetail::boundary) {
    return kLongestLineStart * (patched.line_count() + 1) +
           kLongestOfUnit * patched.snapshot().byte_size();
  }
  const std::uint64_t runs = patched.plan().edits().size() + 1;
  return kLongestLineStart * runs + kLongestOfUnit * patched.line_count();
}

char* write_mappings(const Patched& patched, MapDetail detail, char* out) {
  const Snapshot& base = patched.snapshot();
  MappingsWriter writer(detail, out);
  std::uint64_t base_line = 1;
  std::uint64_t patched_line = 1;
  for (const Change& change : patched.changes()) {
    writer.add_base_lines(base, base_line, change.patched.from - patched_line);
    writer.add_written_lines(change.patched.line_count());
    base_line = change.base.to + 1;
    patched_line = change.patched.to + 1;
  }
  writer.add_base_lines(base, base_line, patched.line_count() + 1 - patched_line);
  return writer.end();
}

}  // namespace firn
