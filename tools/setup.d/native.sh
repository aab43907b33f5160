# A C++23 compiler, CMake, and the third-party sources every target is compiled from.
packages_native() {
  [ -n "${CXX:-}" ] || need g++ g++
  need cmake cmake
  need ninja ninja-build
  need ccache ccache
  need python3 python3
  need_file /usr/include/sqlite3.h libsqlite3-dev
  need curl-config libcurl4-openssl-dev
  need_file /usr/include/boost/beast.hpp libboost1.81-dev
  need xz xz-utils
  need_file /etc/ssl/certs/ca-certificates.crt ca-certificates
}

setup_native() {
  [ -z "${SCORELET_SOURCES:-}" ] || return 0   # the user's own
  source_of pugixml       pugixml/bookworm        5c5ad5d7caeb791420408042a7d88c2c6180781bf218feca259fd9d840a888e1
  source_of musl          musl/trixie             a9a118bbe84d8764da0ea0d28b3ab3fae8477fc7e4085d90102b8596fc7c75e4
  source_of pcre2         pcre2/trixie            8d28d7f2c3b970c3a4bf3776bcbb5adfc923183ce74bc8df1ebaad8c1985bd07
  source_of dragonbox     dragonbox/bookworm      09d63b05e9c594ec423778ab59b7a5aa1d76fdd71d25c7048b0258c4ec9c3384
  source_of fast_float    fast-float/trixie       f312f2dc34c61e665f4b132c0307d6f70ad9420185fa831911bc24408acf625d
  source_of nlohmann_json nlohmann-json3/bookworm d69f9deb6a75e2580465c6c4c5111b89c4dc2fa94e3a85fcd2ffcd9a143d9273
  source_of googletest    googletest/bookworm     81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2
  source_of xxhash        xxhash/bookworm         3bb6b7d6f30c591dd65aaaff1c8b7a5b94d81687998ca9400082c739a690436c
  source_of libtomcrypt   libtomcrypt/trixie      fec310cb440232e9a75da7ef1b2350e6d29e7808a8f6ff2f4158ae2ec0ff3670
  source_of libsodium     libsodium/bookworm      d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4
  source_of zlib          zlib/trixie             60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb
  source_of cpp-httplib   cpp-httplib/trixie      c88f6495da71e778c82c22995b547a92ceb41cc4016f9028df67106a24b9210d
  source_of args          libargs/bookworm        9b3f78208c9cfb06ccbeb7c44903018c8b036b6592a2d9a7d8695d1944060b35
}
