/* Records of JSON, and lists through both doors. */
#include "tests.h"

static void test_records(void) {
  static const struct {
    const char *json, *expected;
  } cases[] = {
      {"{\"x\": 1.5, \"n\": 4, \"c\": \"a\"}",
       "{\"y\":16,\"as_float\":1.5,\"as_integer\":4,\"as_boolean\":null,\"as_date\":null,\"as_time\":null,"
       "\"as_dateTime\":null,\"as_string\":null}\n"},
      {"[{\"x\": \"-2\", \"n\": 0, \"c\": \"c\", \"flag\": true, \"d\": \"2020-02-29\", \"t\": \"12:34:56\","
       " \"ts\": \"2020-02-29T12:34:56\", \"s\": \"Z\\u00fcrich\"}]",
       "{\"y\":-3,\"as_float\":-2,\"as_integer\":0,\"as_boolean\":true,\"as_date\":\"2020-02-29\","
       "\"as_time\":\"12:34:56\",\"as_dateTime\":\"2020-02-29T12:34:56\",\"as_string\":\"Z\xc3\xbcrich\"}\n"},
      {"", ""},
      {"[]", ""},
  };
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_scorer* scorer = NULL;
  const char* result = NULL;
  size_t size = 0;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    CHECK(scorelet_score_json(scorer, cases[i].json, strlen(cases[i].json), &result, &size) == SCORELET_OK);
    CHECK_TEXT(result, cases[i].expected);
    CHECK(strlen(result) == size);
  }

  /* One bad record does not spoil the others. */
  const char* lines =
      "{\"x\": 1, \"n\": 0}\n{\"x\": \n{\"x\": 2, \"n\": 0, \"c\": \"none of them\"}\n{\"x\": 3, \"n\": 0}\n";
  CHECK(scorelet_score_json(scorer, lines, strlen(lines), &result, &size) == SCORELET_OK);
  const char* line = result;
  static const char* const begins[] = {"{\"y\":3,", "{\"y\":null,", "{\"y\":null,", "{\"y\":7,"};
  for (int i = 0; i < 4 && CHECK(line != NULL); ++i) {
    CHECK(strncmp(line, begins[i], strlen(begins[i])) == 0);
    line = strchr(line, '\n');
    if (line != NULL) ++line;
  }
  CHECK(line != NULL && *line == '\0');
  CHECK(strstr(result, "\"code\":\"invalidValue\"") != NULL);
  CHECK(scorelet_diagnostics_count(scorelet_scorer_diagnostics(scorer, 0)) == 0);
  CHECK_TEXT(scorelet_diagnostics_code(scorelet_scorer_diagnostics(scorer, 1), 0, NULL), "badRecord");
  CHECK_TEXT(scorelet_diagnostics_code(scorelet_scorer_diagnostics(scorer, 2), 0, NULL), "invalidValue");
  CHECK(scorelet_diagnostics_row(scorelet_scorer_diagnostics(scorer, 2), 0) == 2);
  CHECK(scorelet_scorer_diagnostics(scorer, 4) == NULL);

  CHECK(scorelet_score_json(scorer, "[{\"x\":1},", 9, &result, &size) == SCORELET_REJECTED && result == NULL);
  CHECK_TEXT(scorelet_diagnostics_code(scorelet_scorer_diagnostics(scorer, SCORELET_NO_ROW), 0, NULL), "badRecord");

  CHECK(scorelet_score_json(NULL, "{}", 2, &result, &size) == SCORELET_BAD_ARGUMENT && result == NULL && size == 0);
  CHECK(scorelet_score_json(scorer, NULL, 2, &result, &size) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_score_json(scorer, "{}", 2, NULL, &size) == SCORELET_BAD_ARGUMENT);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}

