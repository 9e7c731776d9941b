#pragma once

#include <memory>
#include <vector>

#include "firn/batch.h"

namespace firn::js {

/// Batches on their way to stack(), added one by one: so the bindings check each as they check any
/// argument, and no list of JavaScript's is read from C++.
struct BatchList {
  std::shared_ptr<std::vector<Batch>> batches = std::make_shared<std::vector<Batch>>();
};

}  // namespace firn::js
