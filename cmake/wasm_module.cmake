# firn_add_wasm_module(<target> NAME <name> SOURCES <file>... LIBRARIES <library>...)
# makes <name>.mjs, <name>.wasm and <name>.d.ts from an Embind file, in the folder's build directory.

function(firn_add_wasm_module target)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "NAME" "SOURCES;LIBRARIES")
  add_executable(${target} ${module_SOURCES})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${module_NAME} SUFFIX .mjs)
  target_link_libraries(${target} PRIVATE ${module_LIBRARIES} firn::warnings firn::no_exceptions)
  target_link_options(${target} PRIVATE
    -lembind
    --emit-tsd=${module_NAME}.d.ts
    -sMODULARIZE
    -sEXPORT_ES6
    -sEXPORT_NAME=createFirnModule
    -sALLOW_MEMORY_GROWTH
    -sMAXIMUM_MEMORY=4GB
    -sFILESYSTEM=0
    # A page needs no 'unsafe-eval' in its content security policy.
    -sDYNAMIC_EXECUTION=0
  )
  # emcc takes the blanks out of its glue, esbuild shortens the names too: a quarter of what a page loads of it.
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND "${PROJECT_SOURCE_DIR}/node_modules/esbuild/bin/esbuild" ${module_NAME}.mjs
      --minify --format=esm --outfile=${module_NAME}.mjs --allow-overwrite --log-level=warning
    WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}"
    VERBATIM)
  # emcc writes the typings with the tsc it finds on PATH, which must be TypeScript 5's; and the .mjs is the program for
  # Ninja, so name its other outputs too, or `clean` forgets them.
  set_target_properties(${target} PROPERTIES
    RULE_LAUNCH_LINK "\"${CMAKE_COMMAND}\" -E env --modify PATH=path_list_prepend:${PROJECT_SOURCE_DIR}/node_modules/typescript-5/bin --"
    ADDITIONAL_CLEAN_FILES
    "${CMAKE_CURRENT_BINARY_DIR}/${module_NAME}.wasm;${CMAKE_CURRENT_BINARY_DIR}/${module_NAME}.d.ts")
endfunction()
