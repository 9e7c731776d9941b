#pragma once

#include <emscripten/val.h>

#include <string_view>

#include "firn/bytes.h"
#include "firn/error.h"

/// What crosses between JavaScript and core. Texts cross as bytes, written straight into the
/// module's heap and copied out of it once; a JavaScript exception must never pass a C++ frame, so
/// each crossing that can throw catches on the JavaScript side.
namespace firn::wasm {

/// Copies a Uint8Array in. Errors: limit_exceeded; invalid_argument for what has no length.
[[nodiscard]] Result<Bytes> bytes_in(const emscripten::val& array);

/// Encodes a well-formed JavaScript string as UTF-8. Errors: as bytes_in().
[[nodiscard]] Result<Bytes> text_in(const emscripten::val& text);

/// A new Uint8Array holding `bytes`, or the error as JSON.
[[nodiscard]] emscripten::val bytes_out(std::string_view bytes);
[[nodiscard]] emscripten::val bytes_out(const Result<Bytes>& bytes);

/// A JavaScript string, undefined when none can be that long: what may be, crosses as bytes.
/// REQUIRES UTF-8.
[[nodiscard]] emscripten::val text_out(std::string_view text);

/// A string in an array of one, or the error as JSON. limit_exceeded for what no string can hold.
/// REQUIRES UTF-8.
[[nodiscard]] emscripten::val boxed_out(const Result<Bytes>& text);

/// JSON. A list that no string can hold is limit_exceeded.
[[nodiscard]] emscripten::val error_out(const Error& error);
[[nodiscard]] emscripten::val error_out(const Violations& violations);

}  // namespace firn::wasm
