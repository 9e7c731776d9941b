#include "firn/snapshot.h"

#include "batch_list.h"
#include "crossing.h"
#include "firn/firn.h"
#include "firn/to_json.h"
#include "numbers.h"
#include "parts.h"

namespace firn::wasm {

extern "C" {

double snapshot_line_count(const Snapshot& snapshot) {
  return static_cast<double>(snapshot.line_count());
}
double snapshot_byte_length(const Snapshot& snapshot) {
  return static_cast<double>(snapshot.byte_size());
}
bool snapshot_fingerprint(const Snapshot& snapshot) { return leave(snapshot.fingerprint()); }
bool snapshot_bytes(const Snapshot& snapshot) { return leave_borrowed(snapshot.bytes()); }

bool snapshot_lines(const Snapshot& snapshot, double from, double to) {
  const Result<LineRange> range = js::range_in(from, to, snapshot.line_count());
  return range ? leave(lines_of(snapshot, *range)) : leave(range.error());
}

/// True when the bytes are what was frozen.
bool snapshot_verify(const Snapshot& snapshot) {
  const Result<void> verified = snapshot.verify();
  return verified || leave(verified.error());
}

bool snapshot_check(const Snapshot& snapshot, const Batch& batch, double policy, double ties,
                    double revision) {
  const Result<ApplyOptions> options = js::options_in(policy, ties, revision);
  if (!options) return leave(options.error());
  const Result<CheckReport> report = check(snapshot, batch, *options);
  return report ? leave(to_json(*report)) : leave(report.error());
}

Patched* snapshot_apply(const Snapshot& snapshot, const Batch& batch, double policy, double ties,
                        double revision) {
  const Result<ApplyOptions> options = js::options_in(policy, ties, revision);
  if (!options) return refuse(options.error());
  return held(apply(snapshot, batch, *options));
}

// ---- New batches and texts ----

Batch* snapshot_text_edits(const Snapshot& snapshot, Bytes& text) {
  const Bytes json = taken(text);
  const Result<TextEdits> edits = read_text_edits(json.view());
  if (!edits) return refuse(edits.error());
  return held(batch_of_text_edits(snapshot, edits->edits()));
}

Batch* snapshot_diff(const Snapshot& before, const Snapshot& after, double algorithm,
                     double slide) {
  const Result<DiffOptions> options = js::diff_options_in(algorithm, slide);
  if (!options) return refuse(options.error());
  return held(diff(before, after, *options));
}

js::Parts* snapshot_merge(const Snapshot& base, const Snapshot& ours, const Snapshot& theirs,
                          double style, double favor, double marker_size, Bytes& ours_label,
                          Bytes& base_label, Bytes& theirs_label) {
  const Bytes ours_name = taken(ours_label);
  const Bytes base_name = taken(base_label);
  const Bytes theirs_name = taken(theirs_label);
  Result<MergeOptions> options = js::merge_options_in(style, favor, marker_size);
  if (!options) return refuse(options.error());
  options->ours_label = ours_name.view();
  options->base_label = base_name.view();
  options->theirs_label = theirs_name.view();
  return held(js::parts_of(merge(base, ours, theirs, *options)));
}

js::Parts* snapshot_stack(const Snapshot& snapshot, const js::BatchList& list, double revision,
                          double max_collisions) {
  const Result<StackOptions> options = js::stack_options_in(revision, max_collisions);
  if (!options) return refuse(options.error());
  return held(js::parts_of(stack(snapshot, *list.batches, *options)));
}

History* snapshot_history(const Snapshot& snapshot, double revision) {
  const Result<std::uint64_t> first = js::count_in(revision);
  if (!first) return refuse(first.error());
  return held(History(snapshot, *first));
}

void snapshot_delete(const Snapshot* snapshot) { delete snapshot; }
}

}  // namespace firn::wasm
