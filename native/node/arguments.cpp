#include "arguments.h"

#include <string>
#include <utility>

#include "firn/out_of_memory.h"
#include "scratch_memory.h"
#include "utf16.h"

namespace firn::node {

namespace {

std::span<char16_t> units_of(std::span<char> memory) {
  return {reinterpret_cast<char16_t*>(memory.data()), memory.size() / sizeof(char16_t)};
}

Result<Bytes> utf8_of(std::u16string_view text) {
  // Most texts are ASCII: as many bytes as units.
  std::optional<Bytes> bytes = Bytes::allocate(text.size());
  if (bytes && write_ascii(text, bytes->data())) return *std::move(bytes);
  bytes = Bytes::allocate(most_utf8_bytes(text));
  if (!bytes) return std::unexpected(out_of_memory("a copy of the text", text.size()));
  bytes->truncate(static_cast<std::size_t>(write_utf8(text, bytes->data()) - bytes->data()));
  return *std::move(bytes);
}

}  // namespace

double Arguments::number() {
  double number = 0;
  if (napi_get_value_double(info_.Env(), next(), &number) != napi_ok) refuse("a number");
  return number;
}

bool Arguments::boolean() {
  bool boolean = false;
  if (napi_get_value_bool(info_.Env(), next(), &boolean) != napi_ok) refuse("a boolean");
  return boolean;
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

template <typename Element>
std::span<Element> Arguments::elements(napi_typedarray_type wanted, const char* name) {
  napi_typedarray_type type{};
  std::size_t length = 0;
  void* data = nullptr;
  const napi_status status =
      napi_get_typedarray_info(info_.Env(), next(), &type, &length, &data, nullptr, nullptr);
  if (status == napi_ok && type == wanted) return {static_cast<Element*>(data), length};
  refuse(name);
  return {};
}

std::string_view Arguments::bytes() {
  const std::span<char> bytes = memory();
  return {bytes.data(), bytes.size()};
}

std::span<char> Arguments::memory() { return elements<char>(napi_uint8_array, "a Uint8Array"); }

std::span<const double> Arguments::counted_numbers() {
  return js::counted(elements<double>(napi_float64_array, "a Float64Array"));
}

Result<Bytes> Arguments::text() {
  const Napi::Value value = next();
  const std::span<char16_t> scratch = units_of(scratch_memory());
  std::size_t unit_count = 0;
  if (napi_get_value_string_utf16(info_.Env(), value, scratch.data(), scratch.size(),
                                  &unit_count) != napi_ok) {
    refuse("a string");
    return {};
  }
  // What fills the scratch memory up to the NUL may go on. Then it is not worth a second copy: most
  // such texts are one byte a unit in Node's memory too.
  if (unit_count + 1 == scratch.size()) return long_text(value);
  return utf8_of({scratch.data(), unit_count});
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
