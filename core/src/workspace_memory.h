#pragma once

#include <vector>

#include "firn/workspace.h"
#include "plan_builder.h"

namespace firn {

struct Workspace::Memory {
  std::vector<PatchPlace> places{};
  std::vector<PatchPlace> other_places{};  ///< Sorting goes to and fro between the two.
  PlanBuilder::Memory plan{};
};

}  // namespace firn
