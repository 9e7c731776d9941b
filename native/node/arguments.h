#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/options.h"
#include "handle.h"
#include "numbers.h"

namespace firn::node {

/// Reads the arguments of one call, in order. One that is missing or of a wrong type leaves a
/// TypeError pending and ok() false; what is read then is empty. Numbers out of their bounds are
/// invalid_argument.
class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }

  [[nodiscard]] double number();
  [[nodiscard]] bool boolean();
  [[nodiscard]] Result<std::uint64_t> count() { return js::count_in(number()); }
  /// One of so many lines, or nothing.
  [[nodiscard]] std::optional<std::uint64_t> line(std::uint64_t line_count);
  /// From, to.
  [[nodiscard]] Result<LineRange> range(std::uint64_t line_count);
  /// Policy, ties, revision.
  [[nodiscard]] Result<ApplyOptions> options();
  /// Algorithm, slide.
  [[nodiscard]] Result<DiffOptions> diff_options();
  /// Style, favor, marker size; the labels are texts of their own.
  [[nodiscard]] Result<MergeOptions> merge_options();
  /// Placement, fuzz, white space, line ends, reverse, policy.
  [[nodiscard]] Result<PlaceOptions> place_options();
  /// Revision, how many collisions.
  [[nodiscard]] Result<StackOptions> stack_options();
  /// Policy, ties.
  [[nodiscard]] Result<AppendOptions> append_options();
  /// Bytes, patches, lines of text, nesting.
  [[nodiscard]] Result<Limits> limits();

  /// A Uint8Array, borrowed: valid until the next call into JavaScript.
  [[nodiscard]] std::string_view bytes();

  /// The same to write to.
  [[nodiscard]] std::span<char> memory();

  /// A Float64Array whose first number says how many there are: those behind it. Borrowed, as
  /// bytes().
  [[nodiscard]] std::span<const double> counted_numbers();

  /// A well-formed string as UTF-8. Errors: limit_exceeded.
  [[nodiscard]] Result<Bytes> text();

  /// An array; what is in it is for the caller to check.
  [[nodiscard]] Napi::Array array();

  /// What a handle holds; null for anything else.
  template <typename Value>
  [[nodiscard]] const Value* handle() {
    const Value* value = Handle<Value>::held_by(next());
    if (value == nullptr) refuse(Kind<Value>::kName);
    return value;
  }

 private:
  [[nodiscard]] Napi::Value next() { return info_[place_++]; }
  void refuse(const char* wanted);
  template <typename Element>
  [[nodiscard]] std::span<Element> elements(napi_typedarray_type wanted, const char* name);
  [[nodiscard]] Result<Bytes> long_text(napi_value value);

  const Napi::CallbackInfo& info_;
  std::size_t place_ = 0;
  bool ok_ = true;
};

}  // namespace firn::node
