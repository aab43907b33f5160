/* Batches that lie about themselves: each is refused as a whole, says why, and is released all the same. */
#include "tests.h"

static const double x[] = {1, 2};
static const int32_t offsets[] = {0, 1, 2};
static const int32_t decreasing[] = {0, 2, 1};
static const int32_t negative[] = {-1, 1, 2};
static const int64_t decreasing64[] = {0, 2, 1};
static const int64_t huge64[] = {0, 1, (int64_t)1 << 40};
static const int32_t past_the_end[] = {0, 1, 9};
static const int8_t codes[] = {0, 2};
static const int8_t negative_codes[] = {0, -1};
static const unsigned char unaligned[32] = {0};

typedef struct inputs {
  batch rows;
  column x, s, inner;
} inputs;

static void fill(inputs* in) {
  batch_init(&in->rows, 2);
  column_init(&in->x, "g", "x", 2, NULL, x, NULL);
  column_init(&in->s, "u", "s", 2, NULL, offsets, "ab");
  column_init(&in->inner, "u", "item", 2, NULL, offsets, "ab");
  batch_add(&in->rows, &in->x);
  batch_add(&in->rows, &in->s);
}

static struct ArrowSchema* inner_schemas[1];
static struct ArrowArray* inner_arrays[1];

static void nest(inputs* in, const char* format) {
  in->s.schema.format = format;
  in->s.array.n_buffers = 2;
  inner_schemas[0] = &in->inner.schema;
  inner_arrays[0] = &in->inner.array;
  in->s.schema.n_children = in->s.array.n_children = 1;
  in->s.schema.children = inner_schemas;
  in->s.array.children = inner_arrays;
}

static void encode(inputs* in, const int8_t* indices) {
  in->s.schema.format = "c";
  in->s.array.n_buffers = 2;
  in->s.buffers[1] = indices;
  in->s.schema.dictionary = &in->inner.schema;
  in->s.array.dictionary = &in->inner.array;
}

static void released_rows(inputs* in) { in->rows.array.release = NULL; }
static void released_schema(inputs* in) { in->rows.schema.release = NULL; }
static void not_a_struct(inputs* in) { in->rows.schema.format = "g"; }
static void no_format(inputs* in) { in->rows.schema.format = NULL; }
static void negative_length(inputs* in) { in->rows.array.length = -1; }
static void negative_offset(inputs* in) { in->rows.array.offset = -1; }
static void huge_length(inputs* in) { in->rows.array.length = INT64_MAX; }
static void huge_offset(inputs* in) { in->rows.array.offset = INT64_MAX; }
static void too_few_children(inputs* in) { in->rows.array.n_children = 1; }
static void too_many_children(inputs* in) { in->rows.array.n_children = 3; }
static void negative_children(inputs* in) { in->rows.schema.n_children = in->rows.array.n_children = -2; }
static void no_children(inputs* in) { in->rows.array.children = NULL; }
static void no_child(inputs* in) { in->rows.arrays[1] = NULL; }
static void no_child_schema(inputs* in) { in->rows.schemas[1] = NULL; }
static void impossible_null_count(inputs* in) { in->rows.array.null_count = 3; }
static void short_column(inputs* in) { in->x.array.length = 1; }
static void negative_column(inputs* in) { in->x.array.length = -2; }
static void column_offset(inputs* in) { in->x.array.offset = INT64_MAX - 1; }
static void column_null_count(inputs* in) { in->x.array.null_count = -7; }
static void no_buffers(inputs* in) { in->x.array.buffers = NULL; }
static void too_few_buffers(inputs* in) { in->x.array.n_buffers = 1; }
static void too_many_buffers(inputs* in) { in->x.array.n_buffers = 3; }
static void no_data(inputs* in) { in->x.buffers[1] = NULL; }
static void not_aligned(inputs* in) { in->x.buffers[1] = unaligned + (((uintptr_t)unaligned % 8 == 1) ? 2 : 1); }
static void offsets_decrease(inputs* in) { in->s.buffers[1] = decreasing; }
static void offsets_negative(inputs* in) { in->s.buffers[1] = negative; }
static void no_offsets(inputs* in) { in->s.buffers[1] = NULL; }
static void no_bytes(inputs* in) { in->s.buffers[2] = NULL; }
static void large_offsets_decrease(inputs* in) { in->s.schema.format = "U", in->s.buffers[1] = decreasing64; }
static void large_offsets_huge(inputs* in) { in->s.schema.format = "U", in->s.buffers[1] = huge64; }
static void duplicate_column(inputs* in) { in->s.schema.name = "x"; }
static void nested_struct(inputs* in) { nest(in, "+s"); }
static void map_column(inputs* in) { nest(in, "+m"); }
static void list_for_one_value(inputs* in) { nest(in, "+l"); }
static void binary_column(inputs* in) { in->s.schema.format = "z"; }
static void decimal_column(inputs* in) { in->x.schema.format = "d:10,2"; }
static void unknown_format(inputs* in) { in->x.schema.format = "?"; }
static void empty_format(inputs* in) { in->x.schema.format = ""; }
static void index_past_the_end(inputs* in) { encode(in, codes); }
static void negative_index(inputs* in) { encode(in, negative_codes); }
static void dictionary_of_numbers(inputs* in) { encode(in, codes), in->inner.schema.format = "g"; }
static void no_dictionary(inputs* in) { encode(in, codes), in->s.array.dictionary = NULL; }
static void dictionary_length(inputs* in) { encode(in, codes), in->inner.array.length = INT64_MAX; }
static void dictionary_of_doubles(inputs* in) { in->x.schema.dictionary = &in->inner.schema; }

