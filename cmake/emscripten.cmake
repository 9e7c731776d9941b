# Toolchain file for WebAssembly: finds the emcc that tools/setup/emscripten chose, or the one on PATH, and hands over to the
# toolchain file that ships with it.

if(DEFINED ENV{FIRN_TOOLCHAIN_DIR})
  set(firn_toolchain "$ENV{FIRN_TOOLCHAIN_DIR}")
else()
  set(firn_toolchain "${CMAKE_CURRENT_LIST_DIR}/../.toolchain")
endif()

find_program(FIRN_EM_CONFIG em-config HINTS "${firn_toolchain}/bin")
if(NOT FIRN_EM_CONFIG)
  message(FATAL_ERROR "there is no Emscripten: run `make setup` first")
endif()
execute_process(COMMAND "${FIRN_EM_CONFIG}" EMSCRIPTEN_ROOT
  OUTPUT_VARIABLE EMSCRIPTEN_ROOT_PATH OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

include("${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake")

# Highway's WASM SIMD128 target; and no exceptions anywhere, so that none of their machinery is linked.
string(APPEND CMAKE_CXX_FLAGS_INIT " -msimd128 -fno-exceptions")
string(APPEND CMAKE_C_FLAGS_INIT " -msimd128")
