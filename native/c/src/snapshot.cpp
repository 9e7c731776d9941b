#include "firn/snapshot.h"

#include "convert.h"
#include "firn.h"

using namespace firn::c;

firn_code firn_snapshot_freeze(firn_view bytes, firn_snapshot** snapshot, firn_error** error) try {
  clear(snapshot);
  if (snapshot == nullptr) return invalid_argument(error, "the result pointer is NULL");
  if (!is_readable(bytes)) return invalid_argument(error, "the bytes are NULL, but have a size");
  return give(snapshot, firn::freeze(from_view(bytes)), error);
} catch (const std::exception&) {
  return no_memory(error);
}

void firn_snapshot_free(firn_snapshot* snapshot) { delete snapshot; }

uint64_t firn_snapshot_line_count(const firn_snapshot* snapshot) {
  return snapshot == nullptr ? 0 : snapshot->value.line_count();
}

uint64_t firn_snapshot_byte_size(const firn_snapshot* snapshot) {
  return snapshot == nullptr ? 0 : snapshot->value.byte_size();
}

firn_view firn_snapshot_bytes(const firn_snapshot* snapshot) {
  return to_view(snapshot == nullptr ? std::string_view() : snapshot->value.bytes());
}

void firn_snapshot_fingerprint(const firn_snapshot* snapshot, char hex[FIRN_FINGERPRINT_CHARS]) {
  if (hex == nullptr) return;
  hex[0] = '\0';
  if (snapshot != nullptr) write_hex(snapshot->value.fingerprint(), hex);
}

firn_code firn_snapshot_line(const firn_snapshot* snapshot, uint64_t line, firn_view* content,
                             firn_view* terminator, firn_error** error) try {
  clear(content);
  clear(terminator);
  if (snapshot == nullptr) return invalid_argument(error, "the snapshot is NULL");
  const firn::Snapshot& value = snapshot->value;
  if (line < 1 || line > value.line_count()) return no_such_line(error, line, value.line_count());
  if (content != nullptr) *content = to_view(value.line(line));
  if (terminator != nullptr) *terminator = to_view(value.terminator(line));
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_snapshot_lines(const firn_snapshot* snapshot, uint64_t from, uint64_t to,
                              firn_view* bytes, firn_error** error) try {
  clear(bytes);
  if (snapshot == nullptr || bytes == nullptr) {
    return invalid_argument(error, "the snapshot or the result pointer is NULL");
  }
  const firn::Snapshot& value = snapshot->value;
  if (const auto code = check_range(error, from, to, value.line_count()); code != FIRN_OK) {
    return code;
  }
  *bytes = to_view(value.lines(from, to));
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_snapshot_verify(const firn_snapshot* snapshot, firn_error** error) try {
  if (snapshot == nullptr) return invalid_argument(error, "the snapshot is NULL");
  auto verified = snapshot->value.verify();
  if (!verified) return fail(error, std::move(verified).error());
  return succeed(error);
} catch (const std::exception&) {
  return no_memory(error);
}