/* The same records as plain numbers. */
static void test_plain_numbers(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_scorer* scorer = NULL;
  double values[] = {1.5, 4, 0}, y = 0;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  CHECK(scorelet_model_number_of_text(model, "a", 1, &values[2]) == SCORELET_OK);
  CHECK(scorelet_score_record(scorer, values, 3, &y, 1) == SCORELET_OK && y == 16);
  values[0] = 3;
  values[1] = 0;
  CHECK(scorelet_score_record(scorer, values, 2, &y, 1) == SCORELET_OK && y == 7);
  values[2] = -1;
  CHECK(scorelet_score_record(scorer, values, 3, &y, 1) == SCORELET_OK && y != y);
  CHECK_TEXT(scorelet_diagnostics_code(scorelet_scorer_diagnostics(scorer, 0), 0, NULL), "invalidValue");
  CHECK(scorelet_scorer_diagnostics(scorer, 1) == NULL);
  CHECK(scorelet_score_record(scorer, NULL, 0, NULL, 0) == SCORELET_OK);

  CHECK(scorelet_model_number_of_text(model, "none of them", 12, &y) == SCORELET_REJECTED);
  CHECK(scorelet_model_number_of_text(NULL, "a", 1, &y) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_model_number_of_text(model, NULL, 1, &y) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_model_number_of_text(model, "a", 1, NULL) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_score_record(NULL, values, 3, &y, 1) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_score_record(scorer, NULL, 3, &y, 1) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_score_record(scorer, values, 3, NULL, 1) == SCORELET_BAD_ARGUMENT);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}

static void test_details(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_score_options options;
  scorelet_scorer* scorer = NULL;
  const char* result = NULL;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.details = 1;
  options.all_outputs = 1;
  CHECK(scorelet_scorer_new(model, &options, &scorer) == SCORELET_OK);
  CHECK(scorelet_score_json(scorer, "{\"x\":1,\"n\":2}", 13, &result, NULL) == SCORELET_OK);
  CHECK(strstr(result, "\"@details\":{\"predictedValue\":4") != NULL);
  CHECK(strstr(result, "\"hidden\":1") != NULL);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}

static void test_lists(void) {
  static const double amounts[] = {1, 2.5, 4, 8};
  static const int32_t offsets[] = {0, 2, 2, 4};
  static const int64_t large_offsets[] = {0, 2, 2, 4};
  static const int32_t text_offsets[] = {0, 1, 4, 5, 6};
  static const unsigned char first_and_last[] = {0x05};
  scorelet_model* model = load_fixture("basket.pmml");
  scorelet_scorer* scorer = NULL;
  struct ArrowSchema schema;
  struct ArrowArray out;
  const char* result = NULL;
  CHECK(scorelet_model_input_schema(model, &schema) == SCORELET_OK);
  CHECK_TEXT(schema.children[0]->format, "+l");
  CHECK(schema.children[0]->n_children == 1);
  CHECK_TEXT(schema.children[0]->children[0]->format, "g");
  schema.release(&schema);

  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  const char* records = "[{\"amount\":[1,2.5]},{\"amount\":[4,\"8\"]}]";
  CHECK(scorelet_score_json(scorer, records, strlen(records), &result, NULL) == SCORELET_OK);
  CHECK_TEXT(result, "{\"y\":103.5}\n{\"y\":112}\n");

  for (int i = 0; i < 3; ++i) {
    batch b;
    column list, item;
    struct ArrowSchema* schemas[] = {&item.schema};
    struct ArrowArray* arrays[] = {&item.array};
    batch_init(&b, 3);
    column_init(&list, i == 1 ? "+L" : "+l", "amount", 3, first_and_last,
                i == 1 ? (const void*)large_offsets : (const void*)offsets, NULL);
    column_init(&item, i == 2 ? "u" : "g", "item", 4, NULL, i == 2 ? (const void*)text_offsets : (const void*)amounts,
                "12.548");
    list.schema.n_children = list.array.n_children = 1;
    list.schema.children = schemas;
    list.array.children = arrays;
    batch_add(&b, &list);
    CHECK(scorelet_score(scorer, &b.schema, &b.array, &schema, &out) == SCORELET_OK);
    CHECK_TEXT(rows_text(&schema, &out, "y"), "103.5;null;112");
    schema.release(&schema);
    out.release(&out);
  }

  batch b; /* one value per row is a group of one */
  column plain;
  batch_init(&b, 3);
  column_init(&plain, "g", "amount", 3, first_and_last, amounts, NULL);
  batch_add(&b, &plain);
  CHECK(scorelet_score(scorer, &b.schema, &b.array, &schema, &out) == SCORELET_OK);
  CHECK_TEXT(rows_text(&schema, &out, "y"), "101;null;104");
  schema.release(&schema);
  out.release(&out);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}

void test_json(void) {
  test_records();
  test_plain_numbers();
  test_details();
  test_lists();
}
