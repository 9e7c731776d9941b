#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "firn/bytes.h"
#include "firn/fingerprint.h"
#include "firn/line_range.h"
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

/// The file at `file_index`; NULL when there is no diff or no such file.
[[nodiscard]] inline const FileDiff* file_of(const firn_diff* diff, std::size_t file_index) {
  if (diff == nullptr || file_index >= diff->value.files().size()) return nullptr;
  return &diff->value.files()[file_index];
}

/// Never NULL, as firn.h promises.
[[nodiscard]] inline firn_view to_view(std::string_view text) {
  return {.data = text.empty() ? "" : text.data(), .size = text.size()};
}

[[nodiscard]] inline firn_patch_ref to_ref(const PatchRef& patch) {
  return {.index = patch.index, .id = to_view(patch.id)};
}

/// The id is a view of the batch.
[[nodiscard]] inline firn_patch_ref ref_of(const Batch& batch, std::uint64_t patch_index) {
  return {.index = patch_index, .id = to_view(batch.patches()[patch_index].id)};
}

[[nodiscard]] inline firn_line_range to_range(const LineRange& range) {
  return {.from = range.from, .to = range.to};
}

inline void write_hex(const Fingerprint& fingerprint, char hex[FIRN_FINGERPRINT_CHARS]) {
  constexpr std::size_t kDigits = FIRN_FINGERPRINT_CHARS - 1;
  firn::write_hex(fingerprint, std::span<char, kDigits>(hex, kDigits));
  hex[kDigits] = '\0';
}

/// No struct will ever be larger. What is has a struct_size that nobody set, and is not read.
inline constexpr std::size_t kMaxStructSize = 4096;

/// A struct that callers fill and that may grow: what `given` says over `defaults`. Nothing when
/// its struct_size is of no version, or of a later one that asks for what is not known here.
/// `older_sizes` are those of the versions before this one.
template <typename Struct>
[[nodiscard]] std::optional<Struct> read_struct(
    const Struct* given, const Struct& defaults,
    std::initializer_list<std::size_t> older_sizes = {}) {
  if (given == nullptr) return defaults;
  const std::size_t size = given->struct_size;
  if (size < sizeof(Struct) && std::ranges::find(older_sizes, size) == older_sizes.end()) {
    return std::nullopt;
  }
  if (size > kMaxStructSize) return std::nullopt;
  const char* bytes = reinterpret_cast<const char*>(given);
  for (std::size_t i = sizeof(Struct); i < size; ++i) {
    if (bytes[i] != 0) return std::nullopt;
  }
  Struct read = defaults;
  std::memcpy(&read, bytes, std::min(size, sizeof(Struct)));
  return read;
}

/// The number in an enum, whatever it is: C lets any be put there, and C++ may not even read it.
template <typename Enum>
[[nodiscard]] std::uint32_t number_in(const Enum& value) {
  static_assert(sizeof value == sizeof(std::uint32_t));
  return std::bit_cast<std::uint32_t>(value);
}

/// The limits; nothing when their struct_size is not known, and then unknown_limits() says so.
[[nodiscard]] std::optional<Limits> read_limits(const firn_limits* limits);
firn_code unknown_limits(firn_error** error);

/// Writes the error, if anyone wants it, and answers its code.
firn_code fail(firn_error** error, Error cause);
firn_code fail(firn_error** error, Violations violations);
firn_code invalid_argument(firn_error** error, std::string message);

/// invalid_argument for a struct that read_struct() cannot read; an enum without such a number; a
/// flag that is neither 0 nor 1.
firn_code unknown_size(firn_error** error, std::string_view what, std::string_view initializer);
firn_code no_such(firn_error** error, std::string_view what, std::uint32_t number);
firn_code no_flag(firn_error** error, std::string_view name);

/// invalid_argument for a line that is not in 1 to `line_count`.
firn_code no_such_line(firn_error** error, std::uint64_t line, std::uint64_t line_count);

/// What std::bad_alloc is to callers, in whichever line of a call it comes up; and so is
/// std::length_error, which a vector throws for what is longer than any memory. Every function that
/// allocates ends in `catch (const std::exception&)` and this. Its results are what they were
/// cleared to: they are written last, and writing them throws no more.
firn_code no_memory(firn_error** error) noexcept;

inline firn_code succeed(firn_error** error) {
  if (error != nullptr) *error = nullptr;
  return FIRN_OK;
}

/// Reads an optional revision; answers FIRN_OK, and leaves `error` alone, if it can be one.
firn_code read_revision(const std::uint64_t* given, std::optional<std::uint64_t>& revision,
                        firn_error** error);

/// Checks a range of lines; answers FIRN_OK, and leaves `error` alone, if it is one of
/// `line_count` lines.
firn_code check_range(firn_error** error, std::uint64_t from, std::uint64_t to,
                      std::uint64_t line_count);

/// Hands out a value as a new handle.
template <typename Handle, typename Value>
firn_code give(Handle** out, Value&& value, firn_error** error) {
  *out = new Handle{std::forward<Value>(value)};
  return succeed(error);
}

/// The same, or why there is none.
template <typename Handle, typename Value, typename Cause>
firn_code give(Handle** out, std::expected<Value, Cause>&& value, firn_error** error) {
  if (!value) return fail(error, std::move(value).error());
  return give(out, *std::move(value), error);
}

/// Writes the first `capacity` of `all` as structs of C, unless `out` is NULL, and answers how many
/// there are.
template <typename List, typename Struct, typename Convert>
std::size_t list(const List& all, Struct* out, std::size_t capacity, Convert convert) {
  if (out != nullptr) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(capacity, all.size()));
    std::transform(all.begin(), all.begin() + count, out, convert);
  }
  return all.size();
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
