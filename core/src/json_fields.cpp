#include "json_fields.h"

namespace firn {

void write(JsonWriter& json, const PatchRef& patch) {
  json.begin_object().key("index").value(patch.index);
  if (!patch.id.empty()) json.key("id").value(patch.id);
  json.end_object();
}

void write_members(JsonWriter& json, const Error& error) {
  json.key("code").value(name_of(error.code)).key("message").value(error.message);
  if (error.law() != 0) json.key("law").value(error.law());
  if (error.patch) write(json.key("patch"), *error.patch);
  if (error.other) write(json.key("other"), *error.other);
  write_if(json, "line", error.line);
  write_if(json, "limit", error.limit);
  if (error.hunk) {
    json.key("hunk").value(error.hunk->index).key("diffLine").value(error.hunk->diff_line);
  }
  write_if(json, "otherLine", error.other_line);
  if (error.already_applied) json.key("alreadyApplied").raw("true");
  if (error.expected) json.key("expected").value(std::string_view(*error.expected));
  if (error.found) json.key("found").value(std::string_view(*error.found));
  if (error.position) {
    json.key("position")
        .begin_object()
        .key("byteOffset")
        .value(error.position->byte_offset)
        .key("line")
        .value(error.position->line)
        .key("byteColumn")
        .value(error.position->byte_column)
        .end_object();
  }
}

void write(JsonWriter& json, std::span<const Error> errors) {
  json.begin_array();
  for (const Error& error : errors) {
    json.begin_object();
    write_members(json, error);
    json.end_object();
  }
  json.end_array();
}

void write_members(JsonWriter& json, LineRange range) {
  json.key("from").value(range.from).key("to").value(range.to);
}

void write(JsonWriter& json, LineRange range) {
  json.begin_object();
  write_members(json, range);
  json.end_object();
}

}  // namespace firn
