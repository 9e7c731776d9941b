/// The C ABI as a machine whose instructions are its calls: any call on any handles in any order,
/// NULL and freed slots included, keeps the conventions of firn.h. The sanitizers watch for what
/// was freed twice, not at all, or too early.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "c_abi_calls.h"
#include "firn.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

class Machine {
 public:
  explicit Machine(std::string_view program) : input_(program) {}

  void run() {
    constexpr int kMaxCalls = 64;
    using Instruction = void (Machine::*)();
    static constexpr Instruction kInstructions[] = {
        &Machine::freeze, &Machine::parse_batch, &Machine::apply,     &Machine::read_patched,
        &Machine::build,  &Machine::check,       &Machine::compare,   &Machine::parse_diff,
        &Machine::place,  &Machine::merge,       &Machine::algebra,   &Machine::rebase,
        &Machine::stack,  &Machine::append,      &Machine::undo,      &Machine::write,
        &Machine::edit,   &Machine::words,       &Machine::read_text, &Machine::read_batch,
        &Machine::let_go};
    for (int i = 0; i < kMaxCalls; ++i) {
      const std::uint64_t next = instruction(std::size(kInstructions));
      if (next == 0) return;
      (this->*kInstructions[next - 1])();
    }
  }

 private:
  /// Instructions are letters, from 'A'; anything below, and the end, is 0.
  std::uint64_t instruction(std::uint64_t count) {
    constexpr std::uint64_t kA = 'A' - '0';
    const std::uint64_t letter = input_.setting(256);
    return letter < kA ? 0 : 1 + (letter - kA) % count;
  }
  std::uint64_t operand() { return input_.setting(10); }
  /// Of an enum: one that is, or that is not.
  std::uint32_t choice() { return static_cast<std::uint32_t>(operand() % 6); }
  /// A flag that is mostly one.
  std::uint32_t flag() { return static_cast<std::uint32_t>(operand() % 3); }
  /// Lines that are there, and some that are not.
  std::uint64_t line() {
    constexpr std::uint64_t kLines[] = {1, 2, 3, 0, 4, 5, 9, FIRN_MAX_COUNT, UINT64_MAX, 6};
    return kLines[operand()];
  }
  firn_view text() { return view_of(input_.text(operand())); }

  void freeze() {
    Call call;
    firn_snapshot* made = nullptr;
    const firn_code code = firn_snapshot_freeze(text(), &made, call.error());
    call.made(code, made);
    snapshots_.put(operand(), made);
  }

  void parse_batch() {
    Call call;
    firn_batch* made = nullptr;
    firn_limits limits = FIRN_LIMITS_INIT;
    limits.patches = 1 + operand();
    if (operand() == 9) limits.struct_size = operand();
    const bool bounded = flag() == 1;
    const firn_code code =
        firn_batch_parse(text(), bounded ? &limits : nullptr, &made, call.error());
    call.made(code, made);
    batches_.put(operand(), made);
  }

  void build() {
    Call made_builder;
    firn_batch_builder* builder = nullptr;
    must(
        made_builder.made(firn_batch_builder_new(nullptr, &builder, made_builder.error()), builder),
        "a builder is made");
    for (std::uint64_t patches = operand() % 4; patches > 0; --patches) {
      const firn_view texts[] = {text(), text()};
      firn_patch_spec spec = FIRN_PATCH_SPEC_INIT(choice(), line());
      spec.end_line = operand();
      const std::uint64_t with = operand();
      if (with % 2 == 0) spec.text = texts;
      if (with % 5 == 1) spec.lines = texts;
      spec.line_count = with % 3;
      if (with > 7) spec.expect = texts + 1;
      spec.verbatim = flag();
      Call added;
      added.done(firn_batch_builder_add(builder, &spec, added.error()));
    }
    const firn_view name = text();
    const std::uint64_t revision = line();
    Call set;
    set.done(firn_batch_builder_set_file(builder, name, set.error()));
    Call set_base;
    set_base.done(firn_batch_builder_set_base(builder, flag() == 1 ? &name : nullptr,
                                              flag() == 1 ? &revision : nullptr, set_base.error()));
    Call call;
    firn_batch* made = nullptr;
    call.made(firn_batch_builder_build(builder, &made, call.error()), made);
    batches_.put(operand(), made);
    firn_batch_builder_free(builder);
  }

