# Ship what was tested: installs the C library into an empty folder, and builds two programs against what lies there, one
# with pkg-config and one with find_package; a third, in Python, needs no building. Needs BUILD, WORK, HEADERS, EXAMPLES, CONSUMER,
# LIBDIR, VERSION, SOVERSION, C_COMPILER, C_FLAGS, MAKE and PYTHON (empty: without it).

set(prefix "${WORK}/prefix")
set(EXAMPLE "${EXAMPLES}/c")
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGV}\nended with ${status}\n${output}${errors}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${prefix}" --component c)
file(GLOB_RECURSE installed RELATIVE "${prefix}" "${prefix}/*")
list(FILTER installed EXCLUDE REGEX "/cmake/firn/firn-config-[a-z]+\\.cmake$")  # one for each build type
file(GLOB expected RELATIVE "${HEADERS}" "${HEADERS}/firn.h" "${HEADERS}/firn/c/*.h")
list(TRANSFORM expected PREPEND include/)
foreach(name IN ITEMS cmake/firn/firn-config.cmake libfirn.so libfirn.so.${SOVERSION} libfirn.so.${VERSION} pkgconfig/firn.pc)
  list(APPEND expected "${LIBDIR}/${name}")
endforeach()
list(SORT installed)
list(SORT expected)
if(NOT installed STREQUAL expected)
  message(FATAL_ERROR "installed: ${installed}\nexpected:  ${expected}")
endif()

set(ENV{PKG_CONFIG_PATH} "${prefix}/${LIBDIR}/pkgconfig")
run(pkg-config --modversion firn)
if(NOT output STREQUAL "${VERSION}\n")
  message(FATAL_ERROR "pkg-config says version ${output}")
endif()

# The examples, as their README says.
run("${MAKE}" -C "${EXAMPLE}" "OUT=${WORK}/example" "CC=${C_COMPILER}" "CFLAGS=${C_FLAGS}" --no-print-directory)
foreach(name IN ITEMS server.conf server.diff retries.conf retries.txt)
  file(READ "${WORK}/example/${name}" made)
  file(READ "${EXAMPLE}/expected/${name}" wanted)
  if(NOT made STREQUAL wanted)
    message(FATAL_ERROR "the example's ${name} is\n${made}\ninstead of\n${wanted}")
  endif()
endforeach()

# What is refused: every violation is told, nothing is written.
function(must_refuse base change expected)
  execute_process(COMMAND ${ARGN} "${base}" "${EXAMPLE}/${change}" "${WORK}/example/none"
    OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE status)
  file(READ "${EXAMPLE}/expected/${expected}" wanted)
  string(REPLACE "${EXAMPLE}/" "" errors "${errors}")
  if(NOT status EQUAL 1 OR NOT output STREQUAL "" OR NOT errors STREQUAL wanted OR EXISTS "${WORK}/example/none")
    message(FATAL_ERROR "${ARGN}: ${change}: status ${status}, output ${output}, errors\n${errors}\ninstead of\n${wanted}")
  endif()
endfunction()
must_refuse("${EXAMPLE}/server.conf" unlawful.json unlawful.txt "${WORK}/example/patch_file")
must_refuse("${WORK}/example/retries.conf" retries.diff unplaced.txt "${WORK}/example/place_diff")

# The same in Python: the same bytes, the same words. A sanitizer's runtime would have to be loaded before Python.
if(PYTHON)
  set(ENV{FIRN_LIBRARY} "${prefix}/${LIBDIR}/libfirn.so.${SOVERSION}")
  set(ENV{PYTHONDONTWRITEBYTECODE} 1)
  set(program "${PYTHON}" "${EXAMPLES}/python/patch_file.py")
  must_refuse("${EXAMPLE}/server.conf" unlawful.json unlawful.txt ${program})
  run(${program} "${EXAMPLE}/server.conf" "${EXAMPLE}/production.json" "${WORK}/example/python.conf")
  file(READ "${EXAMPLE}/expected/server.diff" diff)
  file(READ "${EXAMPLE}/expected/server.conf" wanted)
  file(READ "${WORK}/example/python.conf" made)
  if(NOT output STREQUAL diff OR NOT made STREQUAL wanted)
    message(FATAL_ERROR "the example in Python makes\n${made}and prints\n${output}")
  endif()
  set(ENV{FIRN_LIBRARY} "${WORK}/nothing.so")
  execute_process(COMMAND ${program} a b c RESULT_VARIABLE status ERROR_VARIABLE said)
  if(NOT status EQUAL 2 OR NOT said MATCHES "^libfirn.so cannot be loaded: [^\n]*nothing.so[^\n]*\n$")
    message(FATAL_ERROR "the example in Python, without its library, ends with ${status} and says\n${said}")
  endif()
endif()

run("${CMAKE_COMMAND}" -S "${CONSUMER}" -B "${WORK}/consumer" "-DCMAKE_PREFIX_PATH=${prefix}" "-DFIRN_WANTED=${VERSION}"
  "-DCMAKE_C_COMPILER=${C_COMPILER}" "-DCMAKE_C_FLAGS=${C_FLAGS}")
run("${CMAKE_COMMAND}" --build "${WORK}/consumer")
run("${WORK}/consumer/consumer")
if(NOT output STREQUAL "${VERSION}\n")
  message(FATAL_ERROR "the find_package consumer prints ${output}")
endif()
