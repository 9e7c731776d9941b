#include "firn/read_batch.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "batch_keys.h"
#include "concat.h"
#include "json_reader.h"
#include "quote.h"
#include "read_plain_batch.h"

namespace firn {

namespace {

struct OpName {
  std::string_view key;
  std::string_view value;
  Op op;
};
constexpr std::array kOpNames = {
    OpName{"op", "replace", Op::replace_lines},
    OpName{"op", "delete", Op::delete_lines},
    OpName{"op", "insert", Op::insert_lines},
    OpName{"type", "write_replace_line", Op::replace_lines},
    OpName{"type", "delete_line", Op::delete_lines},
    OpName{"type", "insert_line", Op::insert_lines},
};

constexpr JsonSubject kBatch = {.name = "the batch",
                                .form = "a batch is an object or an array of patches",
                                .may_be_object = true};

/// One pass over the JSON, straight into a BatchBuilder. As with JsonReader, false ends it all.
class BatchReader {
 public:
  BatchReader(std::string_view json, const Limits& limits)
      : json_(json, kBatch, limits), limits_(limits), builder_(limits) {}

  [[nodiscard]] Result<Batch> read();

 private:
  using Value = JsonReader::Value;

  bool read_top();
  bool read_field(unsigned slot, Value& value);
  bool read_schema(Value& value);
  bool read_base(Value& value);
  bool read_patches(JsonReader::Array patches);
  bool read_patch(Value& value);
  bool read_patch_field(const JsonKey& key, Value& value);
  bool read_op(const JsonKey& key, Value& value);
  bool read_text_lines(Value& value);
  bool read_text_line(Value& line);
  bool add_patch(JsonReader::SeenKeys seen, std::size_t byte_offset);

