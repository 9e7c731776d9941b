#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "firn.h"
#include "firn/batch.h"
#include "firn/error.h"
#include "firn/file_diff.h"
#include "firn/history.h"
#include "firn/merge.h"
#include "firn/patched.h"
#include "firn/place.h"
#include "firn/rebase.h"
#include "firn/snapshot.h"
#include "firn/stack.h"

// What the opaque handles of firn.h hold: the value of core, and nothing that could disagree
// with it.

struct firn_snapshot {
  firn::Snapshot value;
};

struct firn_batch {
  firn::Batch value;
};

struct firn_batch_builder {
  firn::BatchBuilder value;
};

// One error, seen through `value`. A root owns what it and its violations show; the handles of
// the violations, and those that other handles lend, only point.
struct firn_error {
  const firn::Error* value = nullptr;
  firn::Violations owned{};
  const firn::Violations* refusal = nullptr;  // Why a batch was refused, if that is the error.
  std::vector<firn_error> violations{};       // One for each of *refusal.

  // Makes this the refusal of a batch; `why` must outlive it.
  void show_refusal(const firn::Violations& why) {
    value = &why.front();
    refusal = &why;
    violations.resize(why.size());
    for (std::size_t i = 0; i < why.size(); ++i) violations[i].value = &why[i];
  }
};

struct firn_patched {
  explicit firn_patched(firn::Patched patched) : value(std::move(patched)) {
    for (const firn::Error& error : value.failed()) failed.push_back({.value = &error});
  }

  firn::Patched value;
  std::vector<firn_error> failed;  // One for each of value.failed(), which it points to.
};

struct firn_diff {
  firn::Diff value;
};

struct firn_placed {
  firn_placed(firn::Diff of, std::size_t file_index, firn::Placed placed)
      : diff(std::move(of)), file(&diff.files()[file_index]), value(std::move(placed)) {
    errors.reserve(value.rejected.size());
    for (const firn::RejectedHunk& hunk : value.rejected) {
      errors.push_back({.value = &hunk.error});
      rejected.push_back({.hunk_index = hunk.hunk_index,
                          .error = &errors.back(),
                          .already_applied = hunk.already_applied});
    }
  }

  firn::Diff diff;
  const firn::FileDiff* file;  // Of `diff`.
  firn::Placed value;
  firn_batch batch{value.batch};
  std::vector<firn_error> errors;  // One for each of value.rejected, which it points to.
  std::vector<firn_rejected_hunk> rejected;
};

struct firn_merged {
  firn::Merged value;
};

struct firn_rebased {
  firn::Rebased value;
  firn::Batch original;  // Its ids are those of the carried patches.
  firn_batch batch{value.batch};
};

struct firn_stacked {
  explicit firn_stacked(firn::Stacked stacked) : value(std::move(stacked)) {
    if (value.batch) batch.emplace(*value.batch);
    errors.resize(value.refused.size());
    for (std::size_t i = 0; i < errors.size(); ++i) {
      errors[i].show_refusal(value.refused[i].violations);
    }
  }

  firn::Stacked value;
  std::optional<firn_batch> batch;
  std::vector<firn_error> errors;  // One for each of value.refused, which it points to.
};

struct firn_history {
  explicit firn_history(firn::History history) : value(std::move(history)) {}

  firn::History value;
  firn_snapshot root{value.root()};
  firn_snapshot text{value.text()};
};
