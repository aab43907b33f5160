/* What libsodium's signatures and Base64 take of its sodium/utils.c and sodium/core.c. */
#include <core.h>
#include <stdlib.h>
#include <utils.h>

void sodium_memzero(void* const bytes, const size_t size) {
  volatile unsigned char* const p = bytes;
  for (size_t i = 0; i < size; ++i) p[i] = 0;
}

int sodium_memcmp(const void* const a, const void* const b, size_t size) {
  const volatile unsigned char *const x = a, *const y = b;
  unsigned char difference = 0;
  for (size_t i = 0; i < size; ++i) difference |= x[i] ^ y[i];
  return difference == 0 ? 0 : -1;
}

int sodium_is_zero(const unsigned char* const bytes, const size_t size) {
  const volatile unsigned char* const x = bytes;
  unsigned char any = 0;
  for (size_t i = 0; i < size; ++i) any |= x[i];
  return any == 0;
}

void sodium_misuse(void) { abort(); }