  firn_apply_options apply_options() {
    firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
    options.policy = choice() % 4;
    options.ties = flag();
    if (operand() == 9) options.struct_size = operand();
    return options;
  }

  void apply() {
    const firn_apply_options options = apply_options();
    Call call;
    firn_patched* made = nullptr;
    const firn_snapshot* snapshot = snapshots_.at(operand());
    call.made(firn_apply(snapshot, batches_.at(operand()), &options, &made, call.error()), made);
    patched_.put(operand(), made);
  }

  void check() {
    const firn_apply_options options = apply_options();
    Call call;
    const firn_snapshot* snapshot = snapshots_.at(operand());
    call.done(firn_check(snapshot, batches_.at(operand()), &options, call.buffer(), call.error()));
  }

  void read_patched() {
    const firn_patched* patched = patched_.at(operand());
    const std::uint64_t from = line();
    const std::uint64_t to = line();
    Call bytes;
    const bool has_bytes = bytes.done(firn_patched_bytes(patched, bytes.buffer(), bytes.error()));
    must(!has_bytes || bytes.buffer()->size == firn_patched_byte_size(patched),
         "bytes are as many as was said");
    read_one_line(patched, from);
    Call lines;
    lines.done(firn_patched_lines(patched, from, to, lines.buffer(), lines.error()));
    Call origins_json;
    origins_json.done(firn_patched_provenance_json(patched, from, to, origins_json.buffer(),
                                                   origins_json.error()));
    std::vector<firn_origin> origins(operand());
    Call provenance;
    if (provenance.done(firn_patched_provenance(patched, from, to, origins.data(), origins.size(),
                                                provenance.error()))) {
      for (std::uint64_t i = 0; i < to + 1 - from; ++i) {
        if (origins[i].base_line == 0) read(origins[i].patch.id);
      }
    }
    std::vector<firn_change> changes(firn_patched_changes(patched, nullptr, 0));
    must(firn_patched_changes(patched, changes.data(), changes.size()) == changes.size(),
         "changes are as many as was said");
    for (const firn_change& change : changes) read(change.patch.id);
    for (std::size_t i = 0; i < firn_patched_failed_count(patched); ++i) {
      read(firn_patched_failed(patched, i));
    }
    Call report;
    report.done(firn_patched_report_json(patched, report.buffer(), report.error()));
    std::string memory(firn_patched_byte_size(patched) / (flag() == 1 ? 2 : 1), '?');
    const ExactCopy exact(memory);
    Call written;
    written.done(firn_patched_write_to(patched, const_cast<char*>(exact.view().data()),
                                       exact.view().size(), written.error()));
  }

  static void read_one_line(const firn_patched* patched, std::uint64_t line) {
    firn_view content{};
    firn_view terminator{};
    Call call;
    if (call.done(firn_patched_line(patched, line, &content, &terminator, call.error()))) {
      read(content);
      read(terminator);
    }
    std::uint64_t other = 0;
    Call mapped;
    mapped.done(firn_patched_map_line(patched, line, &other, mapped.error()));
    Call unmapped;
    unmapped.done(firn_patched_unmap_line(patched, line, &other, unmapped.error()));
  }

  void compare() {
    firn_diff_options options = FIRN_DIFF_OPTIONS_INIT;
    options.algorithm = choice() % 4;
    options.slide = choice() % 4;
    Call call;
    firn_batch* made = nullptr;
    const firn_snapshot* before = snapshots_.at(operand());
    call.made(firn_diff_texts(before, snapshots_.at(operand()), &options, &made, call.error()),
              made);
    batches_.put(operand(), made);
  }

  void parse_diff() {
    firn_diff_parse_options options = FIRN_DIFF_PARSE_OPTIONS_INIT;
    options.recount = flag();
    options.any_names = flag();
    Call call;
    firn_diff* made = nullptr;
    call.made(firn_diff_parse(text(), &options, &made, call.error()), made);
    if (made != nullptr) read_hunks(made);
    diffs_.put(operand(), made);
  }

