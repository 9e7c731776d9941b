#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "convert.h"
#include "firn/error.h"

/// A fallible call's value or its error: any for C++, and a type for the typings.
namespace firn::wasm {

EMSCRIPTEN_DECLARE_VAL_TYPE(JsText)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsBytes)
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(BoxedOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(SnapshotOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(BatchOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(PatchedOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(DiffOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(PartsOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(HistoryOrError)
EMSCRIPTEN_DECLARE_VAL_TYPE(BatchOrNull)
EMSCRIPTEN_DECLARE_VAL_TYPE(PatchedOrNull)
EMSCRIPTEN_DECLARE_VAL_TYPE(HistoryOrNull)
EMSCRIPTEN_DECLARE_VAL_TYPE(ErrorOrNull)

inline double number(std::uint64_t value) { return static_cast<double>(value); }
inline JsText text(std::string_view text) { return JsText(text_out(text)); }

/// Through a pointer, because Embind copies what it is given.
template <typename T, typename Refusal>
emscripten::val value_or_error(std::expected<T, Refusal> result) {
  if (!result) return error_out(result.error());
  return emscripten::val(std::make_unique<T>(std::move(*result)));
}

template <typename T>
emscripten::val value_or_null(const std::optional<T>& value) {
  return value ? emscripten::val(*value) : emscripten::val::null();
}

}  // namespace firn::wasm
