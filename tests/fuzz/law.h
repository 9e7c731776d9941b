#pragma once

#include <optional>
#include <source_location>
#include <string_view>
#include <utility>

#include "firn/firn.h"

namespace firn_test {

/// A law that is broken ends the process: libFuzzer keeps the input, and the runner has named it.
[[noreturn]] void broken(std::string_view law, std::string_view details = "",
                         std::source_location where = std::source_location::current());

/// `law` is a sentence that says what must hold.
inline void must(bool holds, std::string_view law, std::string_view details = "",
                 std::source_location where = std::source_location::current()) {
  if (!holds) broken(law, details, where);
}

/// For checks that answer with the first thing found broken, or nothing.
inline void must_be_whole(std::string_view found,
                          std::source_location where = std::source_location::current()) {
  if (!found.empty()) broken("every invariant holds", found, where);
}

/// The value of a verb that has no reason to refuse.
template <typename Value>
Value made(firn::Result<Value> result,
           std::source_location where = std::source_location::current()) {
  if (!result) broken("what has no reason to fail succeeds", result.error().message, where);
  return *std::move(result);
}
template <typename Value>
Value made(std::expected<Value, firn::Violations> result,
           std::source_location where = std::source_location::current()) {
  if (!result) broken("what is lawful is applied", result.error().front().message, where);
  return *std::move(result);
}

/// What holds for each error: it has a known name, a message, and places that lie in `input`.
void must_be_an_error_about(std::string_view input, const firn::Error& error,
                            std::source_location where = std::source_location::current());

/// What another reader of JSON says; nothing where it cannot say, because a number is too large.
[[nodiscard]] std::optional<bool> is_json(std::string_view text);
/// Whether JSON could hold the text without changing it.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The text that `batch` makes of `text`, after every invariant of the patched text was checked.
[[nodiscard]] firn::Snapshot result_of(const firn::Snapshot& text, const firn::Batch& batch,
                                       const firn::ApplyOptions& options = {});
[[nodiscard]] firn::Snapshot result_of(const firn::Patched& patched);

}  // namespace firn_test