  static void read_hunks(const firn_diff* diff) {
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

  void place() {
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

  void merge() {
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

  void algebra() {
    const firn_patched* first = patched_.at(operand());
    Call inverted;
    firn_batch* inverse = nullptr;
    inverted.made(firn_patched_invert(first, &inverse, inverted.error()), inverse);
    batches_.put(operand(), inverse);
    Call composed;
    firn_batch* both = nullptr;
    composed.made(firn_patched_compose(first, patched_.at(operand()), &both, composed.error()),
                  both);
    batches_.put(operand(), both);
  }

  void rebase() {
    Call call;
    firn_rebased* made = nullptr;
    const firn_patched* patched = patched_.at(operand());
    if (call.made(firn_patched_rebase(patched, snapshots_.at(operand()), &made, call.error()),
                  made)) {
      read_carried(made);
    }
    firn_rebased_free(made);
  }

  static void read_carried(const firn_rebased* rebased) {
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

  void stack() {
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

  void append() {
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

  void undo() {
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

  void write() {
    const firn_patched* patched = patched_.at(operand());
    const firn_view name = text();
    firn_git_header git = FIRN_GIT_HEADER_INIT(choice());
    git.old_path = flag() == 1 ? &name : nullptr;
    git.new_path = flag() == 1 ? &name : nullptr;
    git.new_mode = flag() == 1 ? 0100755 : 0;
    firn_diff_style style = FIRN_DIFF_STYLE_INIT;
    style.context_lines = line();
    style.old_name = flag() == 1 ? &name : nullptr;
    style.git = flag() == 1 ? &git : nullptr;
    style.function_names = choice();
    Call diff;
    diff.done(firn_patched_unified_diff(patched, &style, diff.buffer(), diff.error()));
    firn_source_map_style map_style = FIRN_SOURCE_MAP_STYLE_INIT;
    map_style.detail = flag();
    Call map;
    map.done(firn_patched_source_map(patched, &map_style, map.buffer(), map.error()));
    Call mappings;
    mappings.done(firn_patched_mappings(patched, flag(), mappings.buffer(), mappings.error()));
  }

  void edit() {
    const firn_snapshot* snapshot = snapshots_.at(operand());
    std::vector<firn_text_edit> edits(operand() % 4);
    for (firn_text_edit& edit : edits) {
      edit = {{operand(), operand()}, {operand(), operand()}, text()};
    }
    Call call;
    firn_batch* made = nullptr;
    call.made(firn_batch_of_text_edits(snapshot, edits.data(), edits.size(), &made, call.error()),
              made);
    batches_.put(operand(), made);
    Call from_json;
    firn_batch* other = nullptr;
    from_json.made(
        firn_batch_of_text_edits_json(snapshot, text(), nullptr, &other, from_json.error()), other);
    batches_.put(operand(), other);
  }

  void words() {
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

  void read_text() {
    const firn_snapshot* snapshot = snapshots_.at(operand());
    const std::uint64_t from = line();
    firn_view content{};
    firn_view terminator{};
    Call one;
    if (one.done(firn_snapshot_line(snapshot, from, &content, &terminator, one.error()))) {
      read(content);
      read(terminator);
    }
    Call several;
    if (several.done(firn_snapshot_lines(snapshot, from, line(), &content, several.error()))) {
      read(content);
    }
    Call verified;
    must(verified.done(firn_snapshot_verify(snapshot, verified.error())) == (snapshot != nullptr),
         "a snapshot is as it was");
  }

  void read_batch() {
    const firn_batch* batch = batches_.at(operand());
    read(firn_batch_id(batch));
    read(firn_batch_file(batch));
    Call json;
    json.done(firn_batch_to_json(batch, json.buffer(), json.error()));
  }

  void let_go() {
    const std::uint64_t slot = operand();
    switch (operand() % 5) {
      case 0:
        return snapshots_.put(slot, nullptr);
      case 1:
        return batches_.put(slot, nullptr);
      case 2:
        return patched_.put(slot, nullptr);
      case 3:
        return diffs_.put(slot, nullptr);
      default:
        return histories_.put(slot, nullptr);
    }
  }

  Input input_;
  Pool<firn_snapshot, firn_snapshot_free> snapshots_;
  Pool<firn_batch, firn_batch_free> batches_;
  Pool<firn_patched, firn_patched_free> patched_;
  Pool<firn_diff, firn_diff_free> diffs_;
  Pool<firn_history, firn_history_free> histories_;
};

}  // namespace

/// Settings: the program, instructions as letters with digits as operands. Texts: those that
/// instructions name by a digit.
void c_abi(std::string_view program) { Machine(program).run(); }

}  // namespace firn_test::fuzz
