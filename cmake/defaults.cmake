# What holds for every target: C++23 without extensions, hidden symbols, position-independent code.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or RelWithDebInfo" FORCE)
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# firn::warnings: link it PRIVATE to Firn's own targets; parts written by others are not held to it.
add_library(firn_warnings INTERFACE)
add_library(firn::warnings ALIAS firn_warnings)
target_compile_options(firn_warnings INTERFACE -Wall -Wextra -Wpedantic $<$<BOOL:${FIRN_WERROR}>:-Werror>)

# firn::integer_checks: arithmetic that wraps and conversions that change a number end the program, unless they are meant.
add_library(firn_integer_checks INTERFACE)
add_library(firn::integer_checks ALIAS firn_integer_checks)
if(FIRN_CHECK_INTEGERS)
  target_compile_options(firn_integer_checks INTERFACE
    -fsanitize=integer "-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/meant_overflows.txt")
endif()
