#include "json_reader.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "concat.h"
#include "firn/out_of_memory.h"
#include "json_fault.h"
#include "quote.h"

namespace firn {

namespace {

/// Where the parser puts strings that it unescapes. It asks for that memory and does not look
/// whether it got it: then the first string would be written to null. It shows it to nobody either,
/// but the arguments of an explicit instantiation may name what is private.
using StringMemory = std::unique_ptr<std::uint8_t[]>;
const StringMemory& string_memory_of(const simdjson::ondemand::parser& parser);

template <StringMemory simdjson::ondemand::parser::* kMember>
struct ShowStringMemory {
  friend const StringMemory& string_memory_of(const simdjson::ondemand::parser& parser) {
    return parser.*kMember;
  }
};
template struct ShowStringMemory<&simdjson::ondemand::parser::string_buf>;

bool is_container(JsonReader::Type type) {
  return type == JsonReader::Type::array || type == JsonReader::Type::object;
}

/// The letters of a number, string or word.
std::string_view token_of(JsonReader::Value& value) {
  const std::string_view token = value.raw_json_token();
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

/// The letter that a value begins with, which tells its type if it is JSON at all.
char first_letter(JsonReader::Value& value) { return *value.raw_json_token().data(); }

/// A token as a message shows it.
std::string brief(std::string_view token) { return cut(token, 60); }

}  // namespace

bool JsonReader::open(Type& top) {
  if (json_.size() > limits_.batch_bytes) {
    return fail({.code = ErrorCode::limit_exceeded,
                 .message = concat(subject_.name, " has ", json_.size(),
                                   " bytes of JSON, the limit is ", limits_.batch_bytes),
                 .limit = limits_.batch_bytes});
  }
  // simdjson would skip it; RFC 8259 and JSON.parse do not allow it.
  if (json_.starts_with("\xEF\xBB\xBF")) return not_json();
  auto padded = Bytes::allocate(json_.size() + simdjson::SIMDJSON_PADDING);
  if (!padded) return fail(out_of_memory(subject_.name, json_.size()));
  padded_ = *std::move(padded);
  std::memset(padded_.data() + json_.size(), ' ', simdjson::SIMDJSON_PADDING);
  if (!json_.empty()) std::memcpy(padded_.data(), json_.data(), json_.size());
  // From here on only the copy is read: the caller's bytes may be shared, and change.
  json_ = padded_.view().substr(0, json_.size());

  const auto code = parser_.iterate(padded_.data(), json_.size(), padded_.size()).get(document_);
  if (code == simdjson::MEMALLOC || (!code && string_memory_of(parser_) == nullptr)) {
    return fail(out_of_memory(subject_.name, json_.size()));
  }
  if (code || document_.type().get(top)) return not_json();
  if (top == Type::array || (top == Type::object && subject_.may_be_object)) return true;
  if (top == Type::object)
    return malformed(top_offset(), concat(subject_.form, ", not an object"), "an object");
  const std::size_t begin = json_.find_first_not_of(" \t\r\n");
  const std::string_view token = json_.substr(begin, json_.find_last_not_of(" \t\r\n") + 1 - begin);
  return malformed(begin, concat(subject_.form, ", not ", brief(token)), cut(token));
}

bool JsonReader::top(Array& array) {
  return (!document_.get_array().get(array) || not_json()) && enter();
}

bool JsonReader::top(Object& object) {
  return (!document_.get_object().get(object) || not_json()) && enter();
}

bool JsonReader::close() { return document_.at_end() || not_json(); }

bool JsonReader::key(Field& field, std::span<const JsonKey> keys, SeenKeys& seen,
                     const JsonKey*& key, Value& value) {
  if (field.error()) return not_json();
  simdjson::ondemand::field& pair = field.value_unsafe();
  const char* const raw = pair.key().raw();
  const auto offset = static_cast<std::size_t>(raw - padded_.data()) - 1;
  const JsonKey* known = find_key(keys, raw);
  if (known == nullptr) {
    std::string_view spelling;
    if (pair.unescaped_key(false).get(spelling)) return not_json();
    value = pair.value();
    if (spelling.starts_with("x-")) return skip(value);
    const auto spelled = std::ranges::find(keys, spelling, &JsonKey::spelling);
    if (spelled == keys.end()) return unknown_key(offset, spelling);
    known = &*spelled;
  }
  if (((seen >> known->slot) & 1U) != 0) {
    return malformed(offset, concat(path(known->spelling), " is given a second time"),
                     cut(known->spelling));
  }
  seen |= 1U << known->slot;
  key = known;
  value = pair.value();
  return true;
}

bool JsonReader::unknown_key(std::size_t byte_offset, std::string_view spelling) {
  return malformed(
      byte_offset,
      concat(path(quoted(spelling)), " is an unknown key; a key of your own begins with \"x-\""),
      cut(spelling));
}

bool JsonReader::has_type(std::string_view name, Value& value, Type wanted, std::string_view kind) {
  Type type{};
  if (value.type().get(type)) return not_json();
  if (type == wanted) return true;
  const std::string found = describe(value, type);
  const std::size_t offset = offset_of(value);
  if (!is_container(type) && !skip_scalar(value, type)) return false;
  return malformed(offset, concat(path(name), " is ", brief(found), ", not ", kind), found);
}

bool JsonReader::array(std::string_view name, Value& value, Array& out) {
  if (first_letter(value) != '[' && !has_type(name, value, Type::array, "an array")) return false;
  return (!value.get_array().get(out) || not_json()) && enter();
}

bool JsonReader::object(std::string_view name, Value& value, Object& out) {
  if (first_letter(value) != '{' && !has_type(name, value, Type::object, "an object")) return false;
  return (!value.get_object().get(out) || not_json()) && enter();
}

bool JsonReader::string(std::string_view name, Value& value, std::string_view& out) {
  if (first_letter(value) != '"' && !has_type(name, value, Type::string, "a string")) return false;
  return !value.get_string().get(out) || not_json();
}

bool JsonReader::boolean(std::string_view name, Value& value, bool& out) {
  if (!has_type(name, value, Type::boolean, "true or false")) return false;
  return !value.get_bool().get(out) || not_json();
}

bool JsonReader::name(std::string_view name, Value& value, std::string_view& out) {
  if (!string(name, value, out)) return false;
  if (!out.empty()) return true;
  return malformed(offset_of(value), concat(path(name), " is empty; leave it out or name it"));
}

bool JsonReader::count(std::string_view name, Value& value, std::uint64_t min, std::uint64_t& out) {
  if (!value.get_uint64().get(out) && out >= min && out <= kMaxCount) return true;
  if (!has_type(name, value, Type::number, "a whole number")) return false;
  const std::string_view token = token_of(value);
  if (!is_json_number(token)) return not_json();
  const auto [end, code] = std::from_chars(token.data(), token.data() + token.size(), out);
  const bool whole = code == std::errc() && end == token.data() + token.size();
  if (whole && out >= min && out <= kMaxCount) return true;
  return malformed(offset_of(value),
                   concat(path(name), " is ", brief(token), ", not a whole number from ", min,
                          " to ", kMaxCount),
                   cut(token));
}

/// A value that nobody reads must be JSON all the same.
bool JsonReader::skip(Value& value) {
  Type type{};
  if (value.type().get(type)) return not_json();
  if (type == Type::array) {
    Array members;
    if (!array("", value, members)) return false;
    for (auto element : members) {
      Value member;
      if (element.get(member)) return not_json();
      if (!skip(member)) return false;
    }
    return leave();
  }
  if (type == Type::object) {
    Object members;
    if (!object("", value, members)) return false;
    for (auto field : members) {
      std::string_view spelling;
      if (field.error() || field.unescaped_key(false).get(spelling)) return not_json();
      if (!skip(field.value_unsafe().value())) return false;
    }
    return leave();
  }
  return skip_scalar(value, type);
}

bool JsonReader::skip_scalar(Value& value, Type type) {
  std::string_view text;
  bool truth = false;
  switch (type) {
    case Type::string:
      return !value.get_string().get(text) || not_json();
    case Type::boolean:
      return !value.get_bool().get(truth) || not_json();
    case Type::null:
      return (!value.is_null().get(truth) && truth) || not_json();
    default:
      return is_json_number(token_of(value)) || not_json();
  }
}

bool JsonReader::enter() {
  if (depth_ < limits_.nesting) {
    ++depth_;
    return true;
  }
  return fail({.code = ErrorCode::limit_exceeded,
               .message = concat("the JSON nests deeper than ", count_of(limits_.nesting, "level")),
               .limit = limits_.nesting});
}

bool JsonReader::leave() {
  --depth_;
  return true;
}

std::size_t JsonReader::offset_of(Value& value) const {
  const char* const begin = value.raw_json_token().data();
  return std::min(static_cast<std::size_t>(begin - padded_.data()), json_.size());
}

std::string JsonReader::describe(Value& value, Type type) {
  if (type == Type::array) return "an array";
  if (type == Type::object) return "an object";
  return cut(token_of(value));
}

std::string JsonReader::path(std::string_view key) const {
  if (!owner_.empty()) return concat(owner_, key.empty() ? "" : ".", key);
  if (!patch_index_) return std::string(key);
  return concat(name_of(*patch()), key.empty() ? "" : ".", key);
}

std::optional<PatchRef> JsonReader::patch() const {
  if (!patch_index_) return std::nullopt;
  return PatchRef{.index = *patch_index_, .id = std::string(patch_id_)};
}

/// simdjson has found something; what, and where, is take_error's to say.
bool JsonReader::not_json() { return fail({.code = ErrorCode::malformed_json}); }

Error JsonReader::take_error() {
  const bool was_opened = padded_.data() != nullptr;
  const bool is_json_error = error_->code == ErrorCode::malformed_json;
  if (!is_json_error && !was_opened) return *std::move(error_);
  auto fault = find_json_fault(json_);
  if (!is_json_error && !fault) return *std::move(error_);
  const JsonFault known = fault.value_or(JsonFault{0, "an unexpected token"});
  const InputPosition place = position(known.byte_offset);
  return {.code = ErrorCode::malformed_json,
          .message = concat(subject_.name, " is not JSON: ", known.reason, " at line ", place.line,
                            ", column ", place.byte_column),
          .position = place};
}

bool JsonReader::malformed(std::size_t byte_offset, std::string message,
                           std::optional<std::string> found) {
  return fail({.code = ErrorCode::malformed_batch,
               .message = std::move(message),
               .patch = patch(),
               .found = std::move(found),
               .position = position(byte_offset)});
}

bool JsonReader::fail(Error error) {
  error_ = std::move(error);
  return false;
}

}  // namespace firn
