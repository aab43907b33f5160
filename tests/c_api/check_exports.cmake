# The dynamic symbols of the shared library are the reviewed list, no more and no fewer.
# -DNM= -DLIBRARY= -DLIST=
execute_process(COMMAND "${NM}" -D --defined-only --format=posix "${LIBRARY}" OUTPUT_VARIABLE symbols
  COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${symbols}")
set(found "")
foreach(line ${lines})
  string(REGEX REPLACE "[@ ].*" "" name "${line}")
  list(APPEND found "${name}")
endforeach()
file(STRINGS "${LIST}" expected)
list(SORT found)
list(SORT expected)
if(NOT found STREQUAL expected)
  message(FATAL_ERROR "0 passed, 1 failed\nexports: ${found}\nreviewed: ${expected}")
endif()
message(STATUS "1 passed, 0 failed")
