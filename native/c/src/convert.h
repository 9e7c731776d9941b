#pragma once

#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "firn/bytes.h"
#include "firn/fingerprint.h"
#include "firn/out_of_memory.h"
#include "handles.h"

// The two directions of every call: arguments in, results and errors out.
namespace firn::c {

/// False for the one view that cannot be read: NULL with a size.
[[nodiscard]] inline bool is_readable(firn_view view) {
  return view.data != nullptr || view.size == 0;
}

[[nodiscard]] inline bool is_readable(const firn_view* view) {
  return view == nullptr || is_readable(*view);
}

[[nodiscard]] inline std::string_view from_view(firn_view view) {
  return view.size == 0 ? std::string_view("") : std::string_view(view.data, view.size);
}

[[nodiscard]] inline std::optional<std::string_view> from_view(const firn_view* view) {
  if (view == nullptr) return std::nullopt;
  return from_view(*view);
}

/// Never NULL, as firn.h promises.
[[nodiscard]] inline firn_view to_view(std::string_view text) {
  return {.data = text.empty() ? "" : text.data(), .size = text.size()};
}

[[nodiscard]] inline firn_patch_ref to_ref(const PatchRef& patch) {
  return {.index = patch.index, .id = to_view(patch.id)};
}

inline void write_hex(const Fingerprint& fingerprint, char hex[FIRN_FINGERPRINT_CHARS]) {
  std::memcpy(hex, to_hex(fingerprint).c_str(), FIRN_FINGERPRINT_CHARS);
}

/// A struct that callers fill and that may grow: what `given` says over `defaults`. Nothing when
/// its struct_size is of no version, or of a later one that asks for what is not known here.
/// (There is one version so far; the second brings a smallest size, and copies over `defaults`.)
template <typename Struct>
[[nodiscard]] std::optional<Struct> read_struct(const Struct* given, const Struct& defaults) {
  if (given == nullptr) return defaults;
  const std::size_t size = given->struct_size;
  if (size < sizeof(Struct)) return std::nullopt;
  const char* bytes = reinterpret_cast<const char*>(given);
  for (std::size_t i = sizeof(Struct); i < size; ++i) {
    if (bytes[i] != 0) return std::nullopt;
  }
  return *given;
}

/// Writes the error, if anyone wants it, and answers its code.
firn_code fail(firn_error** error, Error cause);
firn_code fail(firn_error** error, Violations violations);
firn_code invalid_argument(firn_error** error, std::string message);

/// invalid_argument for a line that is not in 1 to `line_count`.
firn_code no_such_line(firn_error** error, std::uint64_t line, std::uint64_t line_count);

inline firn_code succeed(firn_error** error) {
  if (error != nullptr) *error = nullptr;
  return FIRN_OK;
}

/// Checks a range of lines; answers FIRN_OK, and leaves `error` alone, if it is one of
/// `line_count` lines.
firn_code check_range(firn_error** error, std::uint64_t from, std::uint64_t to,
                      std::uint64_t line_count);

/// Hands out a value as a new handle.
template <typename Handle, typename Value>
firn_code give(Handle** out, Value&& value, firn_error** error) {
  *out = new (std::nothrow) Handle{std::forward<Value>(value)};
  if (*out == nullptr) return fail(error, out_of_memory("a handle", sizeof(Handle)));
  return succeed(error);
}

/// Hands out bytes.
firn_code give(firn_buffer* out, Result<Bytes> bytes, firn_error** error);
firn_code give(firn_buffer* out, std::string_view text, firn_error** error);

/// Sets results to what a failure leaves in them.
inline void clear(firn_buffer* out) {
  if (out != nullptr) *out = {.data = nullptr, .size = 0};
}

inline void clear(firn_view* out) {
  if (out != nullptr) *out = to_view("");
}

inline void clear(std::uint64_t* out) {
  if (out != nullptr) *out = 0;
}

template <typename Handle>
void clear(Handle** out) {
  if (out != nullptr) *out = nullptr;
}

}  // namespace firn::c
