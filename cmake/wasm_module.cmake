# firn_add_wasm_module(<target> NAME <name> PAGE <file> REST <file> SOURCES <file>... LIBRARIES <library>...
#   [LINK_OPTIONS <option>...])
# makes <name>.wasm in the folder's build directory: a module that stands alone, with the functions that the two files name,
# one a line; and the same in two parts, <name>.page.wasm and <name>.rest.wasm. Whoever loads it writes the glue.
# With FIRN_CHECK_MEMORY it makes <name>.wasm alone, which ends where it touches memory that is not its own.

function(firn_add_wasm_module target)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "NAME;PAGE;REST" "SOURCES;LIBRARIES;LINK_OPTIONS")
  set(files ${module_NAME}.wasm)
  if(FIRN_CHECK_MEMORY)
    set(finish "${CMAKE_CURRENT_SOURCE_DIR}/check.mjs")
    # The allocator, too, looks at all its blocks with every call.
    set(options -sASSERTIONS=2 -sSAFE_HEAP -sMALLOC=emmalloc-memvalidate)
  else()
    set(finish "${CMAKE_CURRENT_SOURCE_DIR}/split.mjs")
    list(APPEND files ${module_NAME}.page.wasm ${module_NAME}.rest.wasm)
    # A third of the other allocator's size; Firn's large pieces are few.
    set(options -sMALLOC=emmalloc)
  endif()
  set(linked "${CMAKE_CURRENT_BINARY_DIR}/${module_NAME}.linked.wasm")
  add_executable(${target} ${module_SOURCES})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${module_NAME}.linked SUFFIX .wasm LINK_DEPENDS "${module_PAGE};${module_REST};${finish}")
  target_link_libraries(${target} PRIVATE ${module_LIBRARIES} firn::warnings)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${module_PAGE}" "${module_REST}")
  set(exports "")
  foreach(file IN ITEMS "${module_PAGE}" "${module_REST}")
    file(STRINGS "${file}" names REGEX "^[a-z_]+$")
    list(APPEND exports ${names})
  endforeach()
  list(TRANSFORM exports PREPEND "-Wl,--export=")
  target_link_options(${target} PRIVATE
    ${exports}
    # split.mjs optimizes each part; it tells functions by their names.
    -O1
    --profiling-funcs
    -Wl,--no-demangle
    -sSTANDALONE_WASM
    --no-entry
    -sALLOW_MEMORY_GROWTH
    # memory.cpp says why not all there is.
    -sMAXIMUM_MEMORY=3GB
    -sFILESYSTEM=0
    -sWASM_BIGINT
    ${options}
    ${module_LINK_OPTIONS})
  execute_process(COMMAND "${FIRN_EM_CONFIG}" BINARYEN_ROOT
    OUTPUT_VARIABLE binaryen OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND node "${finish}" "${linked}" "${module_PAGE}" "${module_REST}" "${binaryen}"
    BYPRODUCTS ${files}
    VERBATIM)
endfunction()
