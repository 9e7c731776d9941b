#include "results.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "ascii.h"
#include "firn/out_of_memory.h"
#include "firn/to_json.h"
#include "new_pages.h"
#include "scratch_memory.h"

namespace firn::node {

namespace {

struct NewArray {
  Napi::Value array;
  std::span<char> bytes;
};

/// Past this, memory is asked for twice: Node ends the process where there is none. No proof where
/// the machine promises more than it has, as Linux does; but a process's own bounds hold there too.
constexpr std::size_t kProbedBytes = std::size_t{64} << 20;

/// A Uint8Array of `byte_count` bytes, and where they are; nothing when the memory is not there.
///
/// Of the kinds of memory that Node has, its own buffers are the one that is neither zeroed first
/// nor, as memory of ours handed over would be, kept until the event loop turns: a loop that
/// patches and patches took a gigabyte, and four times as long.
std::optional<NewArray> new_array(Napi::Env env, std::size_t byte_count) {
  void* data = nullptr;
  napi_value buffer = nullptr;
  napi_value store = nullptr;
  napi_value array = nullptr;
  std::size_t byte_offset = 0;
  if (byte_count > kProbedBytes && !Bytes::allocate(byte_count)) return std::nullopt;
  if (napi_create_buffer(env, byte_count, &data, &buffer) != napi_ok ||
      napi_get_typedarray_info(env, buffer, nullptr, nullptr, nullptr, &store, &byte_offset) !=
          napi_ok ||
      napi_create_typedarray(env, napi_uint8_array, byte_count, store, byte_offset, &array) !=
          napi_ok) {
    if (env.IsExceptionPending()) env.GetAndClearPendingException();
    return std::nullopt;
  }
  const std::span<char> bytes{static_cast<char*>(data), byte_count};
  expect_writes(bytes);
  return NewArray{Napi::Value(env, array), bytes};
}

/// Nothing when it is longer than any string.
std::optional<Napi::Value> string_of(Napi::Env env, std::string_view text) {
  napi_value string = nullptr;
  // Of such, V8 need not ask byte for byte.
  const auto create = js::is_ascii(text) ? napi_create_string_latin1 : napi_create_string_utf8;
  if (create(env, text.data(), text.size(), &string) == napi_ok) return Napi::Value(env, string);
  if (env.IsExceptionPending()) env.GetAndClearPendingException();
  return std::nullopt;
}

Napi::Value no_memory(Napi::Env env, std::size_t byte_count) {
  return error_out(env, out_of_memory("a copy of the bytes", byte_count));
}

}  // namespace

Napi::Value text_out(Napi::Env env, std::string_view text) {
  return Napi::String::New(env, text.data(), text.size());
}

Napi::Value hex_out(Napi::Env env, const Fingerprint& fingerprint) {
  std::array<char, 32> digits;
  write_hex(fingerprint, digits);
  return text_out(env, {digits.data(), digits.size()});
}

Napi::Value error_out(Napi::Env env, const Error& error) { return text_out(env, to_json(error)); }

Napi::Value error_out(Napi::Env env, const Violations& violations) {
  const std::string json = to_json(violations);
  napi_value text = nullptr;
  if (napi_create_string_utf8(env, json.data(), json.size(), &text) == napi_ok) {
    return {env, text};
  }
  if (env.IsExceptionPending()) env.GetAndClearPendingException();
  return error_out(env, out_of_memory("the list of violations", json.size()));
}

Napi::Value boxed_out(Napi::Env env, const Result<Bytes>& text) {
  if (!text) return error_out(env, text.error());
  const auto string = string_of(env, text->view());
  if (!string) return error_out(env, out_of_memory("a string", text->size()));
  Napi::Array box = Napi::Array::New(env, 1);
  box.Set(0U, *string);
  return box;
}

Napi::Value text_or_null(Napi::Env env, const PatchedText& patched) {
  const std::span<char> scratch = scratch_memory();
  if (patched.byte_size() <= scratch.size()) {
    const std::span<char> text = scratch.first(static_cast<std::size_t>(patched.byte_size()));
    patched.write_to(text);
    return string_of(env, {text.data(), text.size()}).value_or(env.Null());
  }
  const Result<Bytes> text = patched.bytes();
  return (text ? string_of(env, text->view()) : std::nullopt).value_or(env.Null());
}

Napi::Value bytes_out(Napi::Env env, std::string_view bytes) {
  const std::optional<NewArray> out = new_array(env, bytes.size());
  if (!out) return no_memory(env, bytes.size());
  std::ranges::copy(bytes, out->bytes.begin());
  return out->array;
}

Napi::Value bytes_out(Napi::Env env, const Result<Bytes>& bytes) {
  return bytes ? bytes_out(env, bytes->view()) : error_out(env, bytes.error());
}

Napi::Value bytes_out(Napi::Env env, const Patched& patched) {
  const std::optional<NewArray> out = new_array(env, patched.byte_size());
  if (!out) return no_memory(env, patched.byte_size());
  patched.write_to(out->bytes);
  return out->array;
}

}  // namespace firn::node
