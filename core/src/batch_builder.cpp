#include <algorithm>
#include <cstring>
#include <utility>

#include "batch_storage.h"
#include "concat.h"
#include "firn/batch.h"
#include "firn/out_of_memory.h"
#include "quote.h"

namespace firn {

namespace {

/// A place in a string that still grows.
struct Slice {
  std::size_t begin = 0;
  std::size_t size = 0;

  [[nodiscard]] std::string_view in(const std::string& text) const {
    return std::string_view(text).substr(begin, size);
  }
};

/// Where the views of a patch will point once nothing moves any more.
struct Slices {
  Slice text;
  Slice id;
  Slice expect;
};

/// Appends `text` with every line ended by LF: a CR before a LF belongs to the terminator and is
/// dropped, and a last line without LF gets one. Returns how many lines that makes.
std::uint64_t append_canonical(std::string& out, std::string_view text) {
  std::uint64_t line_count = 0;
  do {
    const auto line_break = text.find('\n');
    const bool terminated = line_break != std::string_view::npos;
    std::string_view line = text.substr(0, line_break);
    text.remove_prefix(terminated ? line_break + 1 : text.size());
    if (terminated && line.ends_with('\r')) line.remove_suffix(1);
    out.append(line);
    out += '\n';
    ++line_count;
  } while (!text.empty());
  return line_count;
}

/// Appends each line, ended by LF: the string grows once.
void append_lines(std::string& out, std::span<const std::string_view> lines) {
  std::size_t size = out.size() + lines.size();
  for (const std::string_view line : lines) size += line.size();
  const std::size_t old_size = out.size();
  out.resize_and_overwrite(size, [&](char* text, std::size_t) {
    char* end = text + old_size;
    for (const std::string_view line : lines) {
      end = std::ranges::copy(line, end).out;
      *end++ = '\n';
    }
    return size;
  });
}

/// Two patches of one id could not be told apart in a report.
Result<void> check_ids(const std::vector<Patch>& patches) {
  std::vector<std::uint32_t> named;
  for (std::uint32_t index = 0; index < patches.size(); ++index) {
    if (!patches[index].id.empty()) named.push_back(index);
  }
  const auto id_of = [&](std::uint32_t index) { return patches[index].id; };
  std::ranges::sort(named, [&](std::uint32_t a, std::uint32_t b) {
    const int order = id_of(a).compare(id_of(b));
    return order != 0 ? order < 0 : a < b;
  });
  std::optional<std::pair<std::uint32_t, std::uint32_t>> first;
  for (std::size_t i = 1; i < named.size(); ++i) {
    if (id_of(named[i - 1]) != id_of(named[i])) continue;
    if (!first || named[i] < first->second) first = {named[i - 1], named[i]};
  }
  if (!first) return {};
  const PatchRef ref{.index = first->second, .id = std::string(id_of(first->second))};
  const PatchRef other{.index = first->first, .id = ref.id};
  return std::unexpected(Error{.code = ErrorCode::malformed_batch,
                               .message = concat(name_of(ref), " has the id of patches[",
                                                 other.index, "]; ids name one patch each"),
                               .patch = ref,
                               .other = other});
}

/// Appends `text` as it is. So that the next patch begins a line of the store, a last line without
/// LF gets one that does not belong to the text; returns how many bytes that were.
std::size_t append_verbatim(std::string& out, std::string_view text, std::uint64_t& line_count) {
  out.append(text);
  line_count = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
  if (text.empty() || text.back() == '\n') return 0;
  out += '\n';
  ++line_count;
  return 1;
}

Error id_too_long(std::string_view whose, std::string_view id) {
  return {.code = ErrorCode::limit_exceeded,
          .message = concat(whose, " has ", id.size(), " bytes, the limit is ", kMaxIdBytes),
          .limit = kMaxIdBytes};
}

Error patch_id_too_long(std::string_view id) {
  return id_too_long(concat("the id ", quoted(id)), id);
}

}  // namespace

struct BatchBuilder::Parts {
  explicit Parts(const Limits& batch_limits) : limits(batch_limits) {
    // Patches are numbered in 32 bits.
    limits.patches = std::min<std::uint64_t>(limits.patches, 0xFFFFFFFF);
  }

  Limits limits;
  Batch::Storage storage;
  std::vector<Slices> slices;
  std::uint64_t text_line_count = 0;

