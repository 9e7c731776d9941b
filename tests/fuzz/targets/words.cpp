#include "firn/word_diff.h"

#include <algorithm>
#include <string>

#include "firn/to_json.h"
#include "input.h"
#include "law.h"
#include "targets.h"

namespace firn_test::fuzz {

/// Texts: the line before, the line after.
void words(std::string_view bytes) {
  const Input input(bytes);
  const std::string_view before = input.text(0);
  const std::string_view after = input.text(1);
  const auto changes = made(firn::changed_words(before, after));
  std::uint64_t before_end = 0;
  std::uint64_t after_end = 0;
  for (const auto& change : changes) {
    must(change.before.begin >= before_end && change.before.end >= change.before.begin &&
             change.before.end <= before.size() && change.after.begin >= after_end &&
             change.after.end >= change.after.begin && change.after.end <= after.size(),
         "changes are ascending places of their lines");
    must(change.before.begin < change.before.end || change.after.begin < change.after.end,
         "a change is not empty");
    must(before.substr(before_end, change.before.begin - before_end) ==
             after.substr(after_end, change.after.begin - after_end),
         "what lies between changes is equal");
    before_end = change.before.end;
    after_end = change.after.end;
  }
  must(before.substr(before_end) == after.substr(after_end), "what lies behind changes is equal");
  must(changes.empty() == (before == after), "lines that differ have a change");
  static_cast<void>(made(firn::changed_words_json(before, after)));
}

}  // namespace firn_test::fuzz
