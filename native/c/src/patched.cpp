#include "firn/patched.h"

#include <algorithm>
#include <ranges>

#include "convert.h"
#include "firn.h"
#include "firn/to_json.h"

using namespace firn::c;

namespace {

constexpr const char* kNull = "the patched text or the result pointer is NULL";

}  // namespace

void firn_patched_free(firn_patched* patched) { delete patched; }

uint64_t firn_patched_byte_size(const firn_patched* patched) {
  return patched == nullptr ? 0 : patched->value.byte_size();
}

uint64_t firn_patched_line_count(const firn_patched* patched) {
  return patched == nullptr ? 0 : patched->value.line_count();
}

uint64_t firn_patched_revision(const firn_patched* patched) {
  return patched == nullptr ? 0 : patched->value.revision();
}

uint64_t firn_patched_applied_count(const firn_patched* patched) {
  return patched == nullptr ? 0 : patched->value.applied_count();
}

size_t firn_patched_failed_count(const firn_patched* patched) {
  return patched == nullptr ? 0 : patched->failed.size();
}

const firn_error* firn_patched_failed(const firn_patched* patched, size_t index) {
  return index < firn_patched_failed_count(patched) ? &patched->failed[index] : nullptr;
}

firn_code firn_patched_bytes(const firn_patched* patched, firn_buffer* bytes,
                             firn_error** error) try {
  clear(bytes);
  if (patched == nullptr || bytes == nullptr) return invalid_argument(error, kNull);
  return give(bytes, patched->value.bytes(), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_write_to(const firn_patched* patched, char* memory, size_t size,
                                firn_error** error) try {
  if (patched == nullptr) return invalid_argument(error, kNull);
  if (memory == nullptr && size != 0) {
    return invalid_argument(error, "the memory is NULL, but has a size");
  }
  const uint64_t byte_size = patched->value.byte_size();
  if (size < byte_size) {
    return invalid_argument(error, "memory of " + std::to_string(size) +
                                       " bytes is too small for a text of " +
                                       std::to_string(byte_size));
  }
  patched->value.write_to({memory, static_cast<size_t>(byte_size)});
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_patched_fingerprint(const firn_patched* patched, char hex[FIRN_FINGERPRINT_CHARS]) {
  if (hex == nullptr) return;
  hex[0] = '\0';
  if (patched != nullptr) write_hex(patched->value.fingerprint(), hex);
}

firn_code firn_patched_line(const firn_patched* patched, uint64_t line, firn_view* content,
                            firn_view* terminator, firn_error** error) try {
  clear(content);
  clear(terminator);
  if (patched == nullptr) return invalid_argument(error, kNull);
  const firn::Patched& value = patched->value;
  if (line < 1 || line > value.line_count()) return no_such_line(error, line, value.line_count());
  const auto parts = value.line_parts(line);
  if (content != nullptr) *content = to_view(parts.content);
  if (terminator != nullptr) *terminator = to_view(parts.terminator);
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_lines(const firn_patched* patched, uint64_t from, uint64_t to,
                             firn_buffer* text, firn_error** error) try {
  clear(text);
  if (patched == nullptr || text == nullptr) return invalid_argument(error, kNull);
  const firn::Patched& value = patched->value;
  if (const auto code = check_range(error, from, to, value.line_count()); code != FIRN_OK) {
    return code;
  }
  return give(text, value.lines({.from = from, .to = to}), error);
} catch (const std::exception&) {
  return no_memory(error);
}

size_t firn_patched_changes(const firn_patched* patched, firn_change* changes, size_t capacity) {
  if (patched == nullptr) return 0;
  const auto convert = [&](const firn::Edit& edit) -> firn_change {
    const firn::Change change = firn::change_of(edit);
    return {.patch = ref_of(patched->value.batch(), change.patch_index),
            .base = to_range(change.base),
            .patched = to_range(change.patched)};
  };
  const auto ascending = patched->value.plan().edits() | std::views::reverse;
  return list(ascending, changes, capacity, convert);
}

firn_code firn_patched_changes_json(const firn_patched* patched, firn_buffer* json,
                                    firn_error** error) try {
  clear(json);
  if (patched == nullptr || json == nullptr) return invalid_argument(error, kNull);
  return give(json, changes_json(patched->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_provenance(const firn_patched* patched, uint64_t from, uint64_t to,
                                  firn_origin* origins, size_t capacity, firn_error** error) try {
  if (patched == nullptr) return invalid_argument(error, kNull);
  const firn::Patched& value = patched->value;
  if (const auto code = check_range(error, from, to, value.line_count()); code != FIRN_OK) {
    return code;
  }
  const firn::LineRange range{.from = from, .to = to};
  if (capacity < range.line_count() || (origins == nullptr && range.line_count() != 0)) {
    return invalid_argument(error, "room for " + std::to_string(origins == nullptr ? 0 : capacity) +
                                       " origins is too small for " +
                                       std::to_string(range.line_count()) + " lines");
  }
  const auto all = value.provenance(range);
  std::ranges::transform(all, origins, [&](const firn::Origin& origin) -> firn_origin {
    if (origin.base_line) return {.base_line = *origin.base_line, .patch = {0, to_view("")}};
    return {.base_line = 0, .patch = ref_of(value.batch(), *origin.patch_index)};
  });
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_provenance_json(const firn_patched* patched, uint64_t from, uint64_t to,
                                       firn_buffer* json, firn_error** error) try {
  clear(json);
  if (patched == nullptr || json == nullptr) return invalid_argument(error, kNull);
  if (const auto code = check_range(error, from, to, patched->value.line_count());
      code != FIRN_OK) {
    return code;
  }
  return give(json, provenance_json(patched->value, {.from = from, .to = to}), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_map_line(const firn_patched* patched, uint64_t base_line, uint64_t* line,
                                firn_error** error) try {
  clear(line);
  if (patched == nullptr || line == nullptr) return invalid_argument(error, kNull);
  const uint64_t line_count = patched->value.snapshot().line_count();
  if (base_line < 1 || base_line > line_count) return no_such_line(error, base_line, line_count);
  *line = patched->value.map_line(base_line).value_or(0);
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_unmap_line(const firn_patched* patched, uint64_t line, uint64_t* base_line,
                                  firn_error** error) try {
  clear(base_line);
  if (patched == nullptr || base_line == nullptr) return invalid_argument(error, kNull);
  const uint64_t line_count = patched->value.line_count();
  if (line < 1 || line > line_count) return no_such_line(error, line, line_count);
  *base_line = patched->value.unmap_line(line).value_or(0);
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_report_json(const firn_patched* patched, firn_buffer* json,
                                   firn_error** error) try {
  clear(json);
  if (patched == nullptr || json == nullptr) return invalid_argument(error, kNull);
  return give(json, report_json(patched->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
