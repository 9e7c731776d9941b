#pragma once

#include <span>
#include <string>
#include <string_view>

#include "firn/apply.h"
#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/error.h"
#include "firn/file_diff.h"
#include "firn/history.h"
#include "firn/merge.h"
#include "firn/patched.h"
#include "firn/place.h"
#include "firn/rebase.h"
#include "firn/stack.h"
#include "firn/word_diff.h"

/// The values as JSON, so that every binding hands out the same fields under the same names.
/// Keys are those of the JavaScript API. In what is for reading only, text that is not UTF-8 shows
/// as U+FFFD.
namespace firn {

[[nodiscard]] std::string to_json(const Error& error);
/// The first violation's fields, and all of them under "violations". REQUIRES at least one.
[[nodiscard]] std::string to_json(const Violations& violations);
[[nodiscard]] std::string to_json(const CheckReport& report);
/// A batch that read_batch() takes back as the same. Errors: malformed_text, with the patch, for
/// texts that are not UTF-8, which JSON cannot hold; limit_exceeded without memory.
[[nodiscard]] Result<Bytes> to_json(const Batch& batch);

/// applied, failed, warnings, counts and microseconds per layer.
[[nodiscard]] std::string report_json(const Patched& patched);
[[nodiscard]] std::string changes_json(const Patched& patched);
/// Of ids of more than 60 bytes no more than kMaxQuotedBytesOfReport: behind them the index is the
/// patch's name. REQUIRES as Patched::provenance().
[[nodiscard]] std::string provenance_json(const Patched& patched, LineRange range);

/// {"files": [...]}: headers and hunks of each file, without the hunks' lines. Modes are octal, as
/// git writes them.
[[nodiscard]] std::string to_json(const Diff& diff);
/// {"hunks": [...], "rejected": [...]}: where hunks lie and why others do not; the batch is a value
/// of its own.
[[nodiscard]] std::string to_json(const Placed& placed);
/// {"conflicts": [...]}: line ranges of the three texts and of the merged one, which is not in it.
[[nodiscard]] std::string to_json(const Merged& merged);
/// {"patches": [...]}: what became of each patch of `batch`, which is the batch that was rebased;
/// conflicts with their three sides.
[[nodiscard]] std::string to_json(const Rebased& rebased, const Batch& batch);
/// {"sources": [...], "collisions": [...], "collisionCount": n, "refused": [...]}: without the
/// batch, which is a value of its own.
[[nodiscard]] std::string to_json(const Stacked& stacked);

/// {"firstRevision": n, "revision": n, "revisions": [...]}: each revision's fingerprint, line count
/// and, but for the first, how many patches its batch has and its id. O(r).
[[nodiscard]] std::string to_json(const History& history);
/// {"revision": n, "conflict": false, "patches": [...]}: the revision after it, and the patches of
/// the inverse as those of a rebase.
[[nodiscard]] std::string to_json(const Undone& undone);

/// [{"before": {"from": 0, "to": 3}, "after": {...}}]: changed_words() with both ends in UTF-16
/// code units, 0-based, `to` exclusive, as strings of JavaScript are cut. Errors: as
/// changed_words().
[[nodiscard]] Result<std::string> changed_words_json(std::string_view before,
                                                     std::string_view after);

}  // namespace firn
