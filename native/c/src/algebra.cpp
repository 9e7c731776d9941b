#include "firn/algebra.h"

#include "convert.h"
#include "firn.h"

using namespace firn::c;

firn_code firn_patched_invert(const firn_patched* patched, firn_batch** batch,
                              firn_error** error) try {
  clear(batch);
  if (patched == nullptr || batch == nullptr) {
    return invalid_argument(error, "the patched text or the result pointer is NULL");
  }
  return give(batch, firn::invert(patched->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}

firn_code firn_patched_compose(const firn_patched* first, const firn_patched* second,
                               firn_batch** batch, firn_error** error) try {
  clear(batch);
  if (first == nullptr || second == nullptr || batch == nullptr) {
    return invalid_argument(error, "a patched text or the result pointer is NULL");
  }
  return give(batch, firn::compose(first->value, second->value), error);
} catch (const std::exception&) {
  return no_memory(error);
}
