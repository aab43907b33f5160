#include "batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int released_arrays;

static void release_schema(struct ArrowSchema* schema) { schema->release = NULL; }

static void release_array(struct ArrowArray* array) {
  ++released_arrays;
  array->release = NULL;
}

static int64_t buffers_of(const char* format) {
  if (format[0] == 'n') return 0;
  if (format[0] == 'u' || format[0] == 'U') return 3;
  if (format[0] == '+') return format[1] == 's' ? 1 : 2;
  return 2;
}

void column_init(column* c, const char* format, const char* name, int64_t length, const void* validity,
                 const void* data, const void* more) {
  memset(c, 0, sizeof *c);
  c->schema.format = format;
  c->schema.name = name;
  c->schema.flags = ARROW_FLAG_NULLABLE;
  c->schema.release = release_schema;
  c->buffers[0] = validity;
  c->buffers[1] = data;
  c->buffers[2] = more;
  c->array.length = length;
  c->array.null_count = validity != NULL ? -1 : 0;
  c->array.n_buffers = buffers_of(format);
  c->array.buffers = c->buffers;
  c->array.release = release_array;
}

void batch_init(batch* b, int64_t rows) {
  memset(b, 0, sizeof *b);
  released_arrays = 0;
  b->schema.format = "+s";
  b->schema.name = "";
  b->schema.children = b->schemas;
  b->schema.release = release_schema;
  b->array.length = rows;
  b->array.n_buffers = 1;
  b->array.buffers = b->buffers;
  b->array.children = b->arrays;
  b->array.release = release_array;
}

void batch_add(batch* b, column* c) {
  b->schemas[b->schema.n_children++] = &c->schema;
  b->arrays[b->array.n_children++] = &c->array;
}

const struct ArrowSchema* result_schema(const struct ArrowSchema* schema, const char* name) {
  for (int64_t i = 0; i < schema->n_children; ++i) {
    if (strcmp(schema->children[i]->name, name) == 0) return schema->children[i];
  }
  return NULL;
}

const struct ArrowArray* result_array(const struct ArrowSchema* schema, const struct ArrowArray* array,
                                      const char* name) {
  for (int64_t i = 0; i < schema->n_children; ++i) {
    if (strcmp(schema->children[i]->name, name) == 0) return array->children[i];
  }
  return NULL;
}

static int is_set(const void* bits, int64_t i) { return (((const unsigned char*)bits)[i / 8] >> (i % 8)) & 1; }

static int print_row(char* out, size_t room, const struct ArrowSchema* schema, const struct ArrowArray* array,
                     int64_t i) {
  const void* data = array->buffers[1];
  if (array->buffers[0] != NULL && !is_set(array->buffers[0], i)) return snprintf(out, room, "null");
  if (schema->format[0] == 'g') return snprintf(out, room, "%.17g", ((const double*)data)[i]);
  if (schema->format[0] == 'f') return snprintf(out, room, "%.9g", (double)((const float*)data)[i]);
  if (schema->format[0] == 'b') return snprintf(out, room, is_set(data, i) ? "true" : "false");
  if (strcmp(schema->format, "tdD") == 0) return snprintf(out, room, "%ld", (long)((const int32_t*)data)[i]);
  if (schema->format[0] == 'u') {
    const int32_t* offsets = data;
    return snprintf(out, room, "%.*s", (int)(offsets[i + 1] - offsets[i]), (const char*)array->buffers[2] + offsets[i]);
  }
  return snprintf(out, room, "%lld", (long long)((const int64_t*)data)[i]);
}

const char* rows_text(const struct ArrowSchema* schema, const struct ArrowArray* array, const char* name) {
  static char text[4096];
  size_t used = 0;
  const struct ArrowSchema* type = result_schema(schema, name);
  const struct ArrowArray* column = result_array(schema, array, name);
  if (type == NULL || column == NULL) return NULL;
  text[0] = '\0';
  for (int64_t i = 0; i < column->length && used < sizeof text; ++i) {
    if (i > 0) used += (size_t)snprintf(text + used, sizeof text - used, ";");
    used += (size_t)print_row(text + used, sizeof text - used, type, column, i);
  }
  return text;
}

char* read_file(const char* directory, const char* name, size_t* size) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE* file = fopen(path, "rb");
  char* bytes = NULL;
  *size = 0;
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) == 0) {
    const long length = ftell(file);
    rewind(file);
    bytes = malloc((size_t)length + 1);
    if (bytes != NULL) {
      *size = fread(bytes, 1, (size_t)length, file);
      bytes[*size] = '\0';
    }
  }
  fclose(file);
  return bytes;
}
