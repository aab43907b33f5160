/* Tests of scorelet.h from C99. Argument: the directory of the fixtures. */
#include "tests.h"

#include <stdlib.h>

int checks_passed, checks_failed;
const char* fixtures;

scorelet_model* load_fixture(const char* name) {
  size_t size = 0;
  char* bytes = read_file(fixtures, name, &size);
  scorelet_model* model = NULL;
  scorelet_diagnostics* diagnostics = NULL;
  if (bytes == NULL) {
    printf("cannot read %s/%s\n", fixtures, name);
    exit(2);
  }
  if (!CHECK(scorelet_load(bytes, size, NULL, &model, &diagnostics) == SCORELET_OK)) {
    for (size_t i = 0; i < scorelet_diagnostics_count(diagnostics); ++i) {
      printf("  %s\n", scorelet_diagnostics_text(diagnostics, i, NULL));
    }
    printf("%d passed, %d failed\n", checks_passed, checks_failed);
    exit(1);
  }
  free(bytes);
  return model;
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s FIXTURES\n", argv[0]);
    return 2;
  }
  fixtures = argv[1];
  test_load();
  test_input_types();
  test_batches();
  test_hostile_batches();
  test_explain();
  test_json();
  test_threads();
  printf("%d passed, %d failed\n", checks_passed, checks_failed);
  return checks_failed == 0 ? 0 : 1;
}
