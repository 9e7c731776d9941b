#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/fingerprint.h"
#include "memory.h"

/// How values cross. A handle is the address of a value, a number is a double. Bytes that
/// JavaScript gives it writes into a value that bytes_allocate() made; what a call gives besides,
/// bytes or the JSON of an error, it leaves behind to be copied out.
namespace firn::wasm {

/// What JavaScript has written, without a copy. The value is empty then, and JavaScript deletes it
/// as it made it, whatever becomes of the call.
[[nodiscard]] inline Bytes taken(Bytes& given) noexcept {
  Bytes bytes = std::move(given);
  adopt(bytes.data());
  return bytes;
}

/// Leaves bytes behind, and says whether they are the value that was asked for.
bool leave(std::string&& bytes);
bool leave(Bytes&& bytes);
bool leave(const Error& error);
bool leave(const Violations& violations);

/// Leaves its hex digits, which need no memory.
bool leave(const Fingerprint& fingerprint);

/// Leaves bytes that live on as long as the handle they are of.
bool leave_borrowed(std::string_view bytes);

template <typename Value>
bool leave(std::expected<Value, Error>&& result) {
  return result ? leave(std::move(*result)) : leave(result.error());
}

/// No value, for this reason.
template <typename Refusal>
[[nodiscard]] std::nullptr_t refuse(const Refusal& refusal) {
  leave(refusal);
  return nullptr;
}

/// A value for JavaScript to hold until it deletes it.
template <typename Value>
[[nodiscard]] Value* held(Value value) {
  auto* const made = new Value(std::move(value));
  settle();
  return made;
}

template <typename Value, typename Refusal>
[[nodiscard]] Value* held(std::expected<Value, Refusal>&& result) {
  if (!result) return refuse(result.error());
  return held(std::move(*result));
}

}  // namespace firn::wasm
