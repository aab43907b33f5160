// The reactor imports nothing. What would import fd_write and its kin from WASI are the parts of the C and C++
// libraries that print before they give up, or that open files; here are the same functions without that.
// They replace the libraries' because the linker meets them first.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

#include "base/number.hpp"

namespace {

void* allocate(std::size_t size) {
  void* memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) __builtin_trap();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

_LIBCPP_BEGIN_NAMESPACE_STD
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD

extern "C" {

[[noreturn]] void __cxa_pure_virtual() { __builtin_trap(); }  // NOLINT(bugprone-reserved-identifier): the ABI's name
[[noreturn]] void abort_message(const char*, ...) { __builtin_trap(); }

// There are no files: only functions of the XML library that nobody calls would open one.
FILE* fopen(const char*, const char*) { return nullptr; }

// The JSON library converts each number before it hands over its text, which is what the core reads; the other
// two have no caller, but are in the same file of the C library.
double strtod(const char* text, char** end) {
  if (end != nullptr) *end = const_cast<char*>(text) + std::strlen(text);
  return scorelet::parseDouble(text).value_or(std::numeric_limits<double>::quiet_NaN());
}
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

// The JSON library shows control characters by their number in messages about syntax; here as "?".
int snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 1) std::memcpy(out, "?", 2);
  return 1;
}

}  // extern "C"
