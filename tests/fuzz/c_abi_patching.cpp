#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "c_abi_machine.h"
#include "input.h"
#include "law.h"

namespace firn_test::fuzz {

namespace {

void read_one_line(const firn_patched* patched, std::uint64_t line) {
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

}  // namespace

void Machine::freeze() {
  Call call;
  firn_snapshot* made = nullptr;
  const firn_code code = firn_snapshot_freeze(text(), &made, call.error());
  call.made(code, made);
  snapshots_.put(operand(), made);
}

void Machine::read_text() {
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

void Machine::parse_batch() {
  Call call;
  firn_batch* made = nullptr;
  firn_limits limits = FIRN_LIMITS_INIT;
  limits.patches = 1 + operand();
  if (operand() == 9) limits.struct_size = operand();
  const bool bounded = flag() == 1;
  const firn_code code = firn_batch_parse(text(), bounded ? &limits : nullptr, &made, call.error());
  call.made(code, made);
  batches_.put(operand(), made);
}

void Machine::build() {
  Call made_builder;
  firn_batch_builder* builder = nullptr;
  must(made_builder.made(firn_batch_builder_new(nullptr, &builder, made_builder.error()), builder),
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

void Machine::read_batch() {
  const firn_batch* batch = batches_.at(operand());
  read(firn_batch_id(batch));
  read(firn_batch_file(batch));
  Call json;
  json.done(firn_batch_to_json(batch, json.buffer(), json.error()));
}

void Machine::edit() {
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

firn_apply_options Machine::apply_options() {
  firn_apply_options options = FIRN_APPLY_OPTIONS_INIT;
  options.policy = choice() % 4;
  options.ties = flag();
  if (operand() == 9) options.struct_size = operand();
  return options;
}

void Machine::apply() {
  const firn_apply_options options = apply_options();
  Call call;
  firn_patched* made = nullptr;
  const firn_snapshot* snapshot = snapshots_.at(operand());
  call.made(firn_apply(snapshot, batches_.at(operand()), &options, &made, call.error()), made);
  patched_.put(operand(), made);
}

void Machine::check() {
  const firn_apply_options options = apply_options();
  Call call;
  const firn_snapshot* snapshot = snapshots_.at(operand());
  call.done(firn_check(snapshot, batches_.at(operand()), &options, call.buffer(), call.error()));
}

void Machine::read_patched() {
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
  origins_json.done(
      firn_patched_provenance_json(patched, from, to, origins_json.buffer(), origins_json.error()));
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

void Machine::write() {
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

}  // namespace firn_test::fuzz
