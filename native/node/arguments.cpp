#include "arguments.h"

#include <memory>
#include <string>
#include <utility>

#include "firn/out_of_memory.h"
#include "utf16.h"

namespace firn::node {

namespace {

/// UTF-16 units of a text that is converted by us. A longer one is not worth its copy: most are one
/// byte a unit in Node's memory too.
constexpr std::size_t kScratchUnits = std::size_t{1} << 19U;

}  // namespace

double Arguments::number() {
  const Napi::Value value = next();
  if (value.IsNumber()) return value.As<Napi::Number>().DoubleValue();
  refuse("a number");
  return 0;
}

bool Arguments::boolean() {
  const Napi::Value value = next();
  if (value.IsBoolean()) return value.As<Napi::Boolean>().Value();
  refuse("a boolean");
  return false;
}

std::optional<std::uint64_t> Arguments::line(std::uint64_t line_count) {
  return js::line_in(number(), line_count);
}

Result<LineRange> Arguments::range(std::uint64_t line_count) {
  const double from = number();
  const double to = number();
  return js::range_in(from, to, line_count);
}

Result<ApplyOptions> Arguments::options() {
  const double policy = number();
  const double ties = number();
  const double revision = number();
  return js::options_in(policy, ties, revision);
}

Result<DiffOptions> Arguments::diff_options() {
  const double algorithm = number();
  const double slide = number();
  return js::diff_options_in(algorithm, slide);
}

Result<MergeOptions> Arguments::merge_options() {
  const double style = number();
  const double favor = number();
  const double marker_size = number();
  return js::merge_options_in(style, favor, marker_size);
}

Result<PlaceOptions> Arguments::place_options() {
  const double placement = number();
  const double max_fuzz = number();
  const double white_space = number();
  const bool ignore_line_ends = boolean();
  const bool reverse = boolean();
  const double policy = number();
  return js::place_options_in(placement, max_fuzz, white_space, ignore_line_ends, reverse, policy);
}

Result<StackOptions> Arguments::stack_options() {
  const double revision = number();
  const double max_collisions = number();
  return js::stack_options_in(revision, max_collisions);
}

Result<AppendOptions> Arguments::append_options() {
  const double policy = number();
  const double ties = number();
  return js::append_options_in(policy, ties);
}

Result<Limits> Arguments::limits() {
  const double batch_bytes = number();
  const double patches = number();
  const double text_lines = number();
  const double nesting = number();
  return js::limits_in(batch_bytes, patches, text_lines, nesting);
}

std::string_view Arguments::bytes() {
  const Napi::Value value = next();
  if (value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array) {
    const auto array = value.As<Napi::Uint8Array>();
    return {reinterpret_cast<const char*>(array.Data()), array.ByteLength()};
  }
  refuse("a Uint8Array");
  return {};
}

Result<Bytes> Arguments::text() {
  const Napi::Value value = next();
  std::size_t unit_count = 0;
  if (napi_get_value_string_utf16(info_.Env(), value, nullptr, 0, &unit_count) != napi_ok) {
    refuse("a string");
    return {};
  }
  return unit_count < kScratchUnits ? short_text(value, unit_count) : long_text(value);
}

Result<Bytes> Arguments::short_text(napi_value value, std::size_t unit_count) {
  // Kept: whoever gives pages back has them cleared anew for every call.
  thread_local const auto scratch = std::make_unique_for_overwrite<char16_t[]>(kScratchUnits);
  napi_get_value_string_utf16(info_.Env(), value, scratch.get(), kScratchUnits, nullptr);
  const std::u16string_view text(scratch.get(), unit_count);
  std::optional<Bytes> bytes = Bytes::allocate(most_utf8_bytes(text));
  if (!bytes) return std::unexpected(out_of_memory("a copy of the text", unit_count));
  bytes->truncate(static_cast<std::size_t>(write_utf8(text, bytes->data()) - bytes->data()));
  return std::move(*bytes);
}

Result<Bytes> Arguments::long_text(napi_value value) {
  std::size_t byte_count = 0;
  napi_get_value_string_utf8(info_.Env(), value, nullptr, 0, &byte_count);
  // Node writes a NUL behind it.
  std::optional<Bytes> bytes = Bytes::allocate(byte_count + 1);
  if (!bytes) return std::unexpected(out_of_memory("a copy of the text", byte_count));
  napi_get_value_string_utf8(info_.Env(), value, bytes->data(), byte_count + 1, nullptr);
  bytes->truncate(byte_count);
  return std::move(*bytes);
}

Napi::Array Arguments::array() {
  const Napi::Value value = next();
  if (value.IsArray()) return value.As<Napi::Array>();
  refuse("an array");
  return Napi::Array::New(info_.Env());
}

void Arguments::refuse(const char* wanted) {
  if (std::exchange(ok_, false)) {
    const std::string message = "argument " + std::to_string(place_) + " is not " + wanted;
    Napi::TypeError::New(info_.Env(), message).ThrowAsJavaScriptException();
  }
}

}  // namespace firn::node
