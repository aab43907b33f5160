# Third-party libraries, compiled from the same source for every target (docs/dependencies.md).
if(NOT EXISTS "${SCORELET_SOURCES}/pugixml/src/pugixml.cpp")
  message(FATAL_ERROR "No third-party sources in '${SCORELET_SOURCES}'. Run tools/setup native, or set SCORELET_SOURCES.")
endif()

# Compiled with its one user in the core: walking the tree is then no call a node.
add_library(pugixml INTERFACE)
target_include_directories(pugixml SYSTEM INTERFACE "${SCORELET_SOURCES}/pugixml/src")
target_compile_definitions(pugixml INTERFACE PUGIXML_NO_XPATH PUGIXML_NO_EXCEPTIONS PUGIXML_NO_STL PUGIXML_HEADER_ONLY)

include(Detmath)
include(Pcre2)
include(Ed25519)

# HTTP of the native clients; without exceptions, TLS and compression; with poll, since select ends at 1,024 open files.
add_library(httplib INTERFACE)
target_include_directories(httplib SYSTEM INTERFACE "${SCORELET_SOURCES}/cpp-httplib")
target_compile_definitions(httplib INTERFACE CPPHTTPLIB_NO_EXCEPTIONS CPPHTTPLIB_USE_POLL)

foreach(library dragonbox fast_float nlohmann_json)
  add_library(${library} INTERFACE)
  target_include_directories(${library} SYSTEM INTERFACE "$<BUILD_INTERFACE:${SCORELET_SOURCES}/${library}/include>")
endforeach()
add_library(xxhash INTERFACE)
target_include_directories(xxhash SYSTEM INTERFACE "$<BUILD_INTERFACE:${SCORELET_SOURCES}/xxhash>")
add_library(args INTERFACE)
target_include_directories(args SYSTEM INTERFACE "$<BUILD_INTERFACE:${SCORELET_SOURCES}/args>")
target_compile_definitions(args INTERFACE ARGS_NOEXCEPT)

# SHA-256 of model files: one file of libtomcrypt.
add_library(sha256 STATIC EXCLUDE_FROM_ALL "${SCORELET_SOURCES}/libtomcrypt/src/hashes/sha2/sha256.c")
target_include_directories(sha256 SYSTEM PUBLIC "${SCORELET_SOURCES}/libtomcrypt/src/headers")
target_compile_definitions(sha256 PUBLIC LTC_NOTHING LTC_SHA256 LTC_NO_TEST LTC_NO_ASM LTC_SOURCE ARGTYPE=4)
target_link_libraries(sha256 PRIVATE third_party_flags)

# gzip: the parts of zlib that work in memory.
set(_zlib adler32 crc32 deflate inffast inflate inftrees trees zutil)
list(TRANSFORM _zlib PREPEND "${SCORELET_SOURCES}/zlib/")
list(TRANSFORM _zlib APPEND ".c")
add_library(zlib STATIC EXCLUDE_FROM_ALL ${_zlib})
target_include_directories(zlib SYSTEM PUBLIC "${SCORELET_SOURCES}/zlib")
target_link_libraries(zlib PRIVATE third_party_flags)

# GoogleTest as one file, without what the Wasm targets lack.
set(_gtest "${SCORELET_SOURCES}/googletest/googletest")
add_library(gtest STATIC EXCLUDE_FROM_ALL "${_gtest}/src/gtest-all.cc" "${_gtest}/src/gtest_main.cc")
target_include_directories(gtest SYSTEM PUBLIC "${_gtest}/include" PRIVATE "${_gtest}")
if(EMSCRIPTEN OR WASI)
  target_compile_definitions(gtest PUBLIC GTEST_HAS_PTHREAD=0 GTEST_HAS_DEATH_TEST=0 GTEST_HAS_STREAM_REDIRECTION=0
    $<$<BOOL:${WASI}>:GTEST_HAS_FILE_SYSTEM=0>)
endif()
target_link_libraries(gtest PUBLIC third_party_flags)

