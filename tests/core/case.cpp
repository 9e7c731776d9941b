#include "case.h"

#include <array>
#include <string_view>
#include <utility>

#include "naive_text.h"

namespace firn_test {

namespace {

/// The builder's views, each into a block of exactly its size.
class ExactSpec {
 public:
  explicit ExactSpec(const PatchCase& patch) {
    spec_ = {
        .op = patch.op, .line = patch.line, .end_line = patch.end_line, .verbatim = patch.verbatim};
    if (patch.text) spec_.text = keep(*patch.text);
    if (patch.expect) spec_.expect = keep(*patch.expect);
    if (!patch.id.empty()) spec_.id = keep(patch.id);
    if (!patch.lines) return;
    for (const std::string& line : *patch.lines) lines_.push_back(keep(line));
    spec_.lines = lines_;
  }

  [[nodiscard]] const firn::PatchSpec& get() const { return spec_; }

 private:
  std::string_view keep(std::string_view text) { return copies_.emplace_back(text).view(); }

  std::vector<ExactCopy> copies_;
  std::vector<std::string_view> lines_;
  firn::PatchSpec spec_;
};

std::string_view name_of_enumerator(firn::Op op) {
  constexpr std::array names = {"replace_lines", "delete_lines", "insert_lines"};
  return names.at(static_cast<std::size_t>(op));
}

std::string code_of(const PatchCase& patch) {
  std::string code = "{.op = firn::Op::" + std::string(name_of_enumerator(patch.op)) +
                     ", .line = " + std::to_string(patch.line);
  if (patch.end_line) code += ", .end_line = " + std::to_string(*patch.end_line);
  if (patch.text) code += ", .text = " + literal(*patch.text);
  if (patch.lines) {
    code += ", .lines = std::vector<std::string>{";
    for (const std::string& line : *patch.lines) code += literal(line) + ", ";
    code += "}";
  }
  if (patch.expect) code += ", .expect = " + literal(*patch.expect);
  if (!patch.id.empty()) code += ", .id = " + literal(patch.id);
  if (patch.verbatim) code += ", .verbatim = true";
  return code + "}";
}

std::string code_of(const firn::ApplyOptions& options) {
  constexpr std::array policies = {"fail_fast", "atomic", "best_effort"};
  constexpr std::array ties = {"reject", "keep_order"};
  std::string code = "{.policy = firn::Policy::";
  code += policies.at(static_cast<std::size_t>(options.policy));
  code += ", .ties = firn::Ties::";
  code += ties.at(static_cast<std::size_t>(options.ties));
  if (options.revision) code += ", .revision = " + std::to_string(*options.revision);
  return code + "}";
}

std::string code_of(const firn::Base& base) {
  std::string code = "{";
  if (base.fingerprint) {
    code += ".fingerprint = firn::fingerprint_from_hex(\"" + to_hex(*base.fingerprint) + "\"), ";
  }
  if (base.line_count) code += ".line_count = " + std::to_string(*base.line_count);
  return code + "}";
}

}  // namespace

firn::Snapshot frozen(std::string_view text) {
  return firn::freeze(ExactCopy(text).view()).value();
}

firn::Batch build(const Case& given) {
  firn::BatchBuilder builder;
  builder.set_base(given.base);
  if (given.revision) builder.set_revision(*given.revision);
  for (const PatchCase& patch : given.patches) builder.add(ExactSpec(patch).get()).value();
  return builder.build().value();
}

std::string code_of(const Case& given) {
  std::string code = "TEST(EngineRegression, SaysWhatWentWrong) {\n  const Case given{\n";
  code += "      .text = " + literal(given.text) + ",\n      .patches = {\n";
  for (const PatchCase& patch : given.patches) code += "          " + code_of(patch) + ",\n";
  code += "      },\n      .options = " + code_of(given.options) + ",\n";
  if (given.revision) code += "      .revision = " + std::to_string(*given.revision) + ",\n";
  if (given.base.fingerprint || given.base.line_count) {
    code += "      .base = " + code_of(given.base) + ",\n";
  }
  return code + "  };\n  EXPECT_EQ(difference_from_oracle(given), \"\");\n}\n";
}

std::string json_of(const firn::Batch& batch) {
  return std::string(firn::to_json(batch).value().view());
}

}  // namespace firn_test
