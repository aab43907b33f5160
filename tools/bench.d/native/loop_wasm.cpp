// The yardstick as a module of its own: what a page would load that knew one forest by heart.
#include <cstdlib>

#include "loop.hpp"

namespace {
bench::Loop loop;
}

#define EXPORTED(name) __attribute__((used, export_name(#name)))

extern "C" {
EXPORTED(loop_memory) void* loop_memory(std::size_t bytes) { return std::malloc(bytes); }
EXPORTED(loop_read) std::size_t loop_read(const char* trees, std::size_t bytes) {
  return loop.read({trees, bytes}) ? loop.answers() : 0;
}
EXPORTED(loop_one) void loop_one(const float* row, double* answers) { loop.one(row, answers); }
EXPORTED(loop_many) void loop_many(const float* rows, std::size_t features, std::size_t count, double* answers) {
  loop.many(rows, features, count, answers);
}
}
