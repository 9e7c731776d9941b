#pragma once

/// Firn applies patches to frozen text.
///
/// Start here. Five values, each immutable, each made by one verb:
///
///     bytes -- freeze ----> Snapshot --+
///                                      +-- normalize --> Plan -- (execute) --> Patched
///     JSON  -- read_batch -> Batch ----+
///
///     auto snapshot = firn::freeze("one\ntwo\n");
///     auto batch = firn::read_batch(R"([{"op": "delete", "line": 1}])");
///     auto patched = firn::apply(*snapshot, *batch);
///     auto bytes = patched->bytes();  // "two\n"
///
/// Other readers and makers of batches: diff (two texts), read_diff and place (a unified diff),
/// batch_of_text_edits (an editor), invert, compose, rebase and stack (other batches). merge()
/// joins three texts; a History keeps one batch after the other.
///
/// Nothing here throws, prints, reads a file or holds global state. What can fail returns
/// std::expected; what states REQUIRES trusts its caller. Where there is no memory for a text, an
/// index or a result, that is limit_exceeded; the std::bad_alloc of a vector goes through, and
/// leaves every value as it was.

#include "firn/algebra.h"
#include "firn/analysis.h"
#include "firn/apply.h"
#include "firn/batch.h"
#include "firn/bytes.h"
#include "firn/diff.h"
#include "firn/error.h"
#include "firn/file_diff.h"
#include "firn/fingerprint.h"
#include "firn/history.h"
#include "firn/line_index.h"
#include "firn/line_range.h"
#include "firn/merge.h"
#include "firn/options.h"
#include "firn/out_of_memory.h"
#include "firn/patch.h"
#include "firn/patched.h"
#include "firn/place.h"
#include "firn/plan.h"
#include "firn/read_batch.h"
#include "firn/read_text_edits.h"
#include "firn/rebase.h"
#include "firn/snapshot.h"
#include "firn/source_map.h"
#include "firn/stack.h"
#include "firn/text_edits.h"
#include "firn/to_json.h"
#include "firn/unified_diff.h"
#include "firn/utf_sizes.h"
#include "firn/version.h"
#include "firn/word_diff.h"
#include "firn/workspace.h"
