// Embind names types that it does not know by their number, and wants all of printf for it. It is linked with this
// instead (`--wrap` in CMakeLists.txt); nothing else here prints.
#include <cstdarg>
#include <cstdint>

/// sprintf without doubles, as Embind calls it: with "%p" and one address.
extern "C" int scorelet_print_type_number(char* to, const char* format, ...) __asm__("__wrap_siprintf");

int scorelet_print_type_number(char* to, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  const auto number = va_arg(arguments, std::uintptr_t);
  va_end(arguments);
  int length = 0;
  for (int bit = 28; bit >= 0; bit -= 4) to[length++] = "0123456789abcdef"[number >> bit & 15];
  to[length] = '\0';
  return length;
}
