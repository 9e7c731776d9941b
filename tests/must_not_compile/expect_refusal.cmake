# Runs a compiler that must refuse, and for the stated reason alone. Needs COMMAND (a list), SOURCE and REASON (a regular
# expression that every error must match).

set(ENV{LC_ALL} C)  # the compiler's own words
execute_process(COMMAND ${COMMAND} OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
if(status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiled, although it must not")
endif()
string(REGEX MATCHALL "[^\n]*error: [^\n]*" errors "${output}")
if(errors STREQUAL "")
  message(FATAL_ERROR "the compiler ended with ${status}, but stated no error:\n${output}")
endif()
foreach(error IN LISTS errors)
  if(NOT error MATCHES "^${SOURCE}:" OR NOT error MATCHES "${REASON}")
    message(FATAL_ERROR "refused, but not because of '${REASON}':\n${output}")
  endif()
endforeach()
