#include "firn/source_map.h"

#include "convert.h"
#include "firn.h"

using namespace firn::c;

namespace {

static_assert(FIRN_MAP_LINE == static_cast<int>(firn::MapDetail::line));
static_assert(FIRN_MAP_BOUNDARY == static_cast<int>(firn::MapDetail::boundary));

constexpr firn_source_map_style kDefaults = FIRN_SOURCE_MAP_STYLE_INIT;
static_assert(kDefaults.with_content == firn::SourceMapStyle{}.with_content);
static_assert(kDefaults.detail == static_cast<uint32_t>(firn::SourceMapStyle{}.detail));

}  // namespace

firn_code firn_patched_source_map(const firn_patched* patched, const firn_source_map_style* style,
                                  firn_buffer* map, firn_error** error) try {
  clear(map);
  if (patched == nullptr || map == nullptr) {
    return invalid_argument(error, "the patched text or the result pointer is NULL");
  }
  const auto given = read_struct(style, kDefaults);
  if (!given) return unknown_size(error, "style fields", "FIRN_SOURCE_MAP_STYLE_INIT");
  if (!is_readable(given->file) || !is_readable(given->source)) {
    return invalid_argument(error, "a name is NULL, but has a size");
  }
  if (given->with_content > 1) return no_flag(error, "with_content");
  if (given->detail > FIRN_MAP_BOUNDARY) return no_such(error, "detail", given->detail);
  const firn::SourceMapStyle core_style{.file = from_view(given->file).value_or(""),
                                        .source = from_view(given->source).value_or(""),
                                        .with_content = given->with_content != 0,
                                        .detail = static_cast<firn::MapDetail>(given->detail)};
  return give(map, firn::source_map(patched->value, core_style), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_mappings(const firn_patched* patched, uint32_t detail, firn_buffer* mappings,
                                firn_error** error) try {
  clear(mappings);
  if (patched == nullptr || mappings == nullptr) {
    return invalid_argument(error, "the patched text or the result pointer is NULL");
  }
  if (detail > FIRN_MAP_BOUNDARY) return no_such(error, "detail", detail);
  return give(mappings, firn::mappings(patched->value, static_cast<firn::MapDetail>(detail)),
              error);
} catch (const std::exception&) {
  return no_memory(error);
}
