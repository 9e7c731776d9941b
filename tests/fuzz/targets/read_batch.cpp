#include <array>
#include <string>

#include "firn/read_batch.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

namespace {

using firn::Batch;
using firn::ErrorCode;
using firn::Patch;

void must_be_equal(const Batch& a, const Batch& b) {
  must(a.id() == b.id() && a.file() == b.file() && a.revision() == b.revision() &&
           a.base().fingerprint == b.base().fingerprint &&
           a.base().line_count == b.base().line_count && a.text() == b.text() &&
           a.patches().size() == b.patches().size(),
       "a batch that is written is read as the same");
  for (std::size_t i = 0; i < a.patches().size(); ++i) {
    const Patch& x = a.patches()[i];
    const Patch& y = b.patches()[i];
    must(x.op == y.op && x.line == y.line && x.end_line == y.end_line && x.text == y.text &&
             x.id == y.id && x.expect == y.expect && x.verbatim == y.verbatim &&
             x.text_line_count == y.text_line_count,
         "a patch that is written is read as the same");
  }
}

void must_be_well_formed(const Batch& batch) {
  std::uint64_t text_lines = 0;
  for (const Patch& patch : batch.patches()) {
    must(patch.line >= 1 && patch.line <= patch.end_line && patch.end_line <= firn::kMaxCount,
         "the lines of a patch that was read are in order and in bounds");
    must(patch.op != firn::Op::delete_lines || patch.text_line_count == 0,
         "a delete brings no text");
    must(patch.verbatim || patch.text.empty() || patch.text.ends_with('\n'),
         "text that takes the file's line ends is kept with LF");
    must(patch.first_text_line == text_lines, "texts follow each other");
    text_lines += patch.text_line_count;
  }
}

void must_be_written_as_it_was_read(const Batch& batch) {
  const auto json = made(firn::to_json(batch));
  must(is_json(json.view()).value_or(true), "a batch is written as JSON", json.view());
  firn::Limits none;
  none.batch_bytes = json.size();
  const Batch again = made(firn::read_batch(ExactCopy(json.view()).view(), none));
  must_be_equal(batch, again);
  must(made(firn::to_json(again)).view() == json.view(),
       "what is written does not change any more");
}

/// The same JSON, one key of every patch spelled with an escape: so the reader of what is spelled
/// plainly leaves it to the other.
std::string respelled(std::string_view json) {
  constexpr std::string_view plain = R"("op")";
  constexpr std::string_view escaped = R"("\u006fp")";
  std::string spelled(json);
  for (auto at = spelled.find(plain); at != std::string::npos; at = spelled.find(plain, at + 1)) {
    spelled.replace(at, plain.size(), escaped);
  }
  return spelled;
}

void must_mean_the_same_however_spelled(std::string_view json, const firn::Result<Batch>& batch) {
  const auto other = firn::read_batch(ExactCopy(respelled(json)).view());
  must(batch.has_value() == other.has_value(), "a key may be spelled with escapes");
  if (batch && other) must_be_equal(*batch, *other);
}

}  // namespace

/// The input is the JSON.
void read_batch(std::string_view bytes) {
  const ExactCopy json(bytes);
  const auto batch = firn::read_batch(json.view());
  if (!batch) {
    const firn::Error& error = batch.error();
    must_be_an_error_about(json.view(), error);
    must(error.code == ErrorCode::malformed_json || error.code == ErrorCode::malformed_batch ||
             error.code == ErrorCode::limit_exceeded,
         "a batch is refused as JSON, as a batch, or as too large", error.message);
    must(error.code == ErrorCode::limit_exceeded || error.position.has_value(),
         "what is malformed is so somewhere", error.message);
    must(error.code != ErrorCode::malformed_json || !is_json(json.view()).value_or(false),
         "nothing that is JSON is refused as none", error.message);
  } else {
    must(is_json(json.view()).value_or(true), "nothing is read that is no JSON");
    must_be_well_formed(*batch);
    must_be_written_as_it_was_read(*batch);
  }
  must_mean_the_same_however_spelled(json.view(), batch);
  // A bound may make an error of what was read, and of nothing else.
  for (const firn::Limits& limits : {firn::Limits{.patches = 1}, firn::Limits{.text_lines = 2},
                                     firn::Limits{.nesting = 2}, firn::Limits{.batch_bytes = 64}}) {
    const auto bounded = firn::read_batch(json.view(), limits);
    if (bounded) {
      must(batch.has_value(), "a bound makes nothing lawful");
      must_be_equal(*batch, *bounded);
    } else {
      must_be_an_error_about(json.view(), bounded.error());
      must(!batch || bounded.error().code == ErrorCode::limit_exceeded,
           "a bound that is passed is limit_exceeded", bounded.error().message);
    }
  }
}

}  // namespace firn_test::fuzz
