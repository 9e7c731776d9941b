#include "firn/history.h"

#include "crossing.h"
#include "firn/to_json.h"
#include "numbers.h"
#include "parts.h"

namespace firn::wasm {

extern "C" {

double history_revision(const History& history) { return static_cast<double>(history.revision()); }
Snapshot* history_root(const History& history) { return held(history.root()); }
Snapshot* history_latest(const History& history) { return held(history.text()); }
bool history_revisions(const History& history) { return leave(to_json(history)); }

js::Parts* history_append(const History& history, const Batch& batch, double policy, double ties) {
  const Result<AppendOptions> options = js::append_options_in(policy, ties);
  if (!options) return refuse(options.error());
  return held(js::parts_of(history.append(batch, *options)));
}

Patched* history_at(const History& history, double revision) {
  const Result<std::uint64_t> asked = js::count_in(revision);
  if (!asked) return refuse(asked.error());
  return held(history.at(*asked));
}

Batch* history_batch_of(const History& history, double revision) {
  const Result<std::uint64_t> asked = js::count_in(revision);
  if (!asked) return refuse(asked.error());
  return held(history.batch_of(*asked));
}

js::Parts* history_undo(const History& history, double revision) {
  const Result<std::uint64_t> asked = js::count_in(revision);
  if (!asked) return refuse(asked.error());
  return held(js::parts_of(history.undo(*asked)));
}

void history_delete(const History* history) { delete history; }
}

}  // namespace firn::wasm
