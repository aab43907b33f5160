# ed25519: signatures and Base64, seven files of libsodium. The last one stands for its sodium/utils.c, which is about
# pages of memory, and its sodium/core.c.
set(_sodium "${SCORELET_SOURCES}/libsodium/src/libsodium")
add_library(ed25519 STATIC EXCLUDE_FROM_ALL
  "${_sodium}/crypto_sign/ed25519/ref10/open.c" "${_sodium}/crypto_sign/ed25519/ref10/sign.c"
  "${_sodium}/crypto_core/ed25519/ref10/ed25519_ref10.c" "${_sodium}/crypto_hash/sha512/cp/hash_sha512_cp.c"
  "${_sodium}/crypto_verify/sodium/verify.c" "${_sodium}/sodium/codecs.c"
  "${CMAKE_SOURCE_DIR}/tools/cmake/sodium_memory.c")
target_include_directories(ed25519 SYSTEM PUBLIC "${_sodium}/include/sodium")
target_include_directories(ed25519 SYSTEM PRIVATE "${_sodium}/include")
target_compile_definitions(ed25519 PUBLIC SODIUM_STATIC)
target_link_libraries(ed25519 PRIVATE third_party_flags)
