# firn_add_node_addon(<target> NAME <name> SOURCES <file>... LIBRARIES <library>...)
# makes <name>.node, in the folder's build directory. No node-gyp: Node's C headers and their C++ wrapper are npm packages.

set(node_api_headers "${PROJECT_SOURCE_DIR}/node_modules/node-api-headers")
set(node_addon_api "${PROJECT_SOURCE_DIR}/node_modules/node-addon-api")
foreach(header IN ITEMS "${node_api_headers}/include/node_api.h" "${node_addon_api}/napi.h")
  if(NOT EXISTS "${header}")
    message(FATAL_ERROR "Node's headers are not there: run `make setup` first")
  endif()
endforeach()

# firn_use_node(<target>): Node's headers. What Node refuses stays pending and returns, and a worker that is being ended in the
# middle of a call is no reason to end the process.
function(firn_use_node target)
  target_include_directories(${target} SYSTEM PRIVATE "${node_api_headers}/include" "${node_addon_api}")
  target_compile_definitions(${target} PRIVATE
    NAPI_VERSION=8 NAPI_DISABLE_CPP_EXCEPTIONS NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS)
endfunction()

function(firn_add_node_addon target)
  cmake_parse_arguments(PARSE_ARGV 1 addon "" "NAME" "SOURCES;LIBRARIES")
  add_library(${target} MODULE ${addon_SOURCES})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${addon_NAME} PREFIX "" SUFFIX .node)
  firn_use_node(${target})
  target_link_libraries(${target} PRIVATE ${addon_LIBRARIES} firn::warnings)
  if(APPLE)
    target_link_options(${target} PRIVATE "LINKER:-undefined,dynamic_lookup")
  elseif(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    # Node brings a C++ library of its own: ours stays inside, unseen.
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc LINKER:--exclude-libs,ALL)
  endif()
endfunction()
