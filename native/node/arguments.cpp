#include "arguments.h"

#include <string>
#include <utility>

#include "firn/out_of_memory.h"

namespace firn::node {

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
  std::size_t byte_count = 0;
  if (napi_get_value_string_utf8(info_.Env(), value, nullptr, 0, &byte_count) != napi_ok) {
    refuse("a string");
    return {};
  }
  // Node writes a NUL behind it.
  std::optional<Bytes> bytes = Bytes::allocate(byte_count + 1);
  if (!bytes) return std::unexpected(out_of_memory("a copy of the text", byte_count));
  napi_get_value_string_utf8(info_.Env(), value, bytes->data(), byte_count + 1, nullptr);
  bytes->truncate(byte_count);
  return std::move(*bytes);
}

void Arguments::refuse(const char* wanted) {
  if (std::exchange(ok_, false)) {
    const std::string message = "argument " + std::to_string(place_) + " is not " + wanted;
    Napi::TypeError::New(info_.Env(), message).ThrowAsJavaScriptException();
  }
}

}  // namespace firn::node
