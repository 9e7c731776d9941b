# The ABI is the one that native/c/firn.abi records, or it has grown and the record with it. That the library has just the
# functions of the headers is exports_test.cmake's. Needs LIBRARY (abi_of.c, with debug information), RECORD, GROWTH, SONAME and
# WORK.

set(now "${WORK}/firn.abi")
file(REMOVE "${now}")
execute_process(COMMAND abidw --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --no-parameter-names
    --no-write-default-sizes --type-id-style hash --out-file "${now}" "${LIBRARY}"
  RESULT_VARIABLE status ERROR_VARIABLE errors)
if(NOT status EQUAL 0 OR NOT EXISTS "${now}")
  message(FATAL_ERROR "abidw (Debian: abigail-tools) ended with ${status} ${errors}")
endif()

# compare(<result> <option>...): what differs, empty when nothing does.
function(compare result)
  execute_process(COMMAND abidiff ${ARGN} "${RECORD}" "${now}" RESULT_VARIABLE status OUTPUT_VARIABLE report ERROR_VARIABLE errors)
  # 1 and 2 are failures of the program, 4 and 8 say that something changed.
  if(NOT status MATCHES "^(0|4|8|12)$")
    message(FATAL_ERROR "abidiff ended with ${status}\n${report}${errors}")
  endif()
  set(text "")
  if(NOT status EQUAL 0)
    set(text "${report}")
  endif()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(how_to_record "cp ${now} ${RECORD}")
compare(broken --no-added-syms --suppressions "${GROWTH}")
if(broken)
  message(FATAL_ERROR "programs that were built against ${SONAME} would break:\n${broken}"
    "Leave what is there as it was and add to it. If it must change: a new soname, and then ${how_to_record}")
endif()
compare(grown --harmless)
if(grown)
  message(FATAL_ERROR "the ABI has grown, and its record has not:\n${grown}If that is meant: ${how_to_record}")
endif()