  JsonReader json_;
  Limits limits_;
  BatchBuilder builder_;
  std::vector<std::size_t> patch_offsets_;  ///< Where each patch begins.
  PatchSpec spec_;                          ///< The patch being read.
  std::vector<std::string_view> lines_;
};

Result<Batch> BatchReader::read() {
  if (!read_top()) return std::unexpected(json_.take_error());
  auto batch = builder_.build();
  if (!batch && batch.error().patch) {
    batch.error().position = json_.position(patch_offsets_[batch.error().patch->index]);
  }
  return batch;
}

bool BatchReader::read_top() {
  JsonReader::Type type{};
  if (!json_.open(type)) return false;
  if (type == JsonReader::Type::array) {
    JsonReader::Array patches;
    return json_.top(patches) && read_patches(patches) && json_.close();
  }
  JsonReader::Object batch;
  if (!json_.top(batch)) return false;
  JsonReader::SeenKeys seen = 0;
  for (auto field : batch) {
    const JsonKey* key = nullptr;
    Value value;
    if (!json_.key(field, kBatchKeys, seen, key, value)) return false;
    if (key != nullptr && !read_field(key->slot, value)) return false;
  }
  if (!json_.leave() || !json_.close()) return false;
  if (JsonReader::has(seen, kPatches)) return true;
  return json_.malformed(json_.top_offset(),
                         "the batch has no patches; an empty one has \"patches\": []");
}

bool BatchReader::read_field(unsigned slot, Value& value) {
  std::string_view text;
  std::uint64_t count = 0;
  switch (slot) {
    case kSchema:
      return read_schema(value);
    case kId:
      if (!json_.name("id", value, text)) return false;
      builder_.set_id(text);
      return true;
    case kFile:
      if (!json_.name("file", value, text)) return false;
      builder_.set_file(text);
      return true;
    case kBase:
      return read_base(value);
    case kRevision:
      if (!json_.count("revision", value, 0, count)) return false;
      builder_.set_revision(count);
      return true;
    default: {
      JsonReader::Array patches;
      return json_.array("patches", value, patches) && read_patches(patches);
    }
  }
}

bool BatchReader::read_schema(Value& value) {
  std::string_view name;
  if (!json_.string("schema", value, name)) return false;
  if (name == kBatchSchema) return true;
  return json_.malformed(json_.offset_of(value),
                         concat("schema is ", quoted(name), ", not ", quoted(kBatchSchema)),
                         cut(name));
}

bool BatchReader::read_base(Value& value) {
  JsonReader::Object object;
  if (!json_.object("base", value, object)) return false;
  json_.set_owner("base");
  Base base;
  JsonReader::SeenKeys seen = 0;
  for (auto field : object) {
    const JsonKey* key = nullptr;
    Value member;
    if (!json_.key(field, kBaseKeys, seen, key, member)) return false;
    if (key == nullptr) continue;
    if (key->slot == kLineCount) {
      if (!json_.count("lineCount", member, 0, base.line_count.emplace())) return false;
      continue;
    }
    std::string_view hex;
    if (!json_.string("fingerprint", member, hex)) return false;
    base.fingerprint = fingerprint_from_hex(hex);
    if (base.fingerprint) continue;
    return json_.malformed(json_.offset_of(member),
                           concat("base.fingerprint is ", quoted(hex), ", not 32 hex digits"),
                           cut(hex));
  }
  builder_.set_base(base);
  json_.set_owner("");
  return json_.leave();
}

bool BatchReader::read_patches(JsonReader::Array patches) {
  for (auto element : patches) {
    Value value;
    if (element.get(value)) return json_.not_json();
    json_.enter_patch(patch_offsets_.size());
    if (!read_patch(value)) return false;
    json_.leave_patch();
  }
  return json_.leave();
}

bool BatchReader::read_patch(Value& value) {
  const std::size_t offset = json_.offset_of(value);
  JsonReader::Object patch;
  if (!json_.object("", value, patch)) return false;
  spec_ = {};
  JsonReader::SeenKeys seen = 0;
  for (auto field : patch) {
    const JsonKey* key = nullptr;
    Value member;
    if (!json_.key(field, kPatchKeys, seen, key, member)) return false;
    if (key != nullptr && !read_patch_field(*key, member)) return false;
  }
  return add_patch(seen, offset) && json_.leave();
}

bool BatchReader::read_patch_field(const JsonKey& key, Value& value) {
  const std::string_view name = key.spelling;
  switch (key.slot) {
    case kOp:
      return read_op(key, value);
    case kLine:
      return json_.count(name, value, 1, spec_.line);
    case kEndLine:
      return json_.count(name, value, 1, spec_.end_line.emplace());
    case kText:
      return json_.string(name, value, spec_.text.emplace());
    case kLines:
      return read_text_lines(value);
    case kExpect:
      return json_.string(name, value, spec_.expect.emplace());
    case kVerbatim:
      return json_.boolean(name, value, spec_.verbatim);
    default: {
      std::string_view id;
      if (!json_.name(name, value, id)) return false;
      spec_.id = id;
      json_.set_patch_id(id);
      return true;
    }
  }
}

bool BatchReader::read_op(const JsonKey& key, Value& value) {
  std::string_view name;
  if (!json_.string(key.spelling, value, name)) return false;
  const auto* const known = std::ranges::find_if(
      kOpNames, [&](const OpName& row) { return row.key == key.spelling && row.value == name; });
  if (known != kOpNames.end()) {
    spec_.op = known->op;
    return true;
  }
  const std::string_view choices = key.spelling == "op"
                                       ? "replace, delete or insert"
                                       : "write_replace_line, delete_line or insert_line";
  return json_.malformed(json_.offset_of(value),
                         concat(json_.path(key.spelling), " is ", quoted(name), ", not ", choices),
                         cut(name));
}

bool BatchReader::read_text_lines(Value& value) {
  JsonReader::Array lines;
  if (!json_.array("lines", value, lines)) return false;
  lines_.clear();
  for (auto element : lines) {
    Value line;
    if (element.get(line)) return json_.not_json();
    if (lines_.size() >= limits_.text_lines) {
      return json_.fail({.code = ErrorCode::limit_exceeded,
                         .message = concat("the batch holds more than ",
                                           count_of(limits_.text_lines, "line"), " of new text"),
                         .limit = limits_.text_lines});
    }
    if (!read_text_line(line)) return false;
  }
  spec_.lines = lines_;
  return json_.leave();
}

bool BatchReader::read_text_line(Value& line) {
  JsonReader::Type type{};
  const bool is_string = !line.type().get(type) && type == JsonReader::Type::string;
  const std::size_t index = lines_.size();
  std::string_view& text = lines_.emplace_back();
  if (is_string) return json_.string("lines", line, text);
  return json_.string(concat("lines[", index, "]"), line, text);
}

bool BatchReader::add_patch(JsonReader::SeenKeys seen, std::size_t byte_offset) {
  if (!JsonReader::has(seen, kOp))
    return json_.malformed(byte_offset, concat(json_.path(), " has no op"));
  if (!JsonReader::has(seen, kLine))
    return json_.malformed(byte_offset, concat(json_.path(), " has no line"));
  auto added = builder_.add(spec_);
  patch_offsets_.push_back(byte_offset);
  if (added) return true;
  Error error = std::move(added.error());
  if (error.code == ErrorCode::malformed_batch) error.position = json_.position(byte_offset);
  return json_.fail(std::move(error));
}

}  // namespace

Result<Batch> read_batch(std::string_view json, const Limits& limits) {
  if (auto plain = read_plain_batch(json, limits)) return *std::move(plain);
  return BatchReader(json, limits).read();
}

}  // namespace firn
