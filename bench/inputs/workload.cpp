#include "workload.h"

#include <array>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "fail.h"

namespace firn_bench {

namespace {

/// Mulberry32: 32-bit arithmetic only, so that JavaScript draws the same numbers.
class Random {
 public:
  explicit Random(std::uint32_t seed) : state_(seed) {}

  /// 0 <= result < bound.
  std::uint32_t below(std::uint32_t bound) {
    state_ += 0x6D2B79F5U;
    std::uint32_t t = (state_ ^ (state_ >> 15U)) * (state_ | 1U);
    t ^= t + (t ^ (t >> 7U)) * (t | 61U);
    return (t ^ (t >> 14U)) % bound;
  }

 private:
  std::uint32_t state_;
};

constexpr std::array<std::string_view, 16> kWords = {
    "const", "total", "=",    "price",  "*",     "(1",     "+",     "rate)",
    "cart",  "items", "map(", "return", "await", "store,", "{ id,", "name }"};

/// Lengths vary as they do in code, where one line in eight is empty: guessing where the next line
/// ends is what makes an index slow.
std::string make_line(Random& random, std::uint32_t number) {
  if (random.below(8) == 0) return "";
  std::string line(std::size_t{2} * random.below(6), ' ');
  const std::size_t size = 12 + random.below(52);
  while (line.size() < size) line.append(kWords[random.below(kWords.size())]).append(" ");
  return line.append(std::to_string(number));
}

/// A patch that owns its text.
struct OwnedPatch {
  firn::Op op{};
  std::uint32_t line = 0;
  std::uint32_t end_line = 0;
  std::vector<std::string> lines{};
};

OwnedPatch make_patch(Random& random, std::uint32_t first, std::uint32_t stride,
                      std::uint32_t number) {
  OwnedPatch patch;
  const std::uint32_t kind = random.below(10);
  patch.op = kind < 6   ? firn::Op::replace_lines
             : kind < 8 ? firn::Op::insert_lines
                        : firn::Op::delete_lines;
  patch.line = first + random.below(stride - 2);
  patch.end_line = patch.line;
  if (patch.op != firn::Op::insert_lines) patch.end_line += random.below(3);
  if (patch.op == firn::Op::delete_lines) return patch;
  const std::uint32_t line_count = 1 + random.below(3);
  for (std::uint32_t i = 0; i < line_count; ++i) patch.lines.push_back(make_line(random, number));
  return patch;
}

/// REQUIRES at least three lines for each patch.
std::vector<OwnedPatch> make_patches(const Size& size, std::uint32_t variant) {
  Random random(size.patches + variant);
  const std::uint32_t stride = size.lines / size.patches;
  std::vector<OwnedPatch> patches;
  patches.reserve(size.patches);
  for (std::uint32_t i = 0; i < size.patches; ++i) {
    patches.push_back(make_patch(random, i * stride + 1, stride, i));
  }
  for (std::uint32_t i = size.patches; i > 1; --i) {
    std::swap(patches[i - 1], patches[random.below(i)]);
  }
  return patches;
}

firn::Batch make_batch(const std::vector<OwnedPatch>& patches) {
  firn::BatchBuilder builder;
  for (const OwnedPatch& patch : patches) {
    const std::vector<std::string_view> lines(patch.lines.begin(), patch.lines.end());
    firn::PatchSpec spec{.op = patch.op, .line = patch.line};
    if (patch.op != firn::Op::insert_lines) spec.end_line = patch.end_line;
    if (patch.op != firn::Op::delete_lines) spec.lines = lines;
    if (auto added = builder.add(spec); !added) fail(added.error().message);
  }
  auto batch = builder.build();
  if (!batch) fail(batch.error().message);
  return *std::move(batch);
}

/// The patched text as anyone would make it: an array of lines, each replaced in place.
std::string splice(std::string_view text, const std::vector<OwnedPatch>& patches) {
  // What stands before line n (first), and line n itself: by line, so that order does not matter.
  std::map<std::uint32_t, const OwnedPatch*> by_line;
  for (const OwnedPatch& patch : patches) by_line[patch.line] = &patch;
  std::string out;
  std::uint32_t number = 1;
  std::uint32_t skip_to = 0;
  while (!text.empty()) {
    if (const auto found = by_line.find(number); found != by_line.end()) {
      const OwnedPatch& patch = *found->second;
      for (const std::string& line : patch.lines) out.append(line).append("\n");
      if (patch.op != firn::Op::insert_lines) skip_to = patch.end_line;
    }
    const std::size_t size = text.find('\n') + 1;
    if (number > skip_to) out.append(text.substr(0, size));
    text.remove_prefix(size);
    ++number;
  }
  return out;
}

std::string json_of(const firn::Batch& batch) {
  const auto json = firn::to_json(batch);
  if (!json) fail(json.error().message);
  return std::string(json->view());
}

Variant make_variant(const firn::Snapshot& snapshot, const std::vector<OwnedPatch>& patches,
                     const std::string& expected) {
  Variant variant{.batch = make_batch(patches), .json = {}, .output_bytes = expected.size()};
  variant.json = json_of(variant.batch);
  const auto patched = firn::apply(snapshot, variant.batch);
  if (!patched) fail(patched.error().front().message);
  const auto bytes = patched->bytes();
  if (!bytes || bytes->view() != expected) fail("the patched text is not as spliced");
  const auto read = firn::read_batch(variant.json);
  if (!read || json_of(*read) != variant.json) fail("the batch is not read as written");
  return variant;
}

std::unique_ptr<const Workload> make_workload(const Size& size) {
  const std::string text = make_text(size.lines);
  auto snapshot = firn::freeze(text);
  if (!snapshot) fail(snapshot.error().message);
  auto workload = std::make_unique<Workload>();
  workload->snapshot = *std::move(snapshot);
  for (std::uint32_t i = 0; i < kVariantCount; ++i) {
    const std::vector<OwnedPatch> patches = make_patches(size, i);
    std::string expected = splice(text, patches);
    workload->variants.push_back(make_variant(workload->snapshot, patches, expected));
    if (i == 0) workload->output = std::move(expected);
  }
  return workload;
}

}  // namespace

std::string make_text(std::uint32_t line_count) {
  Random random(line_count);
  std::string text;
  for (std::uint32_t i = 0; i < line_count; ++i) text.append(make_line(random, i)).append("\n");
  return text;
}

const Workload& workload_of(const Size& size) {
  static std::map<std::pair<std::uint32_t, std::uint32_t>, std::unique_ptr<const Workload>> made;
  auto& workload = made[{size.lines, size.patches}];
  if (!workload) workload = make_workload(size);
  return *workload;
}

}  // namespace firn_bench
