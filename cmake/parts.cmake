# The parts that others wrote: firn::simdjson, firn::hwy, firn::xxhash. simdjson comes from npm, the other two from Debian.

set(simdjson_root "${PROJECT_SOURCE_DIR}/node_modules/@nozbe/simdjson/src")
if(NOT EXISTS "${simdjson_root}/simdjson.cpp")
  message(FATAL_ERROR "simdjson is not there: run `make setup` first")
endif()

set(simdjson_source "${simdjson_root}/simdjson.cpp")
if(EMSCRIPTEN)
  # Core reads JSON on demand and never builds simdjson's tree, but the linker cannot know that of a virtual function: the
  # builder and its number tables, unused, would be a fifth of the module.
  set(tree_builder "return stage2::tape_builder::parse_document<false>(*this, _doc);")
  set(tree_stream_builder "return stage2::tape_builder::parse_document<true>(*this, _doc);")
  file(READ "${simdjson_source}" text)
  string(REPLACE "${tree_builder}" "(void)_doc; return UNSUPPORTED_ARCHITECTURE;" trimmed "${text}")
  string(REPLACE "${tree_stream_builder}" "(void)_doc; return UNSUPPORTED_ARCHITECTURE;" trimmed "${trimmed}")
  if(trimmed STREQUAL text)
    message(FATAL_ERROR "this simdjson is another than the one cmake/parts.cmake knows how to trim")
  endif()
  set(simdjson_source "${PROJECT_BINARY_DIR}/parts/simdjson.cpp")
  file(WRITE "${simdjson_source}.new" "${trimmed}")
  file(COPY_FILE "${simdjson_source}.new" "${simdjson_source}" ONLY_IF_DIFFERENT)
endif()
add_library(firn_simdjson STATIC "${simdjson_source}")
add_library(firn::simdjson ALIAS firn_simdjson)
target_include_directories(firn_simdjson SYSTEM PUBLIC "${simdjson_root}")
# PUBLIC: these settings are part of the layout of its classes.
target_compile_definitions(firn_simdjson PUBLIC SIMDJSON_EXCEPTIONS=0 SIMDJSON_DISABLE_DEPRECATED_API=1)
# Without RTTI, as Firn: otherwise UBSan asks a C program that links the C library for a C++ runtime.
target_compile_options(firn_simdjson PRIVATE -w $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)

add_library(firn_hwy INTERFACE)
add_library(firn::hwy ALIAS firn_hwy)
add_library(firn_xxhash INTERFACE)
add_library(firn::xxhash ALIAS firn_xxhash)

if(NOT EMSCRIPTEN)
  # libhwy holds the run-time choice between the vector targets of x86 and Arm.
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LIBHWY REQUIRED IMPORTED_TARGET libhwy)
  target_link_libraries(firn_hwy INTERFACE PkgConfig::LIBHWY)
  find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
  return()
endif()

# WebAssembly has one vector target, so Highway is headers only there, as xxHash is everywhere. The machine's include folder
# itself must stay off emcc's path (it holds another libc), so the two are picked out of it.
find_path(host_include_dir NAMES hwy/highway.h PATHS /usr/include /usr/local/include REQUIRED
  NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
set(picked "${PROJECT_BINARY_DIR}/parts/include")
file(MAKE_DIRECTORY "${picked}")
foreach(part IN ITEMS hwy xxhash.h)
  if(NOT EXISTS "${host_include_dir}/${part}")
    message(FATAL_ERROR "${part} is not in ${host_include_dir}: run `make setup` first")
  endif()
  file(CREATE_LINK "${host_include_dir}/${part}" "${picked}/${part}" SYMBOLIC)
endforeach()
target_include_directories(firn_hwy SYSTEM INTERFACE "${picked}")
target_include_directories(firn_xxhash SYSTEM INTERFACE "${picked}")
