#include "crossing.h"
#include "firn/file_diff.h"
#include "firn/place.h"
#include "firn/to_json.h"
#include "numbers.h"
#include "parts.h"

namespace firn::wasm {

extern "C" {

bool diff_files(const Diff& diff) { return leave(to_json(diff)); }

js::Parts* diff_place(const Diff& diff, double file_index, const Snapshot& snapshot,
                      double placement, double max_fuzz, double white_space, bool ignore_line_ends,
                      bool reverse, double policy) {
  const auto file = js::file_in(diff, file_index);
  if (!file) return refuse(file.error());
  const Result<PlaceOptions> options =
      js::place_options_in(placement, max_fuzz, white_space, ignore_line_ends, reverse, policy);
  if (!options) return refuse(options.error());
  const auto placed = place(snapshot, **file, *options);
  if (!placed) return refuse(placed.error());
  return held(js::parts_of(**file, *placed));
}

void diff_delete(const Diff* diff) { delete diff; }
}

}  // namespace firn::wasm
