#include <string>
#include <string_view>

#include "firn/to_json.h"
#include "firn/utf_sizes.h"
#include "json_fields.h"
#include "json_writer.h"
#include "octal_mode.h"
#include "utf8.h"

namespace firn {

namespace {

void write(JsonWriter& json, const Hunk& hunk) {
  json.begin_object()
      .key("oldLine")
      .value(hunk.old_line)
      .key("oldCount")
      .value(hunk.old_count)
      .key("newLine")
      .value(hunk.new_line)
      .key("newCount")
      .value(hunk.new_count)
      .key("section")
      .value(hunk.section)
      .key("diffLine")
      .value(hunk.diff_line)
      .end_object();
}

void write(JsonWriter& json, const FileDiff& file) {
  json.begin_object().key("kind").value(name_of(file.kind));
  if (file.old_name) json.key("oldName").value(std::string_view(*file.old_name));
  if (file.new_name) json.key("newName").value(std::string_view(*file.new_name));
  if (file.old_mode) json.key("oldMode").value(octal_mode(*file.old_mode));
  if (file.new_mode) json.key("newMode").value(octal_mode(*file.new_mode));
  write_if(json, "similarityPercent", file.similarity_percent);
  if (!file.old_blob.empty()) json.key("oldBlob").value(file.old_blob);
  if (!file.new_blob.empty()) json.key("newBlob").value(file.new_blob);
  json.key("hunks").begin_array();
  for (const Hunk& hunk : file.hunks) write(json, hunk);
  json.end_array().end_object();
}

void write(JsonWriter& json, const PlacedHunk& hunk) {
  json.begin_object()
      .key("hunk")
      .value(hunk.hunk_index)
      .key("line")
      .value(hunk.line)
      .key("offset")
      .value(hunk.offset)
      .key("fuzz")
      .value(hunk.fuzz);
  if (hunk.ignored_white_space) json.key("ignoredWhiteSpace").raw("true");
  if (hunk.ignored_line_ends) json.key("ignoredLineEnds").raw("true");
  json.end_object();
}

void write(JsonWriter& json, const RejectedHunk& rejected) {
  json.begin_object()
      .key("hunk")
      .value(rejected.hunk_index)
      .key("alreadyApplied")
      .raw(rejected.already_applied ? "true" : "false")
      .key("error")
      .begin_object();
  write_members(json, rejected.error);
  json.end_object().end_object();
}

void write(JsonWriter& json, const Conflict& conflict) {
  json.begin_object();
  write(json.key("base"), conflict.base);
  write(json.key("ours"), conflict.ours);
  write(json.key("theirs"), conflict.theirs);
  write(json.key("merged"), conflict.merged);
  json.end_object();
}

void write(JsonWriter& json, const CarriedPatch& patch, const Batch& batch) {
  json.begin_object();
  write(json.key("patch"), batch.ref(patch.patch_index));
  json.key("carried").value(name_of(patch.carried));
  write(json.key("from"), patch.from);
  write(json.key("to"), patch.to);
  if (patch.carried == Carried::conflict) {
    json.key("base").value(patch.base).key("ours").value(patch.ours);
    json.key("theirs").value(patch.theirs);
  }
  json.end_object();
}

void write_patches(JsonWriter& json, const Rebased& rebased, const Batch& batch) {
  json.key("patches").begin_array();
  for (const CarriedPatch& patch : rebased.patches) write(json, patch, batch);
  json.end_array();
}

void write_members(JsonWriter& json, std::uint64_t batch_index, std::string_view batch_id) {
  json.key("batch").value(batch_index);
  if (!batch_id.empty()) json.key("batchId").value(batch_id);
}

void write(JsonWriter& json, const StackPatch& patch) {
  json.begin_object();
  write_members(json, patch.batch_index, patch.batch_id);
  write(json.key("patch"), patch.patch);
  json.end_object();
}

void write(JsonWriter& json, const Collision& collision) {
  json.begin_object();
  write(json.key("first"), collision.first);
  write(json.key("second"), collision.second);
  write(json.key("lines"), collision.lines);
  json.key("message").value(collision.message).end_object();
}

void write(JsonWriter& json, const RefusedBatch& refused) {
  json.begin_object();
  write_members(json, refused.batch_index, refused.batch_id);
  write(json.key("violations"), refused.violations);
  json.end_object();
}

/// UTF-16 code units in front of one byte after the other, ascending.
class Utf16Columns {
 public:
  explicit Utf16Columns(std::string_view line) : rest_(line) {}

