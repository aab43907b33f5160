/* Counting checks for tests in C99. */
#ifndef SCORELET_TESTS_CHECK_H
#define SCORELET_TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

extern int checks_passed, checks_failed;

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), #actual, __FILE__, __LINE__)

static inline int check(int condition, const char* text, const char* file, int line) {
  if (condition) {
    ++checks_passed;
  } else {
    ++checks_failed;
    printf("%s:%d: failed: %s\n", file, line, text);
  }
  return condition;
}

static inline void check_text(const char* actual, const char* expected, const char* text, const char* file, int line) {
  if (!check(actual != NULL && strcmp(actual, expected) == 0, text, file, line)) {
    printf("  expected \"%s\"\n  found    \"%s\"\n", expected, actual != NULL ? actual : "(null)");
  }
}

#endif
