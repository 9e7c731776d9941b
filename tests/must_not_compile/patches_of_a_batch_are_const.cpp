#include "firn/batch.h"

std::uint64_t line_of_first(firn::Batch& batch) {
#ifdef MISUSE
  batch.patches()[0].line = 9;
#endif
  return batch.patches()[0].line;
}
