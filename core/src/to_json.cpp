#include "firn/to_json.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "concat.h"
#include "firn/out_of_memory.h"
#include "json_fields.h"
#include "json_writer.h"
#include "laws.h"
#include "quote.h"
#include "take_line.h"
#include "utf8.h"

namespace firn {

namespace {

void write(JsonWriter& json, const Analysis& analysis) {
  json.key("warnings").begin_array();
  for (const Warning& warning : analysis.warnings) {
    json.begin_object().key("code").value(name_of(warning.code));
    write(json.key("patch"), warning.patch);
    json.key("message").value(warning.message).end_object();
  }
  json.end_array();
  json.key("counts")
      .begin_object()
      .key("replace")
      .value(analysis.replace_count)
      .key("delete")
      .value(analysis.delete_count)
      .key("insert")
      .value(analysis.insert_count)
      .key("linesRemoved")
      .value(analysis.lines_removed)
      .key("linesAdded")
      .value(analysis.lines_added)
      .key("netLineGrowth")
      .value(analysis.net_line_growth)
      .key("firstLine")
      .value(analysis.first_line)
      .key("lastLine")
      .value(analysis.last_line)
      .end_object();
}

/// Canonical text in the form that is read back as it: a line that ends with a CR gets CR LF, so
/// that its own CR is not taken for a part of the terminator.
std::string as_read(std::string_view canonical) {
  std::string text;
  while (!canonical.empty()) {
    const std::string_view line = take_line(canonical);
    const bool ends_with_cr = line.ends_with('\r');
    const bool needs_terminator = !canonical.empty() || line.empty() || ends_with_cr;
    text.append(line);
    if (needs_terminator) text.append(ends_with_cr ? "\r\n" : "\n");
  }
  return text;
}

void write(JsonWriter& json, const Patch& patch) {
  json.begin_object();
  if (!patch.id.empty()) json.key("id").value(patch.id);
  json.key("op").value(name_of(patch.op)).key("line").value(patch.line);
  if (patch.end_line != patch.line) json.key("endLine").value(patch.end_line);
  if (patch.verbatim) {
    json.key("verbatim").raw("true");
    if (patch.op != Op::delete_lines) json.key("text").value(patch.text);
  } else if (patch.op != Op::delete_lines) {
    json.key("lines").begin_array();
    for (std::string_view rest = patch.text; !rest.empty();) {
      json.value(take_line(rest));
    }
    json.end_array();
  }
  if (patch.expect) json.key("expect").value(as_read(*patch.expect));
  json.end_object();
}

/// The patches that were applied: all but those that failed, which are in batch order too.
void write_applied(JsonWriter& json, const Patched& patched) {
  json.begin_array();
  auto failed = patched.failed().begin();
  for (std::uint64_t index = 0; index < patched.batch().patches().size(); ++index) {
    if (failed != patched.failed().end() && failed->patch->index == index) {
      ++failed;
    } else {
      write(json, patched.batch().ref(index));
    }
  }
  json.end_array();
}

}  // namespace

std::string to_json(const Error& error) {
  JsonWriter json;
  json.begin_object();
  write_members(json, error);
  json.end_object();
  return json.take();
}

std::string to_json(const Violations& violations) {
  JsonWriter json;
  json.begin_object();
  write_members(json, violations.front());
  write(json.key("violations"), violations);
  json.end_object();
  return json.take();
}

std::string to_json(const CheckReport& report) {
  JsonWriter json;
  json.begin_object();
  write(json, report.analysis);
  write(json.key("violations"), report.violations);
  json.end_object();
  return json.take();
}

namespace {

/// JSON is UTF-8, and a batch that came back as another would be worse than none.
Result<void> check_utf8(const Batch& batch) {
  const auto is_utf8 = [](std::string_view text) { return valid_utf8_prefix(text) == text.size(); };
  const auto refuse = [](std::string_view subject, std::optional<PatchRef> patch) {
    return std::unexpected(
        Error{.code = ErrorCode::malformed_text,
              .message = concat(subject, " that is not UTF-8; JSON has no way to say it"),
              .patch = std::move(patch)});
  };
  if (!is_utf8(batch.id())) return refuse("the batch has an id", std::nullopt);
  if (!is_utf8(batch.file())) return refuse("the batch has a file name", std::nullopt);
  for (const Patch& patch : batch.patches()) {
    const bool is_known = is_utf8(patch.id);
    if (is_known && is_utf8(patch.text) && is_utf8(patch.expect.value_or(""))) continue;
    const auto index = static_cast<std::uint64_t>(&patch - batch.patches().data());
    const PatchRef ref = is_known ? batch.ref(index) : PatchRef{.index = index};
    const std::string_view what = !is_known             ? " has an id"
                                  : is_utf8(patch.text) ? " expects text"
                                                        : " has text";
    return refuse(concat(name_of(ref), what), ref);
  }
  return {};
}

}  // namespace

Result<Bytes> to_json(const Batch& batch) {
  if (auto checked = check_utf8(batch); !checked)
    return std::unexpected(std::move(checked.error()));
  JsonWriter json;
  json.begin_object().key("schema").value("firn.batch/1");
  if (!batch.id().empty()) json.key("id").value(batch.id());
  if (!batch.file().empty()) json.key("file").value(batch.file());
  const Base& base = batch.base();
  if (base.fingerprint || base.line_count) {
    json.key("base").begin_object();
    if (base.fingerprint) json.key("fingerprint").value(to_hex(*base.fingerprint));
    write_if(json, "lineCount", base.line_count);
    json.end_object();
  }
  write_if(json, "revision", batch.revision());
  json.key("patches").begin_array();
  for (const Patch& patch : batch.patches()) write(json, patch);
  json.end_array().end_object();
  const std::string text = json.take();
  auto out = Bytes::copy_of(text);
  if (!out) return std::unexpected(out_of_memory("the batch as JSON", text.size()));
  return *std::move(out);
}

std::string report_json(const Patched& patched) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const Analysis analysis = analyze(patched.snapshot(), patched.batch());
  const std::chrono::duration<double, std::micro> semantics = Clock::now() - begin;

  JsonWriter json;
  json.begin_object().key("revision").value(patched.revision());
  write_applied(json.key("applied"), patched);
  write(json.key("failed"), patched.failed());
  write(json, analysis);
  json.key("microseconds")
      .begin_object()
      .key("semantics")
      .tenths(semantics.count())
      .key("normalize")
      .tenths(patched.normalize_microseconds())
      .end_object()
      .end_object();
  return json.take();
}

std::string changes_json(const Patched& patched) {
  JsonWriter json;
  json.begin_array();
  for (const Change& change : patched.changes()) {
    json.begin_object();
    write(json.key("patch"), patched.batch().ref(change.patch_index));
    write_members(json, change.patched);
    write(json.key("base"), change.base);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

std::string provenance_json(const Patched& patched, LineRange range) {
  JsonWriter json;
  QuoteBudget budget;
  json.begin_array();
  for (const Origin& origin : patched.provenance(range)) {
    json.begin_object();
    if (origin.base_line) {
      json.key("base").value(*origin.base_line);
    } else {
      // One patch may have written all lines: its id is quoted out of the budget.
      PatchRef patch = patched.batch().ref(*origin.patch_index);
      if (budget.bytes_left == 0 && patch.id.size() > kLineOfQuote) patch.id.clear();
      budget.bytes_left -= std::min(budget.bytes_left, patch.id.size());
      write(json.key("patch"), patch);
    }
    json.end_object();
  }
  json.end_array();
  return json.take();
}

}  // namespace firn
