#pragma once

#include <napi.h>

#include <cstdint>
#include <string_view>

#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/fingerprint.h"
#include "firn/patch.h"
#include "firn/patched.h"

/// What goes back to JavaScript.
namespace firn::node {

/// A string. REQUIRES UTF-8, and less than the 512 MiB of V8's longest: what may be larger crosses
/// as bytes.
[[nodiscard]] Napi::Value text_out(Napi::Env env, std::string_view text);

/// Hex digits, which need no memory of ours.
[[nodiscard]] Napi::Value hex_out(Napi::Env env, const Fingerprint& fingerprint);

/// JSON. A list that no string can hold is limit_exceeded.
[[nodiscard]] Napi::Value error_out(Napi::Env env, const Error& error);
[[nodiscard]] Napi::Value error_out(Napi::Env env, const Violations& violations);

/// A string in an array of one, or the error as JSON. limit_exceeded for what no string can hold.
/// REQUIRES UTF-8.
[[nodiscard]] Napi::Value boxed_out(Napi::Env env, const Result<Bytes>& text);

/// The patched text as a string, or null when it is longer than any, or there is no memory.
/// REQUIRES UTF-8.
[[nodiscard]] Napi::Value text_or_null(Napi::Env env, const PatchedText& patched);

/// A new Uint8Array holding a copy of `bytes`, or the error as JSON.
[[nodiscard]] Napi::Value bytes_out(Napi::Env env, std::string_view bytes);
[[nodiscard]] Napi::Value bytes_out(Napi::Env env, const Result<Bytes>& bytes);

/// A new Uint8Array into which the patched text is written, once.
[[nodiscard]] Napi::Value bytes_out(Napi::Env env, const Patched& patched);

[[nodiscard]] inline Napi::Value number_out(Napi::Env env, std::uint64_t number) {
  return Napi::Number::New(env, static_cast<double>(number));
}

}  // namespace firn::node
