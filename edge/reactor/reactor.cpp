#include <cstdint>
#include <cstdlib>

#include <scorelet/scorelet.h>

extern "C" {
#include "reactor.h"
}

namespace {

void forgetSchema(ArrowSchema* schema) { schema->release = nullptr; }
void forgetArray(ArrowArray* array) { array->release = nullptr; }

void borrow(ArrowSchema* schema) {
  if (schema == nullptr) return;
  for (std::int64_t i = 0; i < schema->n_children; ++i) borrow(schema->children[i]);
  borrow(schema->dictionary);
  schema->release = forgetSchema;
}

void borrow(ArrowArray* array) {
  if (array == nullptr) return;
  for (std::int64_t i = 0; i < array->n_children; ++i) borrow(array->children[i]);
  borrow(array->dictionary);
  array->release = forgetArray;
}

}  // namespace

extern "C" {

void* scorelet_alloc(size_t size) {
  void* memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) __builtin_trap();
  return memory;
}

void scorelet_free(void* memory) { std::free(memory); }

void scorelet_arrow_borrow(ArrowSchema* schema, ArrowArray* array) {
  borrow(schema);
  borrow(array);
}

void scorelet_arrow_release(ArrowSchema* schema, ArrowArray* array) {
  if (schema != nullptr && schema->release != nullptr) schema->release(schema);
  if (array != nullptr && array->release != nullptr) array->release(array);
}

}  // extern "C"