  /// REQUIRES `byte_offset` not to be smaller than the one before.
  std::uint64_t at(std::uint64_t byte_offset) {
    std::string_view passed = rest_.substr(0, byte_offset - byte_offset_);
    rest_.remove_prefix(passed.size());
    byte_offset_ = byte_offset;
    while (!passed.empty()) {
      const std::string_view valid = passed.substr(0, valid_utf8_prefix(passed));
      for (const char byte : valid) column_ += utf16_size(byte);
      passed.remove_prefix(valid.size());
      if (passed.empty()) break;
      ++column_;  // What is not UTF-8 shows as U+FFFD.
      passed.remove_prefix(ill_formed_utf8_size(passed));
    }
    return column_;
  }

 private:
  std::string_view rest_;
  std::uint64_t byte_offset_ = 0;
  std::uint64_t column_ = 0;
};

void write(JsonWriter& json, ByteRange range, Utf16Columns& columns) {
  json.begin_object().key("from").value(columns.at(range.begin));
  json.key("to").value(columns.at(range.end)).end_object();
}

}  // namespace

std::string to_json(const Diff& diff) {
  JsonWriter json;
  json.begin_object().key("files").begin_array();
  for (const FileDiff& file : diff.files()) write(json, file);
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const Placed& placed) {
  JsonWriter json;
  json.begin_object().key("hunks").begin_array();
  for (const PlacedHunk& hunk : placed.hunks) write(json, hunk);
  json.end_array().key("rejected").begin_array();
  for (const RejectedHunk& rejected : placed.rejected) write(json, rejected);
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const Merged& merged) {
  JsonWriter json;
  json.begin_object().key("conflicts").begin_array();
  for (const Conflict& conflict : merged.conflicts) write(json, conflict);
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const Rebased& rebased, const Batch& batch) {
  JsonWriter json;
  json.begin_object();
  write_patches(json, rebased, batch);
  json.end_object();
  return json.take();
}

std::string to_json(const Stacked& stacked) {
  JsonWriter json;
  json.begin_object().key("sources").begin_array();
  for (const StackSource& source : stacked.sources) {
    json.begin_object().key("batch").value(source.batch_index);
    json.key("patch").value(source.patch_index).end_object();
  }
  json.end_array().key("collisions").begin_array();
  for (const Collision& collision : stacked.collisions) write(json, collision);
  json.end_array().key("collisionCount").value(stacked.collision_count);
  json.key("refused").begin_array();
  for (const RefusedBatch& refused : stacked.refused) write(json, refused);
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const History& history) {
  JsonWriter json;
  json.begin_object().key("firstRevision").value(history.first_revision());
  json.key("revision").value(history.revision()).key("revisions").begin_array();
  for (const History::Entry& entry : history.entries()) {
    json.begin_object().key("revision").value(entry.revision);
    json.key("fingerprint").value(to_hex(entry.fingerprint));
    json.key("lineCount").value(entry.line_count);
    if (entry.batch) {
      json.key("patches").value(entry.batch->patches().size());
      if (!entry.batch->id().empty()) json.key("batchId").value(entry.batch->id());
    }
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string to_json(const Undone& undone) {
  JsonWriter json;
  json.begin_object().key("revision").value(undone.history.revision());
  json.key("conflict").raw(undone.has_conflict() ? "true" : "false");
  write_patches(json, undone.rebased, undone.inverse);
  json.end_object();
  return json.take();
}

Result<std::string> changed_words_json(std::string_view before, std::string_view after) {
  const auto changes = changed_words(before, after);
  if (!changes) return std::unexpected(changes.error());
  JsonWriter json;
  json.begin_array();
  Utf16Columns before_columns(before);
  Utf16Columns after_columns(after);
  for (const WordChange& change : *changes) {
    json.begin_object();
    write(json.key("before"), change.before, before_columns);
    write(json.key("after"), change.after, after_columns);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

}  // namespace firn
