# Flags of our own code (scorelet_flags) and of third-party code (third_party_flags).
#
# -ffp-contract=off: a fused multiply-add has other bits; every target must give the same.
# -fno-rtti and -fno-exceptions also go to the linker: emcc picks its library variants by them.
set(_common -ffp-contract=off -fvisibility=hidden)
set(_cxx $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions> $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)

set(SCORELET_SANITIZE "" CACHE STRING "value of -fsanitize= for everything that is compiled")
set(_sanitize "")
if(SCORELET_SANITIZE)
  set(_sanitize "-fsanitize=${SCORELET_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
endif()

add_library(scorelet_flags INTERFACE)
target_compile_options(scorelet_flags INTERFACE ${_common} ${_cxx} ${_sanitize} $<BUILD_INTERFACE:-Wall -Wextra -Werror>)
target_link_options(scorelet_flags INTERFACE ${_sanitize})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of g++ 12 inside std::string (its bug 105651 and relatives); clang and the sanitizers watch instead.
  target_compile_options(scorelet_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-maybe-uninitialized)
elseif(NOT CMAKE_CROSSCOMPILING)
  # libstdc++ 12's own std::stable_sort calls what it declares deprecated.
  target_compile_options(scorelet_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-deprecated-declarations>)
endif()

# A download is counted in bytes: Wasm is compiled for size, except for what runs per row or per byte of a document.
set(SCORELET_IS_NATIVE ON)
if(EMSCRIPTEN OR CMAKE_SYSTEM_NAME STREQUAL "WASI")
  set(SCORELET_IS_NATIVE OFF)
  foreach(_language C CXX)
    string(REPLACE "-O3" "-Oz" CMAKE_${_language}_FLAGS_RELEASE "${CMAKE_${_language}_FLAGS_RELEASE}")
  endforeach()
endif()
function(scorelet_hot)
  if(NOT SCORELET_IS_NATIVE)
    set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS -O3)
  endif()
  if(EMSCRIPTEN)
    # Loops stand there once (docs/sizes.md), but for those of regressions, the shortest of records.
    set(once ${ARGN})
    list(FILTER once EXCLUDE REGEX "/regression/run\\.cpp$")
    set_property(SOURCE ${once} APPEND PROPERTY COMPILE_OPTIONS -mllvm -unroll-runtime=false)
  endif()
endfunction()

# What rows go through, compiled for Wasm's vectors and linked before the core, which is compiled without.
function(scorelet_vectors target)
  set(vectors functions/aggregates functions/arithmetic functions/columns functions/logic program/predicate program/steps
    program/treatment run/scratch)
  foreach(file dense_sums/baseline dense_sums/dense_sums general_regression/run mining/forest neural_network/run
      regression/run test_lists/baseline test_lists/test_lists tree/forest_inputs tree/listed_trees tree/packed_forest)
    list(APPEND vectors models/${file})
  endforeach()
  list(TRANSFORM vectors PREPEND "${CMAKE_SOURCE_DIR}/core/")
  list(TRANSFORM vectors APPEND .cpp)
  scorelet_hot(${vectors})
  set_property(SOURCE ${vectors} APPEND PROPERTY COMPILE_OPTIONS -msimd128)
  target_sources(${target} PRIVATE ${vectors})
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/core")
  target_link_libraries(${target} PRIVATE detmath dragonbox fast_float xxhash)
endfunction()

# How a module for pages is linked, and what measures one; further passes of Binaryen may be named.
# Brotli finds more in functions that stay apart than inlining them into their only caller saves (docs/sizes.md).
set(SCORELET_SMALL_PASSES "-Oz,--one-caller-inline-max-function-size=50,--skip-pass=memory-packing")
function(scorelet_link_small target)
  string(JOIN "," passes ${SCORELET_SMALL_PASSES} ${ARGN})
  target_link_options(${target} PRIVATE
    -O2  # above, the names of imports and exports would be shortened to letters, and no list of them could be reviewed
    "-sBINARYEN_EXTRA_PASSES=${passes}"
    -sALLOW_MEMORY_GROWTH=1 -sMALLOC=emmalloc)
endfunction()

# The files of a folder compiled as one: most of the time goes into what their headers instantiate. A build from nothing
# takes half as long, one after a small edit longer. Files with options of their own (scorelet_hot) stay apart.
option(SCORELET_UNITY "compile libraries folder by folder" OFF)
function(scorelet_unity target)
  if(NOT SCORELET_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(files ${target} SOURCES)
  foreach(file ${files})
    cmake_path(GET file PARENT_PATH folder)
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY "${CMAKE_SOURCE_DIR}")
    string(MAKE_C_IDENTIFIER "${folder}" group)
    set_property(SOURCE ${file} PROPERTY UNITY_GROUP ${group})
  endforeach()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # there is no other file
  endif()
endfunction()

add_library(third_party_flags INTERFACE)
target_compile_options(third_party_flags INTERFACE ${_common} ${_cxx} ${_sanitize} -w)

if(EMSCRIPTEN)
  target_link_options(scorelet_flags INTERFACE -fno-exceptions -fno-rtti)
  # Every engine since 2021 has these instructions; without them each stands for several.
  add_compile_options(-mnontrapping-fptoint -msign-ext)
elseif(CMAKE_SYSTEM_NAME STREQUAL "WASI")
  # 64 KiB by default, too little for documents as deep as the limits allow. First in memory, so that an overflow
  # traps instead of writing over data.
  target_link_options(scorelet_flags INTERFACE -Wl,-z,stack-size=1048576 -Wl,--stack-first)
endif()
