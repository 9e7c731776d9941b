# The exported symbols, the list that was reviewed and the functions of the headers are the same; and the soname is what
# programs were linked to. Needs LIBRARY, SYMBOLS, HEADERS (their folder), SONAME, NM and READELF.

execute_process(COMMAND "${NM}" --dynamic --defined-only --format=posix "${LIBRARY}" OUTPUT_VARIABLE dynamic_symbols
  COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" rows "${dynamic_symbols}")
set(exported "")
foreach(row IN LISTS rows)
  if(row MATCHES "^FIRN_[0-9]+(@@FIRN_[0-9]+)? A ")
    continue()  # the version itself
  endif()
  string(REGEX REPLACE "@.*| .*" "" name "${row}")
  list(APPEND exported "${name}")
endforeach()

file(STRINGS "${SYMBOLS}" lines REGEX "^ +firn_")
string(REGEX MATCHALL "firn_[a-z0-9_]+" listed "${lines}")

set(declared "")
file(GLOB headers "${HEADERS}/*.h")
foreach(header IN LISTS headers)
  file(READ "${header}" text)
  string(REGEX MATCHALL "FIRN_API[^;(]*[ *]firn_[a-z0-9_]+\\(" declarations "${text}")
  foreach(declaration IN LISTS declarations)
    string(REGEX REPLACE ".*[ *](firn_[a-z0-9_]+)\\($" "\\1" name "${declaration}")
    list(APPEND declared "${name}")
  endforeach()
endforeach()

foreach(kind IN ITEMS exported listed declared)
  list(SORT ${kind})
endforeach()
list(LENGTH listed count)
if(count EQUAL 0)
  message(FATAL_ERROR "${SYMBOLS} lists nothing")
endif()

function(must_be_equal what found)
  if(NOT "${found}" STREQUAL "${listed}")
    set(missing ${listed})
    list(REMOVE_ITEM missing ${found})
    set(unlisted ${found})
    list(REMOVE_ITEM unlisted ${listed})
    message(FATAL_ERROR "${what} differ from firn.symbols: missing: ${missing}; not listed: ${unlisted}")
  endif()
endfunction()
must_be_equal("the exported symbols" "${exported}")
must_be_equal("the headers' functions" "${declared}")

execute_process(COMMAND "${READELF}" --dynamic --wide "${LIBRARY}" OUTPUT_VARIABLE dynamic_section COMMAND_ERROR_IS_FATAL ANY)
if(NOT dynamic_section MATCHES "\\(SONAME\\)[^\n]*\\[${SONAME}\\]")
  message(FATAL_ERROR "the soname is not ${SONAME}:\n${dynamic_section}")
endif()
message(STATUS "${count} symbols exported")
