#include "firn/patched.h"

#include <algorithm>
#include <cstring>
#include <ranges>
#include <utility>

#include "firn/out_of_memory.h"
#include "line_walk.h"

namespace firn {

namespace {

template <typename Visit>
void for_each_line(const Plan& plan, LineRange range, Visit visit) {
  LineWalk walk(plan, range.from);
  for (std::uint64_t line = range.from; line <= range.to; ++line) {
    visit(walk);
    walk.advance();
  }
}

}  // namespace

Patched::Patched(Plan plan) : Patched(std::move(plan), 0, {}, 0) {}

Patched::Patched(Plan plan, std::uint64_t revision, std::vector<Error> failed,
                 double normalize_microseconds)
    : plan_(std::move(plan)), revision_(revision), normalize_microseconds_(normalize_microseconds) {
  if (!failed.empty()) failed_ = std::make_shared<const std::vector<Error>>(std::move(failed));
}

std::span<const Error> Patched::failed() const noexcept {
  if (!failed_) return {};
  return *failed_;
}

std::uint64_t Patched::applied_count() const noexcept {
  return batch().patches().size() - failed().size();
}

void Patched::write_to(std::span<char> out) const noexcept {
  const std::string_view base = snapshot().bytes();
  char* write_end = out.data() + out.size();
  const auto put = [&](std::string_view piece) {
    if (piece.empty()) return;
    write_end -= piece.size();
    std::memcpy(write_end, piece.data(), piece.size());
  };
  std::uint64_t base_end = base.size();
  for (const Edit& edit : plan_.edits()) {
    put(base.substr(edit.end, base_end - edit.end));
    put(edit.text);
    base_end = edit.begin;
  }
  put(base.substr(0, base_end));
}

Result<Bytes> Patched::bytes() const {
  auto out = Bytes::allocate(static_cast<std::size_t>(byte_size()));
  if (!out) return std::unexpected(out_of_memory("the patched text", byte_size()));
  write_to({out->data(), out->size()});
  return *std::move(out);
}

Fingerprint Patched::fingerprint() const noexcept {
  FingerprintStream stream;
  const std::string_view base = snapshot().bytes();
  std::uint64_t base_begin = 0;
  for (const Edit& edit : plan_.edits() | std::views::reverse) {
    stream.add(base.substr(base_begin, edit.begin - base_begin));
    stream.add(edit.text);
    base_begin = edit.end;
  }
  stream.add(base.substr(base_begin));
  return stream.finish();
}

Patched::LineParts Patched::line_parts(std::uint64_t line) const noexcept {
  return LineWalk(plan_, line).parts();
}

std::string_view Patched::line(std::uint64_t line) const noexcept {
  return line_parts(line).content;
}

Result<Bytes> Patched::lines(LineRange range) const {
  std::size_t size = 0;
  for_each_line(plan_, range,
                [&](const LineWalk& walk) { size += walk.parts().content.size() + 1; });
  auto out = Bytes::allocate(size);
  if (!out) return std::unexpected(out_of_memory("the lines", size));
  char* write = out->data();
  for_each_line(plan_, range, [&](const LineWalk& walk) {
    const std::string_view content = walk.parts().content;
    write = std::ranges::copy(content, write).out;
    *write++ = '\n';
  });
  return *std::move(out);
}

Result<Bytes> lines_of(const Snapshot& snapshot, LineRange range) {
  return Patched(Plan(snapshot)).lines(range);
}

std::vector<Origin> Patched::provenance(LineRange range) const {
  std::vector<Origin> origins;
  origins.reserve(range.line_count());
  for_each_line(plan_, range, [&](const LineWalk& walk) {
    if (const Edit* edit = walk.writer()) {
      origins.push_back({.base_line = {}, .patch_index = edit->patch_index});
    } else {
      origins.push_back({.base_line = walk.base_line(), .patch_index = {}});
    }
  });
  return origins;
}

std::optional<std::uint64_t> Patched::unmap_line(std::uint64_t line) const noexcept {
  const LineWalk walk(plan_, line);
  if (walk.writer() != nullptr) return std::nullopt;
  return walk.base_line();
}

std::optional<std::uint64_t> Patched::map_line(std::uint64_t base_line) const noexcept {
  const std::span<const Edit> edits = plan_.edits();
  const auto edit = std::ranges::partition_point(
      edits, [&](const Edit& later) { return later.base_line > base_line; });
  if (edit == edits.end()) return base_line;
  const std::uint64_t base_end = edit->base_line + edit->base_line_count;
  if (base_line < base_end) return std::nullopt;
  return edit->patched_line + edit->text_line_count + (base_line - base_end);
}

std::vector<Change> Patched::changes() const {
  std::vector<Change> changes;
  changes.reserve(plan_.edits().size());
  for (const Edit& edit : plan_.edits() | std::views::reverse) changes.push_back(change_of(edit));
  return changes;
}

Change change_of(const Edit& edit) noexcept {
  return {
      .patch_index = edit.patch_index,
      .base = {.from = edit.base_line, .to = edit.base_line + edit.base_line_count - 1},
      .patched = {.from = edit.patched_line, .to = edit.patched_line + edit.text_line_count - 1}};
}

}  // namespace firn
