#include "verbs.h"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "fail.h"
#include "firn/firn.h"
#include "workload.h"

namespace firn_bench {

namespace {

constexpr Size kSize{.lines = 5'000, .patches = 500};
constexpr std::uint32_t kLinesPerOwnChange = 200;

/// What a verb makes lives until its next run, so that its end is not counted as part of it.
template <typename Made>
std::shared_ptr<std::optional<Made>> kept() {
  return std::make_shared<std::optional<Made>>();
}

firn::Snapshot frozen(std::string_view text) {
  auto snapshot = firn::freeze(text);
  if (!snapshot) fail(snapshot.error().message);
  return *std::move(snapshot);
}

Verb freeze(const Workload& workload) {
  const std::string_view text = workload.snapshot.bytes();
  const auto bytes = kept<firn::Bytes>();
  const auto made = kept<firn::Result<firn::Snapshot>>();
  return {.name = "freeze",
          .unit_count = text.size(),
          .prepare = [=] { bytes->emplace(*firn::Bytes::copy_of(text)); },
          .run = [=] { made->emplace(firn::freeze(*std::exchange(*bytes, std::nullopt))); }};
}

Verb read_batch(const Workload& workload) {
  const std::string_view json = workload.variants.front().json;
  const auto made = kept<firn::Result<firn::Batch>>();
  return {.name = "read_batch", .unit_count = json.size(), .run = [=] {
            made->emplace(firn::read_batch(json));
          }};
}

Verb normalize(const Workload& workload) {
  const auto made =
      kept<decltype(firn::normalize(workload.snapshot, workload.variants[0].batch))>();
  return {.name = "normalize", .unit_count = kSize.patches, .run = [made, &workload] {
            made->emplace(firn::normalize(workload.snapshot, workload.variants.front().batch));
          }};
}

Verb execute(const Workload& workload) {
  const auto patched = firn::apply(workload.snapshot, workload.variants.front().batch);
  const auto out = std::make_shared<std::vector<char>>(patched->byte_size());
  return {.name = "execute", .unit_count = patched->byte_size(), .run = [=] {
            patched->write_to(*out);
          }};
}

/// All of it, into memory that is there already: what is allocated is not the output.
Verb apply(const Workload& workload) {
  const auto out = std::make_shared<std::vector<char>>(workload.output.size());
  const auto workspace = std::make_shared<firn::Workspace>();
  return {.name = "apply", .unit_count = out->size(), .run = [out, workspace, &workload] {
            const firn::Batch& batch = workload.variants.front().batch;
            firn::apply(workload.snapshot, batch, {}, *workspace)->write_to(*out);
          }};
}

Verb diff(const Versions& versions) {
  const auto older = frozen(versions.older);
  const auto newer = frozen(versions.newer);
  const auto made = kept<decltype(firn::diff(older, newer))>();
  return {.name = "diff", .unit_count = versions.older.size() + versions.newer.size(), .run = [=] {
            made->emplace(firn::diff(older, newer));
          }};
}

Verb merge(const Versions& versions) {
  const std::string own = with_own_changes(versions.older, kLinesPerOwnChange);
  const auto base = frozen(versions.older);
  const auto ours = frozen(own);
  const auto theirs = frozen(versions.newer);
  const auto made = kept<decltype(firn::merge(base, ours, theirs))>();
  return {.name = "merge",
          .unit_count = versions.older.size() + own.size() + versions.newer.size(),
          .run = [=] { made->emplace(firn::merge(base, ours, theirs)); }};
}

Verb place(const Versions& versions) {
  const auto older = frozen(versions.older);
  const auto newer = frozen(versions.newer);
  const auto patched = firn::apply(older, *firn::diff(older, newer));
  const auto text = firn::unified_diff(*patched);
  const auto read = std::make_shared<const firn::Diff>(*firn::read_diff(text->view()));
  const auto made = kept<decltype(firn::place(older, read->files().front()))>();
  return {.name = "place", .unit_count = text->view().size(), .run = [=] {
            made->emplace(firn::place(older, read->files().front()));
          }};
}

}  // namespace

std::vector<Verb> hot_verbs(const Versions& versions) {
  const Workload& workload = workload_of(kSize);
  return {freeze(workload), read_batch(workload), normalize(workload), execute(workload),
          apply(workload),  diff(versions),       merge(versions),     place(versions)};
}

}  // namespace firn_bench
