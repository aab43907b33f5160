# detmath: musl's elementary functions and simple case mapping under names of our own (dm_exp, dm_towupper ...).
#
# The platforms' libms differ in last bits; one source compiled without contraction gives the same bits
# everywhere. A header forced into every musl file renames all symbols; core/base/math.hpp is the only door.
set(_musl "${SCORELET_SOURCES}/musl")
set(_out "${CMAKE_BINARY_DIR}/detmath")

set(_unary exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh erf tgamma cbrt)
set(_binary pow atan2 hypot fmod)
set(_kernels __sin __cos __tan __rem_pio2 __rem_pio2_large __expo2
  __math_divzero __math_invalid __math_oflow __math_uflow __math_xflow)
set(_tables exp_data log_data log2_data pow_data)

# Renamed besides the above: what those files define or glibc's <math.h> declares differently.
set(_others erfc scalbn lgamma_r __lgamma_r signgam __signgam __sinl __cosl __tanl __math_check_oflow __math_check_uflow
  __exp_data __log_data __log2_data __pow_log_data towupper towlower __towupper_l __towlower_l)

set(_names "")
foreach(name ${_unary} ${_binary} ${_kernels} ${_others})
  string(APPEND _names "#define ${name} dm_${name}\n")
endforeach()
foreach(name ${_unary} erfc)
  string(APPEND _names "double ${name}(double);\n")
endforeach()
foreach(name ${_binary})
  string(APPEND _names "double ${name}(double, double);\n")
endforeach()
set(DETMATH_NAMES "${_names}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/detmath.h.in" "${_out}/detmath.h" @ONLY)
file(CONFIGURE OUTPUT "${_out}/fp_arch.h" CONTENT "/* no architecture of its own */\n")

list(TRANSFORM _unary PREPEND "${_musl}/src/math/" OUTPUT_VARIABLE _s1)
list(TRANSFORM _binary PREPEND "${_musl}/src/math/" OUTPUT_VARIABLE _s2)
list(TRANSFORM _kernels PREPEND "${_musl}/src/math/" OUTPUT_VARIABLE _s3)
list(TRANSFORM _tables PREPEND "${_musl}/src/math/" OUTPUT_VARIABLE _s4)
set(_files ${_s1} ${_s2} ${_s3} ${_s4} "${_musl}/src/math/lgamma_r" "${_musl}/src/math/scalbn" "${_musl}/src/ctype/towctrans")
list(TRANSFORM _files APPEND ".c")

add_library(detmath STATIC ${_files})
target_include_directories(detmath PRIVATE "${_out}" "${_musl}/src/internal")
target_compile_options(detmath PRIVATE -include "${_out}/detmath.h")
target_link_libraries(detmath PRIVATE third_party_flags)
list(FILTER _files EXCLUDE REGEX "rem_pio2_large")  # of angles beyond a million
scorelet_hot(${_files})
