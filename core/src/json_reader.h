#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/error.h"
#include "json_key.h"

namespace firn {

inline constexpr std::uint64_t kMostJsonBytes = (1ULL << 32U) - 64;

/// What is read, as messages name it.
struct JsonSubject {
  std::string_view name;  ///< "the batch"
  std::string_view form;  ///< "a batch is an object or an array of patches"
  bool may_be_object = false;
};

/// What simdjson's on-demand front end leaves to its user: places, strictness, depth.
///
/// A method that returns bool returns false once error() is set; then all reading is over.
/// Strings read live as long as the reader.
class JsonReader {
 public:
  using Value = simdjson::ondemand::value;
  using Array = simdjson::ondemand::array;
  using Object = simdjson::ondemand::object;
  using Type = simdjson::ondemand::json_type;
  using Field = simdjson::simdjson_result<simdjson::ondemand::field>;

  JsonReader(std::string_view json, const JsonSubject& subject, const Limits& limits)
      : json_(json), subject_(subject), limits_(limits) {
    // What nobody reads is skipped by recursion.
    limits_.nesting = std::min<std::uint64_t>(limits_.nesting, 1024);
    // simdjson counts bytes, padding among them, in 32 bits.
    limits_.batch_bytes = std::min(limits_.batch_bytes, kMostJsonBytes);
  }

  /// Readies the text and tells what stands at its top.
  bool open(Type& top);
  bool top(Array& array);
  bool top(Object& object);
  /// After the top value: nothing but white space may follow.
  bool close();
  /// 0-based byte at which the top value begins.
  [[nodiscard]] std::size_t top_offset() const { return json_.find_first_not_of(" \t\r\n"); }

  /// Keys met so far in one object, one bit a slot.
  using SeenKeys = std::uint32_t;

  [[nodiscard]] static bool has(SeenKeys seen, unsigned slot) { return ((seen >> slot) & 1U) != 0; }

  /// The next key of an object; `key` stays null for an "x-" key, whose value is then skipped.
  bool key(Field& field, std::span<const JsonKey> keys, SeenKeys& seen, const JsonKey*& key,
           Value& value);

  // The typed values. `name` is the key, as path() completes it in a message.

  bool array(std::string_view name, Value& value, Array& out);
  bool object(std::string_view name, Value& value, Object& out);
  bool string(std::string_view name, Value& value, std::string_view& out);
  bool boolean(std::string_view name, Value& value, bool& out);
  /// A string that is not empty.
  bool name(std::string_view name, Value& value, std::string_view& out);
  /// A whole number from `min` to kMaxCount, spelled without point and exponent.
  bool count(std::string_view name, Value& value, std::uint64_t min, std::uint64_t& out);

  /// Leaves an array or object that array(), object() or top() entered.
  bool leave();

  /// 0-based byte at which `value` begins.
  [[nodiscard]] std::size_t offset_of(Value& value) const;

  /// The patch, and the object at the path `owner`, that errors name from now on.
  void enter_patch(std::uint64_t index) {
    patch_index_ = index;
    patch_id_ = {};
  }
  /// REQUIRES a string that was read here.
  void set_patch_id(std::string_view id) { patch_id_ = id; }
  void leave_patch() { patch_index_.reset(); }
  void set_owner(std::string owner) { owner_ = std::move(owner); }

  /// "patches[2].line" inside a patch, "patches[2]" without a key, "base.lineCount" inside an
  /// owner; else the key itself.
  [[nodiscard]] std::string path(std::string_view key = {}) const;

  bool not_json();
  /// JSON, but not what it should be.
  bool malformed(std::size_t byte_offset, std::string message,
                 std::optional<std::string> found = std::nullopt);
  bool fail(Error error);

  /// What went wrong. Text that is not JSON is malformed_json, whatever else is wrong with it:
  /// simdjson's kernels differ in how far they read before they notice, and targets must not.
  [[nodiscard]] Error take_error();

  [[nodiscard]] InputPosition position(std::size_t byte_offset) const {
    return position_in(json_, byte_offset);
  }

 private:
  bool enter();
  [[nodiscard]] std::optional<PatchRef> patch() const;
  bool unknown_key(std::size_t byte_offset, std::string_view spelling);
  bool has_type(std::string_view name, Value& value, Type wanted, std::string_view kind);
  bool skip(Value& value);
  bool skip_scalar(Value& value, Type type);
  [[nodiscard]] static std::string describe(Value& value, Type type);

  std::string_view json_;
  JsonSubject subject_;
  Limits limits_;
  Bytes padded_;  ///< simdjson reads a little past the end of what it is given.
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  std::uint64_t depth_ = 0;
  std::optional<std::uint64_t> patch_index_;
  std::string_view patch_id_;
  std::string owner_;
  std::optional<Error> error_;
};

}  // namespace firn
