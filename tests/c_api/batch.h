/* Record batches of up to eight columns, built by hand on the test's own memory. */
#ifndef SCORELET_TESTS_BATCH_H
#define SCORELET_TESTS_BATCH_H

#include <scorelet/scorelet.h>

typedef struct column {
  struct ArrowSchema schema;
  struct ArrowArray array;
  const void* buffers[4];
} column;

typedef struct batch {
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowSchema* schemas[8];
  struct ArrowArray* arrays[8];
  const void* buffers[1];
} batch;

/* How many arrays made here have been released since the last `batch_init`. */
extern int released_arrays;

/* A column of `length` rows with up to three buffers; `validity` NULL: no nulls. Unused buffers are NULL. */
void column_init(column* c, const char* format, const char* name, int64_t length, const void* validity,
                 const void* data, const void* more);
void batch_init(batch* b, int64_t rows);
void batch_add(batch* b, column* c);

/* Result column `name` and its place in `array`; NULL if there is none. */
const struct ArrowSchema* result_schema(const struct ArrowSchema* schema, const char* name);
const struct ArrowArray* result_array(const struct ArrowSchema* schema, const struct ArrowArray* array,
                                      const char* name);
/* The rows of a result column as text: "1.5;null;3"; numbers in %.17g, times and dates as their counts. */
const char* rows_text(const struct ArrowSchema* schema, const struct ArrowArray* array, const char* name);

/* A whole file; the caller frees it. */
char* read_file(const char* directory, const char* name, size_t* size);

#endif
