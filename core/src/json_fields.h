#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "firn/error.h"
#include "firn/line_range.h"
#include "json_writer.h"

namespace firn {

// What several values have in their JSON. Where a function writes members, the object is open.

void write(JsonWriter& json, const PatchRef& patch);
void write(JsonWriter& json, LineRange range);
void write_members(JsonWriter& json, LineRange range);
void write_members(JsonWriter& json, const Error& error);
void write(JsonWriter& json, std::span<const Error> errors);

template <typename Field>
void write_if(JsonWriter& json, std::string_view key, const std::optional<Field>& field) {
  if (field) json.key(key).value(*field);
}

}  // namespace firn
