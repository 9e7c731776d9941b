#include "firn/version.h"

namespace firn {

std::string_view version() noexcept { return FIRN_VERSION; }

}  // namespace firn