  [[nodiscard]] Error malformed(const PatchSpec& spec, std::string_view message) const;
  [[nodiscard]] Error limit(std::string_view noun, std::string_view of_what,
                            std::uint64_t bound) const;
  [[nodiscard]] Result<void> check_shape(const PatchSpec& spec) const;
  [[nodiscard]] Result<void> check_lines(const PatchSpec& spec) const;
  void append_text(const PatchSpec& spec, Patch& patch, Slices& slice);
  [[nodiscard]] bool has_room_for_patch() const { return storage.patches.size() < limits.patches; }
  [[nodiscard]] bool has_room_for_lines(std::uint64_t text_lines) const {
    return text_lines <= limits.text_lines - text_line_count;
  }
  [[nodiscard]] Error too_many_patches() const { return limit("patch", "", limits.patches); }
  [[nodiscard]] Error too_many_lines() const {
    return limit("line", " of new text", limits.text_lines);
  }
  [[nodiscard]] Slice append_quote(std::string_view text);
};

/// A patch under way: what is not kept was never begun, whether the patch is refused or the memory
/// ends in the middle of it.
class BatchBuilder::Unfinished {
 public:
  explicit Unfinished(Parts& parts)
      : parts_(parts),
        patch_count_(parts.slices.size()),
        text_size_(parts.storage.text.size()),
        quotes_size_(parts.storage.quotes.size()),
        text_line_count_(parts.text_line_count) {}
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  ~Unfinished() {
    if (is_kept_) return;
    Batch::Storage& storage = parts_.storage;
    if (storage.patches.size() > patch_count_) storage.patches.pop_back();
    if (parts_.slices.size() > patch_count_) parts_.slices.pop_back();
    storage.text.resize(text_size_);
    storage.quotes.resize(quotes_size_);
    parts_.text_line_count = text_line_count_;
  }

  void keep() { is_kept_ = true; }

