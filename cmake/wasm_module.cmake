# firn_add_wasm_module(<target> NAME <name> EXPORTS <file> SOURCES <file>... LIBRARIES <library>...)
# makes <name>.wasm in the folder's build directory: a module that stands alone, with the functions that <file> names, one a
# line. Whoever loads it writes the glue.

function(firn_add_wasm_module target)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "NAME;EXPORTS" "SOURCES;LIBRARIES")
  add_executable(${target} ${module_SOURCES})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${module_NAME} SUFFIX .wasm LINK_DEPENDS "${module_EXPORTS}")
  target_link_libraries(${target} PRIVATE ${module_LIBRARIES} firn::warnings firn::no_exceptions)
  file(STRINGS "${module_EXPORTS}" exports REGEX "^[a-z_]+$")
  list(TRANSFORM exports PREPEND "-Wl,--export=")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${module_EXPORTS}")
  target_link_options(${target} PRIVATE
    ${exports}
    -sSTANDALONE_WASM
    --no-entry
    -sALLOW_MEMORY_GROWTH
    -sMAXIMUM_MEMORY=4GB
    -sFILESYSTEM=0
    -sWASM_BIGINT
    # A third of the other one's size; Firn's large pieces are few.
    -sMALLOC=emmalloc)
endfunction()
