# pcre2-8: regular expressions in 8-bit code units with Unicode, without the JIT compiler (same steps everywhere).
set(_pcre2 "${SCORELET_SOURCES}/pcre2/src")
set(_out "${CMAKE_BINARY_DIR}/pcre2")

set(_files auto_possess chkdint compile compile_cgroup compile_class config context convert dfa_match error extuni
  find_bracket maketables match match_data match_next newline ord2utf pattern_info script_run serialize string_utils
  study substitute substring tables ucd valid_utf xclass)
list(TRANSFORM _files PREPEND "${_pcre2}/pcre2_")
list(TRANSFORM _files APPEND ".c")
foreach(_file ${_files})   # 10.46 and its neighbours differ in a few file names
  if(NOT EXISTS "${_file}")
    list(REMOVE_ITEM _files "${_file}")
  endif()
endforeach()

configure_file("${_pcre2}/config.h.generic" "${_out}/config.h" COPYONLY)
configure_file("${_pcre2}/pcre2.h.generic" "${_out}/pcre2.h" COPYONLY)
configure_file("${_pcre2}/pcre2_chartables.c.dist" "${_out}/pcre2_chartables.c" COPYONLY)

add_library(pcre2-8 STATIC ${_files} "${_out}/pcre2_chartables.c")
target_include_directories(pcre2-8 SYSTEM PUBLIC "${_out}" PRIVATE "${_pcre2}")
target_compile_definitions(pcre2-8
  PUBLIC PCRE2_STATIC PCRE2_CODE_UNIT_WIDTH=8
  PRIVATE HAVE_CONFIG_H SUPPORT_UNICODE)
target_link_libraries(pcre2-8 PRIVATE third_party_flags)
