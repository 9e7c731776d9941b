#include "convert.h"

#include <emscripten/em_js.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "firn/out_of_memory.h"
#include "firn/to_json.h"

using emscripten::EM_VAL;
using emscripten::val;

EM_JS_DEPS(firn_convert, "$Emval");

// Pointers and sizes are unsigned only after >>> 0: the memory may grow past 2 GiB.
// clang-format off

// Of a string or an array; -1 of all else. An array may have been given a getter that throws.
EM_JS(double, firn_length_of, (EM_VAL value), {
  try {
    const { length } = Emval.toValue(value);
    return typeof length == 'number' && length >= 0 ? length : -1;
  } catch {
    return -1;
  }
});

// False when the array is longer than it says.
EM_JS(bool, firn_copy_in, (EM_VAL array, char* target, size_t byte_count), {
  const begin = target >>> 0;
  try {
    HEAPU8.subarray(begin, begin + (byte_count >>> 0)).set(Emval.toValue(array));
    return true;
  } catch {
    return false;
  }
});

// Bytes written, or -1 when the text needs more than `byte_count`, or is none.
EM_JS(double, firn_encode_in, (EM_VAL text, char* target, size_t byte_count), {
  const begin = target >>> 0;
  try {
    const string = Emval.toValue(text);
    const heap = HEAPU8.subarray(begin, begin + (byte_count >>> 0));
    const { read, written } = new TextEncoder().encodeInto(string, heap);
    return read == string.length ? written : -1;
  } catch {
    return -1;
  }
});

// Undefined when JavaScript has no memory.
EM_JS(EM_VAL, firn_encode, (EM_VAL text), {
  try {
    return Emval.toHandle(new TextEncoder().encode(Emval.toValue(text)));
  } catch {
    return Emval.toHandle(undefined);
  }
});

// Undefined when JavaScript has no memory.
EM_JS(EM_VAL, firn_copy_out, (const char* source, size_t byte_count), {
  const begin = source >>> 0;
  try {
    return Emval.toHandle(HEAPU8.slice(begin, begin + (byte_count >>> 0)));
  } catch {
    return Emval.toHandle(undefined);
  }
});

// Emscripten's own decoder would drop a byte order mark at the beginning. Undefined when no string
// can be that long.
EM_JS(EM_VAL, firn_text_out, (const char* source, size_t byte_count), {
  const begin = source >>> 0;
  try {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return Emval.toHandle(decoder.decode(HEAPU8.subarray(begin, begin + (byte_count >>> 0))));
  } catch {
    return Emval.toHandle(undefined);
  }
});

// clang-format on

namespace firn::wasm {

namespace {

/// How long a string or an array says that it is.
Result<std::size_t> length_in(const val& value, std::string_view what) {
  const double length = firn_length_of(value.as_handle());
  if (length < 0) {
    return std::unexpected(
        Error{.code = ErrorCode::invalid_argument, .message = "an argument is of a wrong type"});
  }
  // Longer than what an address can name.
  if (length > static_cast<double>(SIZE_MAX)) {
    return std::unexpected(out_of_memory(what, static_cast<std::uint64_t>(length)));
  }
  return static_cast<std::size_t>(length);
}

}  // namespace

Result<Bytes> bytes_in(const val& array) {
  const Result<std::size_t> byte_count = length_in(array, "a copy of the bytes");
  if (!byte_count) return std::unexpected(byte_count.error());
  std::optional<Bytes> bytes = Bytes::allocate(*byte_count);
  if (!bytes || !firn_copy_in(array.as_handle(), bytes->data(), *byte_count)) {
    return std::unexpected(out_of_memory("a copy of the bytes", *byte_count));
  }
  return std::move(*bytes);
}

Result<Bytes> text_in(const val& text) {
  // Most texts are ASCII: as many bytes as units. Only another one is encoded apart, because what
  // it takes at worst, three bytes a unit, could not be given back to the machine.
  const Result<std::size_t> length = length_in(text, "a copy of the text");
  if (!length) return std::unexpected(length.error());
  const std::size_t unit_count = *length;
  std::optional<Bytes> bytes = Bytes::allocate(unit_count);
  if (!bytes) return std::unexpected(out_of_memory("a copy of the text", unit_count));
  const double written = firn_encode_in(text.as_handle(), bytes->data(), unit_count);
  if (written == static_cast<double>(unit_count)) return std::move(*bytes);
  bytes.reset();
  const val encoded = val::take_ownership(firn_encode(text.as_handle()));
  if (encoded.isUndefined()) return std::unexpected(out_of_memory("the text as UTF-8", unit_count));
  return bytes_in(encoded);
}

val bytes_out(std::string_view bytes) {
  val array = val::take_ownership(firn_copy_out(bytes.data(), bytes.size()));
  if (!array.isUndefined()) return array;
  return error_out(out_of_memory("a copy of the bytes", bytes.size()));
}

val bytes_out(const Result<Bytes>& bytes) {
  return bytes ? bytes_out(bytes->view()) : error_out(bytes.error());
}

val text_out(std::string_view text) {
  return val::take_ownership(firn_text_out(text.data(), text.size()));
}

val boxed_out(const Result<Bytes>& text) {
  if (!text) return error_out(text.error());
  const val string = text_out(text->view());
  if (string.isUndefined()) return error_out(out_of_memory("a string", text->size()));
  val box = val::array();
  box.call<void>("push", string);
  return box;
}

val error_out(const Error& error) { return text_out(to_json(error)); }

val error_out(const Violations& violations) {
  const std::string json = to_json(violations);
  val text = text_out(json);
  if (!text.isUndefined()) return text;
  return error_out(out_of_memory("the list of violations", json.size()));
}

}  // namespace firn::wasm
