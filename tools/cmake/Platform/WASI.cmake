# CMake 3.25 knows no WASI platform.
set(WASI 1)
set(CMAKE_EXECUTABLE_SUFFIX ".wasm")
