/* Whole batches: matching by name, notes, diagnostics of rows, ownership. */
#include "tests.h"

static const double x[] = {1.5, -2, 0.25, 8};
static const int32_t n[] = {4, 0, 7, 2};
static const int32_t offsets[] = {0, 1, 2, 3, 4};
static const char letters[] = "aczb";
static const unsigned char first_and_last[] = {0x09};

typedef struct inputs {
  batch rows;
  column x, n, c;
} inputs;

/* Columns in an order that is not the model's. */
static void fill(inputs* in) {
  batch_init(&in->rows, 4);
  column_init(&in->c, "u", "c", 4, NULL, offsets, letters);
  column_init(&in->n, "i", "n", 4, NULL, n, NULL);
  column_init(&in->x, "g", "x", 4, NULL, x, NULL);
  batch_add(&in->rows, &in->c);
  batch_add(&in->rows, &in->n);
  batch_add(&in->rows, &in->x);
}

static int has_finding(const scorelet_diagnostics* list, const char* code, const char* severity, const char* field) {
  for (size_t i = 0; i < scorelet_diagnostics_count(list); ++i) {
    if (strcmp(scorelet_diagnostics_code(list, i, NULL), code) == 0 &&
        strcmp(scorelet_diagnostics_severity(list, i, NULL), severity) == 0 &&
        strcmp(scorelet_diagnostics_field(list, i, NULL), field) == 0) {
      return 1;
    }
  }
  return 0;
}

static void test_order_notes_and_rows(scorelet_model* model) {
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  column extra;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  fill(&in);
  column_init(&extra, "g", "other", 4, NULL, x, NULL);
  batch_add(&in.rows, &extra);
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_OK);
  CHECK(in.rows.array.release == NULL && in.rows.schema.release != NULL);
  CHECK(out.length == 4 && out.n_children == schema.n_children && schema.n_children == 8);
  CHECK_TEXT(rows_text(&schema, &out, "y"), "16;-3;null;38");

  const scorelet_diagnostics* batch_notes = scorelet_scorer_diagnostics(scorer, SCORELET_NO_ROW);
  CHECK(has_finding(batch_notes, "unknownField", "note", "other"));
  CHECK(has_finding(batch_notes, "missingValue", "note", "ts"));
  CHECK(!has_finding(batch_notes, "missingValue", "note", "x"));
  CHECK(scorelet_diagnostics_count(scorelet_scorer_diagnostics(scorer, 0)) == 0);
  const scorelet_diagnostics* row = scorelet_scorer_diagnostics(scorer, 2);
  CHECK(has_finding(row, "invalidValue", "error", "c"));
  CHECK(scorelet_diagnostics_row(row, 0) == 2);
  CHECK(scorelet_scorer_diagnostics(scorer, 4) == NULL);

  /* The results outlive the scorer and may be let go in any order. */
  scorelet_scorer_release(scorer);
  struct ArrowArray y = *out.children[0];
  out.children[0]->release = NULL;
  out.release(&out);
  CHECK(y.null_count == 1 && y.length == 4);
  y.release(&y);
  schema.release(&schema);
}

static void test_diagnostics_column(scorelet_model* model) {
  scorelet_score_options options;
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.diagnostics = 1;
  CHECK(scorelet_scorer_new(model, &options, &scorer) == SCORELET_OK);
  fill(&in);
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_OK);
  const struct ArrowArray* column = result_array(&schema, &out, "@diagnostics");
  if (CHECK(column != NULL)) {
    CHECK(column->null_count == 3);
    const char* text = rows_text(&schema, &out, "@diagnostics");
    CHECK(strncmp(text, "null;null;[{\"code\":\"invalidValue\",\"severity\":\"error\"", 51) == 0);
    CHECK(strstr(text, "\"field\":\"c\"") != NULL && strcmp(text + strlen(text) - 7, "}];null") == 0);
  }
  out.release(&out);
  schema.release(&schema);
  scorelet_scorer_release(scorer);
}

static void test_offset_and_nulls_of_the_batch(scorelet_model* model) {
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);

  fill(&in); /* rows 1 ... 3 of the columns */
  in.rows.array.offset = 1;
  in.rows.array.length = 3;
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_OK);
  CHECK_TEXT(rows_text(&schema, &out, "y"), "-3;null;38");
  out.release(&out);
  schema.release(&schema);

  fill(&in); /* rows null as a whole: every input is missing */
  in.rows.buffers[0] = first_and_last;
  in.rows.array.null_count = 2;
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_OK);
  CHECK_TEXT(rows_text(&schema, &out, "y"), "16;null;null;38");
  CHECK(scorelet_diagnostics_count(scorelet_scorer_diagnostics(scorer, 2)) == 0);
  out.release(&out);
  schema.release(&schema);
  scorelet_scorer_release(scorer);
}

static void test_empty_batches(scorelet_model* model) {
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  batch b;
  inputs in;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  batch_init(&b, 2); /* rows without columns */
  CHECK(scorelet_score(scorer, &b.schema, &b.array, &schema, &out) == SCORELET_OK);
  CHECK_TEXT(rows_text(&schema, &out, "y"), "null;null");
  out.release(&out);
  schema.release(&schema);

  fill(&in); /* columns without rows, and without buffers */
  in.rows.array.length = 0;
  in.x.array.length = in.n.array.length = in.c.array.length = 0;
  memset(in.c.buffers, 0, sizeof in.c.buffers);
  memset(in.x.buffers, 0, sizeof in.x.buffers);
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_OK);
  CHECK(out.length == 0 && out.n_children == 8);
  out.release(&out);
  schema.release(&schema);
  scorelet_scorer_release(scorer);
}

static void test_null_arguments(scorelet_model* model) {
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  fill(&in);
  CHECK(scorelet_score(NULL, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_BAD_ARGUMENT);
  CHECK(released_arrays == 1 && out.release == NULL && schema.release == NULL);
  fill(&in);
  CHECK(scorelet_score(scorer, NULL, &in.rows.array, &schema, &out) == SCORELET_BAD_ARGUMENT);
  CHECK(released_arrays == 1);
  CHECK(scorelet_score(scorer, &in.rows.schema, NULL, &schema, &out) == SCORELET_BAD_ARGUMENT);
  fill(&in);
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, NULL) == SCORELET_BAD_ARGUMENT);
  CHECK(released_arrays == 1 && schema.release == NULL);
  scorelet_scorer_release(scorer);
}

void test_batches(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  test_order_notes_and_rows(model);
  test_diagnostics_column(model);
  test_offset_and_nulls_of_the_batch(model);
  test_empty_batches(model);
  test_null_arguments(model);
  scorelet_model_release(model);
}
