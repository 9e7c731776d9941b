#pragma once

#include <utility>
#include <vector>

#include "firn.h"
#include "firn/batch.h"
#include "firn/error.h"
#include "firn/patched.h"
#include "firn/snapshot.h"

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
// the violations, and those of a patched text's failures, only point.
struct firn_error {
  const firn::Error* value = nullptr;
  firn::Violations owned{};
  std::vector<firn_error> violations{};
};

struct firn_patched {
  explicit firn_patched(firn::Patched patched) : value(std::move(patched)) {
    for (const firn::Error& error : value.failed()) failed.push_back({.value = &error});
  }

  firn::Patched value;
  std::vector<firn_error> failed;  // One for each of value.failed(), which it points to.
};
