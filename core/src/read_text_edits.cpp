#include "firn/read_text_edits.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "concat.h"
#include "json_reader.h"
#include "quote.h"

namespace firn {

/// The edits view the texts, so those may not move once they are linked.
struct TextEdits::Storage {
  std::string texts;  ///< One behind the other.
  std::vector<TextEdit> edits;
};

namespace {

enum EditSlot : unsigned { kRange, kNewText };
constexpr std::array kEditKeys = {JsonKey{"range", kRange}, JsonKey{"newText", kNewText}};

enum RangeSlot : unsigned { kStart, kEnd };
constexpr std::array kRangeKeys = {JsonKey{"start", kStart}, JsonKey{"end", kEnd}};

enum PositionSlot : unsigned { kLine, kCharacter };
constexpr std::array kPositionKeys = {JsonKey{"line", kLine}, JsonKey{"character", kCharacter}};

constexpr JsonSubject kTextEdits = {.name = "the list of text edits",
                                    .form = "text edits are an array"};

}  // namespace

/// One pass over the JSON. As with JsonReader, false ends it all.
class TextEditsReader {
 public:
  TextEditsReader(std::string_view json, const Limits& limits)
      : json_(json, kTextEdits, limits), limits_(limits) {}

  [[nodiscard]] Result<TextEdits> read() {
    if (!read_all()) return std::unexpected(json_.take_error());
    auto storage = std::make_shared<TextEdits::Storage>();
    storage->texts = std::move(texts_);
    storage->edits = std::move(edits_);
    std::string_view rest = storage->texts;
    for (std::size_t i = 0; i < text_sizes_.size(); ++i) {
      storage->edits[i].new_text = rest.substr(0, text_sizes_[i]);
      rest.remove_prefix(text_sizes_[i]);
    }
    return TextEdits(std::move(storage));
  }

 private:
  using Value = JsonReader::Value;

  bool read_all();
  bool read_edit(Value& value);
  bool read_range(Value& value, TextEdit& edit);
  bool read_position(std::string_view name, Value& value, TextPosition& position);

  /// Reads the object `value`: hands each known member to `read_member`, wants all keys.
  template <typename ReadMember>
  bool read_object(Value& value, const std::string& owner, std::span<const JsonKey> keys,
                   const ReadMember& read_member);

  JsonReader json_;
  Limits limits_;
  std::string texts_;
  std::vector<std::size_t> text_sizes_;
  std::vector<TextEdit> edits_;
};

bool TextEditsReader::read_all() {
  JsonReader::Type type{};
  JsonReader::Array array;
  if (!json_.open(type) || !json_.top(array)) return false;
  for (auto element : array) {
    Value value;
    if (element.get(value)) return json_.not_json();
    if (edits_.size() >= limits_.patches) {
      return json_.fail(
          {.code = ErrorCode::limit_exceeded,
           .message = concat("there are more than ", count_of(limits_.patches, "text edit")),
           .limit = limits_.patches});
    }
    json_.enter_patch(edits_.size());
    if (!read_edit(value)) return false;
    json_.leave_patch();
    json_.set_owner("");
  }
  return json_.leave() && json_.close();
}

template <typename ReadMember>
bool TextEditsReader::read_object(Value& value, const std::string& owner,
                                  std::span<const JsonKey> keys, const ReadMember& read_member) {
  const std::size_t offset = json_.offset_of(value);
  json_.set_owner(owner);
  JsonReader::Object object;
  if (!json_.object("", value, object)) return false;
  JsonReader::SeenKeys seen = 0;
  for (auto field : object) {
    const JsonKey* key = nullptr;
    Value member;
    json_.set_owner(owner);
    if (!json_.key(field, keys, seen, key, member)) return false;
    if (key != nullptr && !read_member(*key, member)) return false;
  }
  for (const JsonKey& key : keys) {
    if (JsonReader::has(seen, key.slot)) continue;
    return json_.malformed(offset, concat(owner, " has no ", key.spelling));
  }
  return json_.leave();
}

bool TextEditsReader::read_edit(Value& value) {
  TextEdit edit;
  std::string_view text;
  const std::string name = concat("edits[", edits_.size(), "]");
  const bool is_read = read_object(value, name, kEditKeys, [&](const JsonKey& key, Value member) {
    if (key.slot == kRange) return read_range(member, edit);
    return json_.string(key.spelling, member, text);
  });
  if (!is_read) return false;
  texts_.append(text);
  text_sizes_.push_back(text.size());
  edits_.push_back(edit);
  return true;
}

bool TextEditsReader::read_range(Value& value, TextEdit& edit) {
  return read_object(value, json_.path("range"), kRangeKeys, [&](const JsonKey& key, Value member) {
    return read_position(key.spelling, member, key.slot == kStart ? edit.start : edit.end);
  });
}

bool TextEditsReader::read_position(std::string_view name, Value& value, TextPosition& position) {
  return read_object(value, json_.path(name), kPositionKeys, [&](const JsonKey& key, Value member) {
    return json_.count(key.spelling, member, 0,
                       key.slot == kLine ? position.line : position.utf16_column);
  });
}

TextEdits::TextEdits(std::shared_ptr<const Storage> storage) noexcept
    : storage_(std::move(storage)) {}

std::span<const TextEdit> TextEdits::edits() const noexcept { return storage_->edits; }

Result<TextEdits> read_text_edits(std::string_view json, const Limits& limits) {
  return TextEditsReader(json, limits).read();
}

}  // namespace firn