 private:
  Parts& parts_;
  std::size_t patch_count_;
  std::size_t text_size_;
  std::size_t quotes_size_;
  std::uint64_t text_line_count_;
  bool is_kept_ = false;
};

Slice BatchBuilder::Parts::append_quote(std::string_view text) {
  const Slice slice{.begin = storage.quotes.size(), .size = text.size()};
  storage.quotes.append(text);
  return slice;
}

Error BatchBuilder::Parts::malformed(const PatchSpec& spec, std::string_view message) const {
  const PatchRef ref{.index = storage.patches.size(), .id = std::string(spec.id.value_or(""))};
  return {.code = ErrorCode::malformed_batch,
          .message = concat(name_of(ref), " ", message),
          .patch = ref};
}

Error BatchBuilder::Parts::limit(std::string_view noun, std::string_view of_what,
                                 std::uint64_t bound) const {
  return {.code = ErrorCode::limit_exceeded,
          .message = concat("the batch holds more than ", count_of(bound, noun), of_what),
          .limit = bound};
}

Result<void> BatchBuilder::Parts::check_lines(const PatchSpec& spec) const {
  if (spec.line < 1 || spec.line > kMaxCount) {
    return std::unexpected(
        malformed(spec, concat("has line ", spec.line, "; lines go from 1 to ", kMaxCount)));
  }
  if (!spec.end_line) return {};
  if (spec.op == Op::insert_lines) {
    return std::unexpected(malformed(spec, "is an insert with an endLine; an insert has one line"));
  }
  if (*spec.end_line < spec.line) {
    return std::unexpected(malformed(
        spec, concat("has endLine ", *spec.end_line, ", which comes before its line ", spec.line)));
  }
  if (*spec.end_line > kMaxCount) {
    return std::unexpected(malformed(
        spec, concat("has endLine ", *spec.end_line, "; lines go from 1 to ", kMaxCount)));
  }
  return {};
}

Result<void> BatchBuilder::Parts::check_shape(const PatchSpec& spec) const {
  if (spec.id && spec.id->size() > kMaxIdBytes) {
    return std::unexpected(patch_id_too_long(*spec.id));
  }
  if (spec.id && spec.id->empty()) {
    return std::unexpected(malformed(spec, "has an empty id; leave it out or name it"));
  }
  if (auto checked = check_lines(spec); !checked) return checked;
  if (spec.verbatim && spec.lines) {
    return std::unexpected(
        malformed(spec, "has verbatim lines; lines have no terminators of their own, text has"));
  }
  if (spec.op == Op::delete_lines) {
    if (spec.text || spec.lines) {
      return std::unexpected(malformed(spec, "is a delete with new text; a delete takes none"));
    }
    return {};
  }
  if (spec.text.has_value() == spec.lines.has_value()) {
    return std::unexpected(malformed(
        spec, concat("is ", spec.op == Op::insert_lines ? "an " : "a ", name_of(spec.op),
                     " and needs text or lines, ", spec.text ? "not both" : "one of them")));
  }
  if (!spec.lines) return {};
  const auto broken = std::ranges::find_if(
      *spec.lines, [](std::string_view line) { return line.find('\n') != std::string_view::npos; });
  if (broken == spec.lines->end()) return {};
  return std::unexpected(
      malformed(spec, concat("has a line break inside lines[", broken - spec.lines->begin(), "]")));
}

/// REQUIRES that nothing is wrong with its shape.
void BatchBuilder::Parts::append_text(const PatchSpec& spec, Patch& patch, Slices& slice) {
  slice.text.begin = storage.text.size();
  patch.first_text_line = text_line_count;
  std::size_t padding = 0;
  if (spec.text && spec.verbatim) {
    padding = append_verbatim(storage.text, *spec.text, patch.text_line_count);
  } else if (spec.text) {
    patch.text_line_count = append_canonical(storage.text, *spec.text);
    patch.written_with_crlf = spec.text->find("\r\n") != std::string_view::npos;
  } else if (spec.lines) {
    append_lines(storage.text, *spec.lines);
    patch.text_line_count = spec.lines->size();
  }
  slice.text.size = storage.text.size() - slice.text.begin - padding;
}

BatchBuilder::BatchBuilder(const Limits& limits) : limits_(limits) {}
BatchBuilder::~BatchBuilder() = default;
BatchBuilder::BatchBuilder(BatchBuilder&&) noexcept = default;
BatchBuilder& BatchBuilder::operator=(BatchBuilder&&) noexcept = default;

BatchBuilder::Parts& BatchBuilder::parts() {
  if (!parts_) parts_ = std::make_shared<Parts>(limits_);
  return *parts_;
}

void BatchBuilder::reserve(std::size_t patch_count, std::size_t text_bytes) {
  Parts& parts = this->parts();
  parts.storage.patches.reserve(patch_count);
  parts.slices.reserve(patch_count);
  parts.storage.text.reserve(text_bytes);
}

void BatchBuilder::set_id(std::string_view id) { parts().storage.id = id; }
void BatchBuilder::set_file(std::string_view file) { parts().storage.file = file; }
void BatchBuilder::set_base(const Base& base) { parts().storage.base = base; }
void BatchBuilder::set_revision(std::uint64_t revision) { parts().storage.revision = revision; }

Result<void> BatchBuilder::add(const PatchSpec& spec) {
  Parts& parts = this->parts();
  Batch::Storage& storage = parts.storage;
  if (!parts.has_room_for_patch()) return std::unexpected(parts.too_many_patches());
  if (auto checked = parts.check_shape(spec); !checked) return checked;

  Unfinished unfinished(parts);
  // Filled where they stay: copying what has just been written in pieces stalls the processor.
  Patch& patch = storage.patches.emplace_back();
  Slices& slice = parts.slices.emplace_back();
  patch.line = spec.line;
  patch.end_line = spec.end_line.value_or(spec.line);
  patch.op = spec.op;
  patch.verbatim = spec.verbatim;
  parts.append_text(spec, patch, slice);
  if (!parts.has_room_for_lines(patch.text_line_count)) {
    return std::unexpected(parts.too_many_lines());
  }
  parts.text_line_count += patch.text_line_count;
  if (spec.id) slice.id = parts.append_quote(*spec.id);
  if (spec.expect) {
    slice.expect.begin = storage.quotes.size();
    append_canonical(storage.quotes, *spec.expect);
    slice.expect.size = storage.quotes.size() - slice.expect.begin;
    patch.expect.emplace();
  }
  unfinished.keep();
  return {};
}

Result<void> BatchBuilder::add_copy(const Patch& patch, std::string_view id) {
  if (id.size() > kMaxIdBytes) return std::unexpected(patch_id_too_long(id));
  Parts& parts = this->parts();
  if (!parts.has_room_for_patch()) return std::unexpected(parts.too_many_patches());
  if (!parts.has_room_for_lines(patch.text_line_count)) {
    return std::unexpected(parts.too_many_lines());
  }
  Batch::Storage& storage = parts.storage;
  Unfinished unfinished(parts);
  Patch copy = patch;
  Slices slices;
  copy.first_text_line = parts.text_line_count;
  slices.text = {.begin = storage.text.size(), .size = patch.text.size()};
  storage.text.append(patch.text);
  // The next patch begins a line of the store.
  if (!patch.text.empty() && !patch.text.ends_with('\n')) storage.text += '\n';
  parts.text_line_count += patch.text_line_count;
  slices.id = parts.append_quote(id);
  if (patch.expect) slices.expect = parts.append_quote(*patch.expect);
  storage.patches.push_back(copy);
  parts.slices.push_back(slices);
  unfinished.keep();
  return {};
}

Result<Batch> BatchBuilder::build() {
  Batch::Storage& storage = parts().storage;
  const std::shared_ptr<Parts> made = std::exchange(parts_, nullptr);
  // Nothing moves any more.
  for (std::size_t i = 0; i < made->slices.size(); ++i) {
    const Slices& slices = made->slices[i];
    Patch& patch = storage.patches[i];
    patch.text = slices.text.in(storage.text);
    patch.id = slices.id.in(storage.quotes);
    if (patch.expect) patch.expect = slices.expect.in(storage.quotes);
  }
  made->slices = {};
  if (storage.id.size() > kMaxIdBytes) {
    return std::unexpected(id_too_long("the batch's id", storage.id));
  }
  if (auto checked = check_ids(storage.patches); !checked) return std::unexpected(checked.error());
  auto index = LineIndex::build(storage.text);
  if (!index) return std::unexpected(out_of_memory("the batch", storage.text.size()));
  storage.text_index = *std::move(index);
  return Batch(std::shared_ptr<const Batch::Storage>(made, &storage));
}

}  // namespace firn