typedef struct hostile_case {
  void (*spoil)(inputs*);
  const char* code;
  const char* text; /* part of the message */
} hostile_case;

static const hostile_case cases[] = {
    {released_schema, "badArgument", "released"},
    {not_a_struct, "badArgument", "float64"},
    {no_format, "badArgument", "struct"},
    {negative_length, "badArgument", "length"},
    {negative_offset, "badArgument", "offset"},
    {huge_length, "badArgument", "length"},
    {huge_offset, "badArgument", "offset"},
    {too_few_children, "badArgument", "children"},
    {too_many_children, "badArgument", "children"},
    {negative_children, "badArgument", "number of columns"},
    {no_children, "badArgument", "children"},
    {no_child, "badArgument", "child"},
    {no_child_schema, "badArgument", "schema"},
    {impossible_null_count, "badArgument", "null count"},
    {short_column, "typeMismatch", "fewer rows"},
    {negative_column, "typeMismatch", "length"},
    {column_offset, "typeMismatch", "offset"},
    {column_null_count, "typeMismatch", "null count"},
    {no_buffers, "typeMismatch", "buffers"},
    {too_few_buffers, "typeMismatch", "buffers"},
    {too_many_buffers, "typeMismatch", "buffers"},
    {no_data, "typeMismatch", "buffer is absent"},
    {not_aligned, "typeMismatch", "not aligned"},
    {offsets_decrease, "typeMismatch", "offsets"},
    {offsets_negative, "typeMismatch", "offsets"},
    {no_offsets, "typeMismatch", "buffer is absent"},
    {no_bytes, "typeMismatch", "buffer is absent"},
    {large_offsets_decrease, "typeMismatch", "offsets"},
    {large_offsets_huge, "typeMismatch", "2 GiB"},
    {duplicate_column, "duplicateName", "'x'"},
    {nested_struct, "typeMismatch", "Arrow type struct"},
    {map_column, "typeMismatch", "Arrow type map"},
    {list_for_one_value, "typeMismatch", "not a list"},
    {binary_column, "typeMismatch", "Arrow type binary"},
    {decimal_column, "typeMismatch", "Arrow type decimal"},
    {unknown_format, "typeMismatch", "Arrow type ?"},
    {empty_format, "typeMismatch", "Arrow type"},
    {index_past_the_end, "typeMismatch", "outside the dictionary"},
    {negative_index, "typeMismatch", "outside the dictionary"},
    {dictionary_of_numbers, "typeMismatch", "dictionary"},
    {no_dictionary, "typeMismatch", "dictionary"},
    {dictionary_length, "typeMismatch", "dictionary"},
    {dictionary_of_doubles, "typeMismatch", "indices"},
};

/* The first error has this code and these words. */
static void check_error(scorelet_scorer* scorer, const char* code, const char* text) {
  const scorelet_diagnostics* list = scorelet_scorer_diagnostics(scorer, SCORELET_NO_ROW);
  for (size_t i = 0; i < scorelet_diagnostics_count(list); ++i) {
    if (strcmp(scorelet_diagnostics_severity(list, i, NULL), "error") != 0) continue;
    CHECK_TEXT(scorelet_diagnostics_code(list, i, NULL), code);
    if (!CHECK(strstr(scorelet_diagnostics_message(list, i, NULL), text) != NULL)) {
      printf("  '%s' is not in: %s\n", text, scorelet_diagnostics_message(list, i, NULL));
    }
    return;
  }
  CHECK(0);
}

static void check_case(scorelet_scorer* scorer, const hostile_case* t) {
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  fill(&in);
  t->spoil(&in);
  if (!CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_REJECTED)) {
    printf("  accepted: case %d\n", (int)(t - cases));
  }
  CHECK(schema.release == NULL && out.release == NULL && in.rows.array.release == NULL);
  CHECK(released_arrays == 1);
  check_error(scorer, t->code, t->text);
  CHECK(scorelet_scorer_diagnostics(scorer, 0) == NULL);
}

static void test_lists(void) {
  scorelet_model* model = load_fixture("basket.pmml");
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  for (int i = 0; i < 4; ++i) {
    static const int32_t* const list_offsets[] = {past_the_end, decreasing, negative, offsets};
    fill(&in);
    nest(&in, "+l");
    in.s.schema.name = "amount";
    in.s.buffers[1] = list_offsets[i];
    if (i == 3) in.inner.schema.format = "+l";
    CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_REJECTED);
    CHECK(released_arrays == 1 && out.release == NULL);
    check_error(scorer, "typeMismatch", i == 3 ? "lists of lists" : "offsets");
  }
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}

void test_hostile_batches(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  inputs in;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  fill(&in);
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_OK);
  schema.release(&schema);
  out.release(&out);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) check_case(scorer, &cases[i]);
  fill(&in);
  released_rows(&in); /* nothing there to release */
  CHECK(scorelet_score(scorer, &in.rows.schema, &in.rows.array, &schema, &out) == SCORELET_REJECTED);
  CHECK(released_arrays == 0);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
  test_lists();
}
