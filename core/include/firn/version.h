#pragma once

#include <string_view>

namespace firn {

/// The engine's version, "major.minor.patch"; the build sets it from the one place that states it.
[[nodiscard]] std::string_view version() noexcept;

}  // namespace firn
