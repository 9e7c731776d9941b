#include "crossing.h"

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "firn/to_json.h"

namespace firn::wasm {

namespace {

/// What the last call left behind. JavaScript reads these two where left() says.
struct Left {
  const char* data = nullptr;
  std::size_t byte_count = 0;
};

Left left_behind;
std::variant<std::monostate, std::string, Bytes> kept;

void show(std::string_view bytes) {
  left_behind = {.data = bytes.data(), .byte_count = bytes.size()};
  settle();
}

}  // namespace

bool leave(std::string&& bytes) {
  show(kept.emplace<std::string>(std::move(bytes)));
  return true;
}

bool leave(Bytes&& bytes) {
  show(kept.emplace<Bytes>(std::move(bytes)).view());
  return true;
}

bool leave(const Error& error) {
  leave(to_json(error));
  return false;
}

bool leave(const Violations& violations) {
  leave(to_json(violations));
  return false;
}

bool leave(const Fingerprint& fingerprint) {
  static std::array<char, 32> digits;
  write_hex(fingerprint, digits);
  return leave_borrowed({digits.data(), digits.size()});
}

bool leave_borrowed(std::string_view bytes) {
  show(bytes);
  return true;
}

extern "C" {

/// Asked for once, before all else.
const Left* left() {
  settle();
  return &left_behind;
}

/// Frees what was left behind.
void release() { kept = {}; }

/// Bytes for JavaScript to write, which finds their place where left() says; null when the memory
/// is not there.
Bytes* bytes_allocate(double byte_count) {
  if (!(byte_count <= static_cast<double>(SIZE_MAX))) return nullptr;
  std::optional<Bytes> bytes = Bytes::allocate(static_cast<std::size_t>(byte_count));
  if (!bytes) return nullptr;
  Bytes* const made = held(*std::move(bytes));
  leave_borrowed(made->view());
  return made;
}

void bytes_delete(const Bytes* bytes) { delete bytes; }
}

}  // namespace firn::wasm
