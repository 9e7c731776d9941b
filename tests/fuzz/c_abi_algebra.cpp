#include <cstdint>
#include <vector>

#include "c_abi_machine.h"
#include "law.h"

namespace firn_test::fuzz {

namespace {

void read_hunks(const firn_diff* diff) {
  firn_file_diff file{};
  for (std::size_t i = 0; firn_diff_file(diff, i, &file); ++i) {
    read(file.old_name);
    read(file.new_name);
    std::vector<firn_hunk> hunks(file.hunk_count);
    firn_diff_hunks(diff, i, hunks.data(), hunks.size());
    for (std::size_t k = 0; k < hunks.size(); ++k) {
      std::vector<firn_hunk_line> lines(hunks[k].line_count);
      firn_diff_hunk_lines(diff, i, k, lines.data(), lines.size());
      for (const firn_hunk_line& line : lines) read(line.text);
    }
  }
  Call json;
  json.done(firn_diff_to_json(diff, json.buffer(), json.error()));
}

void read_carried(const firn_rebased* rebased) {
  std::vector<firn_carried_patch> patches(firn_rebased_patches(rebased, nullptr, 0));
  firn_rebased_patches(rebased, patches.data(), patches.size());
  for (const firn_carried_patch& patch : patches) {
    read(patch.patch.id);
    read(patch.base);
    read(patch.ours);
    read(patch.theirs);
    must(firn_carried_name(static_cast<firn_carried>(patch.carried)).size > 0,
         "what became of a patch has a name");
  }
  Call json;
  json.done(firn_rebased_to_json(rebased, json.buffer(), json.error()));
}

}  // namespace

void Machine::compare() {
  firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
  options.algorithm = choice() % 4;
  options.slide = choice() % 4;
  Call call;
  firn_batch* made = nullptr;
  const firn_snapshot* before = snapshots_.at(operand());
  call.made(firn_diff_texts(before, snapshots_.at(operand()), &options, &made, call.error()), made);
  batches_.put(operand(), made);
}

void Machine::words() {
  const firn_view before = text();
  const firn_view after = text();
  std::size_t count = 0;
  Call counted;
  counted.done(firn_changed_words(before, after, nullptr, 0, &count, counted.error()));
  std::vector<firn_word_change> changes(count);
  Call call;
  call.done(
      firn_changed_words(before, after, changes.data(), changes.size(), &count, call.error()));
  must(count == changes.size(), "changes are as many as was said");
  Call json;
  json.done(firn_changed_words_json(before, after, json.buffer(), json.error()));
}

void Machine::parse_diff() {
  firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT;
  options.recount = flag();
  options.any_names = flag();
  Call call;
  firn_diff* made = nullptr;
  call.made(firn_diff_parse(text(), &options, &made, call.error()), made);
  if (made != nullptr) read_hunks(made);
  diffs_.put(operand(), made);
}

void Machine::place() {
  firn_place_options options = FIRN_PLACE_OPTIONS_INIT;
  options.placement = choice() % 4;
  options.white_space = choice() % 4;
  options.reverse = flag();
  options.policy = choice() % 4;
  Call call;
  firn_placed* made = nullptr;
  const firn_diff* diff = diffs_.at(operand());
  const std::uint64_t file_index = operand() % 3;
  if (call.made(firn_diff_place(diff, file_index, snapshots_.at(operand()), &options, &made,
                                call.error()),
                made)) {
    std::vector<firn_rejected_hunk> rejected(firn_placed_rejected(made, nullptr, 0));
    firn_placed_rejected(made, rejected.data(), rejected.size());
    for (const firn_rejected_hunk& hunk : rejected) read(hunk.error);
    Call rejects;
    rejects.done(firn_placed_rejects(made, rejects.buffer(), rejects.error()));
    Call applied;
    firn_patched* patched = nullptr;
    applied.made(firn_apply(snapshots_.at(operand()), firn_placed_batch(made), nullptr, &patched,
                            applied.error()),
                 patched);
    patched_.put(operand(), patched);
  }
  firn_placed_free(made);
}

void Machine::merge() {
  const firn_view label = text();
  firn_merge_options options = FIRN_MERGE_OPTIONS_INIT;
  options.style = choice() % 4;
  options.favor = choice();
  options.marker_size = static_cast<std::uint32_t>(operand());
  if (flag() == 1) options.ours_label = &label;
  Call call;
  firn_merged* made = nullptr;
  const firn_snapshot* base = snapshots_.at(operand());
  const firn_snapshot* ours = snapshots_.at(operand());
  if (call.made(firn_merge(base, ours, snapshots_.at(operand()), &options, &made, call.error()),
                made)) {
    read(firn_merged_bytes(made));
    std::vector<firn_conflict> conflicts(firn_merged_conflicts(made, nullptr, 0));
    firn_merged_conflicts(made, conflicts.data(), conflicts.size());
    Call json;
    json.done(firn_merged_to_json(made, json.buffer(), json.error()));
  }
  firn_merged_free(made);
}

void Machine::algebra() {
  const firn_patched* first = patched_.at(operand());
  Call inverted;
  firn_batch* inverse = nullptr;
  inverted.made(firn_patched_invert(first, &inverse, inverted.error()), inverse);
  batches_.put(operand(), inverse);
  Call composed;
  firn_batch* both = nullptr;
  composed.made(firn_patched_compose(first, patched_.at(operand()), &both, composed.error()), both);
  batches_.put(operand(), both);
}

void Machine::rebase() {
  Call call;
  firn_rebased* made = nullptr;
  const firn_patched* patched = patched_.at(operand());
  if (call.made(firn_patched_rebase(patched, snapshots_.at(operand()), &made, call.error()),
                made)) {
    read_carried(made);
  }
  firn_rebased_free(made);
}

void Machine::stack() {
  const firn_batch* batches[] = {batches_.at(operand()), batches_.at(operand()),
                                 batches_.at(operand())};
  firn_stack_options options = FIRN_STACK_OPTIONS_INIT;
  options.max_collisions = operand();
  Call call;
  firn_stacked* made = nullptr;
  const firn_snapshot* snapshot = snapshots_.at(operand());
  if (call.made(firn_stack(snapshot, batches, operand() % 4, &options, &made, call.error()),
                made)) {
    std::vector<firn_collision> collisions(firn_stacked_collisions(made, nullptr, 0));
    firn_stacked_collisions(made, collisions.data(), collisions.size());
    for (const firn_collision& collision : collisions) read(collision.message);
    std::vector<firn_refused_batch> refused(firn_stacked_refused(made, nullptr, 0));
    firn_stacked_refused(made, refused.data(), refused.size());
    for (const firn_refused_batch& batch : refused) read(batch.error);
    Call json;
    json.done(firn_stacked_to_json(made, json.buffer(), json.error()));
  }
  firn_stacked_free(made);
}

void Machine::append() {
  const std::uint64_t slot = operand();
  if (histories_.at(slot) == nullptr) {
    Call begun;
    firn_history* made = nullptr;
    const firn_snapshot* root = snapshots_.at(operand());
    begun.made(firn_history_new(root, line(), &made, begun.error()), made);
    return histories_.put(slot, made);
  }
  Call call;
  firn_history* longer = nullptr;
  firn_patched* patched = nullptr;
  call.made(firn_history_append(histories_.at(slot), batches_.at(operand()), nullptr, &longer,
                                &patched, call.error()),
            longer);
  patched_.put(operand(), patched);
  if (longer != nullptr) histories_.put(slot, longer);
}

void Machine::undo() {
  const std::uint64_t slot = operand();
  const firn_history* history = histories_.at(slot);
  const std::uint64_t revision = firn_history_first_revision(history) + operand() % 4;
  Call read_at;
  firn_patched* patched = nullptr;
  read_at.made(firn_history_at(history, revision, &patched, read_at.error()), patched);
  patched_.put(operand(), patched);
  Call read_batch;
  firn_batch* batch = nullptr;
  read_batch.made(firn_history_batch_of(history, revision, &batch, read_batch.error()), batch);
  batches_.put(operand(), batch);
  Call call;
  firn_history* undone = nullptr;
  firn_rebased* rebased = nullptr;
  if (call.made(firn_history_undo(history, revision, &undone, &rebased, call.error()), undone)) {
    read_carried(rebased);
    Call json;
    json.done(firn_history_to_json(undone, json.buffer(), json.error()));
    histories_.put(slot, undone);
  }
  firn_rebased_free(rebased);
}

}  // namespace firn_test::fuzz
