#include "firn.h"

firn_code first_violation(const firn_error* error) {
  const firn_error* violation = firn_error_violation(error, 0);
  firn_code code = firn_error_code(violation);
#ifdef MISUSE
  firn_error_free(violation);
#endif
  return code;
}
