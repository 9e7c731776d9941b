#include "firn/source_map.h"

#include <nlohmann/json.hpp>
#include <string>

#include "input.h"
#include "law.h"
#include "naive_source_map.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::MapDetail;
using firn::Patched;
using nlohmann::json;

}  // namespace

/// Settings: detail, whether the map holds the base. Texts: the base; patches as patches_in()
/// reads them.
void source_map(std::string_view bytes) {
  Input input(bytes);
  const auto detail = input.setting_of<MapDetail>(2);
  const bool with_content = input.setting(2) == 0;
  const firn::Snapshot base = frozen(input.text(0));
  const firn::Batch batch = build({.patches = patches_in(input.text(1), input.text(0))});
  const Patched patched = made(firn::apply(base, batch, {.policy = firn::Policy::best_effort}));

  const auto mappings = firn::mappings(patched, detail);
  const auto map = firn::source_map(
      patched, {.file = "o", .source = "s", .with_content = with_content, .detail = detail});
  const bool base_is_utf8 = is_utf8(base.bytes());
  must(!base_is_utf8 || mappings.has_value(), "a base that is UTF-8 has mappings");
  must(map.has_value() == (mappings.has_value() && (base_is_utf8 || !with_content)),
       "a map is made of mappings, and of a base that JSON can hold");
  if (!mappings) {
    must(mappings.error().code == firn::ErrorCode::malformed_text && mappings.error().line,
         "a base that is not UTF-8 is refused by its line");
    return;
  }
  must_be_whole(difference_from_provenance(patched, detail));
  if (!map) return;
  const json read = json::parse(map->view(), nullptr, false);
  must(!read.is_discarded(), "a map is JSON", map->view());
  must(read["mappings"] == std::string(mappings->view()), "a map holds the mappings");
  must(!with_content || read["sourcesContent"] == json::array({std::string(base.bytes())}),
       "a map holds the base");
}

}  // namespace firn_test::fuzz
