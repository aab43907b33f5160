/* Loading, diagnostics, metadata, schemas, verification. */
#include "tests.h"

#include <stdlib.h>

static void test_version(void) {
  CHECK_TEXT(scorelet_version(), SCORELET_VERSION);
  CHECK_TEXT(SCORELET_VERSION, PROJECT_VERSION);
  CHECK(scorelet_abi_version() == SCORELET_ABI_VERSION);
}

static void test_refused_document(void) {
  const char* pmml =
      "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\">\n<Header/>\n<DataDictionary/>\n</PMML>";
  scorelet_model* model = (scorelet_model*)1;
  scorelet_diagnostics* list = NULL;
  CHECK(scorelet_load(pmml, strlen(pmml), NULL, &model, &list) == SCORELET_REJECTED);
  CHECK(model == NULL);
  const size_t count = scorelet_diagnostics_count(list);
  CHECK(count > 0);
  size_t size = 0;
  const char* message = scorelet_diagnostics_message(list, 0, &size);
  CHECK(message != NULL && size > 0 && strlen(message) == size);
  CHECK(strlen(scorelet_diagnostics_code(list, 0, NULL)) > 0);
  CHECK_TEXT(scorelet_diagnostics_severity(list, 0, &size), "error");
  CHECK(size == 5);
  CHECK(strstr(scorelet_diagnostics_text(list, 0, NULL), message) != NULL);
  CHECK(scorelet_diagnostics_path(list, 0, NULL) != NULL);
  CHECK(scorelet_diagnostics_field(list, 0, NULL) != NULL);
  CHECK(scorelet_diagnostics_row(list, 0) == SCORELET_NO_ROW);
  CHECK(scorelet_diagnostics_message(list, count, &size) == NULL && size == 0);
  CHECK(scorelet_diagnostics_line(list, count) == 0 && scorelet_diagnostics_column(list, count) == 0);
  scorelet_diagnostics_release(list);

  CHECK(scorelet_load("no XML", 6, NULL, &model, NULL) == SCORELET_REJECTED);
  CHECK(scorelet_load("", 0, NULL, &model, NULL) == SCORELET_REJECTED);
}

static void test_bad_arguments(void) {
  scorelet_model* model = NULL;
  scorelet_diagnostics* list = (scorelet_diagnostics*)1;
  scorelet_text* text = (scorelet_text*)1;
  scorelet_scorer* scorer = (scorelet_scorer*)1;
  struct ArrowSchema schema;
  size_t size = 1;
  CHECK(scorelet_load(NULL, 3, NULL, &model, &list) == SCORELET_BAD_ARGUMENT && list == NULL);
  CHECK(scorelet_load("x", 1, NULL, NULL, NULL) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_model_describe_json(NULL, &text) == SCORELET_BAD_ARGUMENT && text == NULL);
  CHECK(scorelet_model_verify(NULL, &text) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_model_input_schema(NULL, &schema) == SCORELET_BAD_ARGUMENT && schema.release == NULL);
  CHECK(scorelet_model_result_schema(NULL, NULL, &schema) == SCORELET_BAD_ARGUMENT && schema.release == NULL);
  CHECK(scorelet_scorer_new(NULL, NULL, &scorer) == SCORELET_BAD_ARGUMENT && scorer == NULL);
  CHECK(scorelet_model_notes(NULL) == NULL && scorelet_model_retain(NULL) == NULL);
  CHECK(scorelet_model_is_stateful(NULL) == 0);
  CHECK(scorelet_scorer_diagnostics(NULL, 0) == NULL);
  CHECK(scorelet_text_data(NULL, &size) == NULL && size == 0);
  CHECK(scorelet_diagnostics_count(NULL) == 0);
  scorelet_model_release(NULL);
  scorelet_scorer_release(NULL);
  scorelet_scorer_reset(NULL);
  CHECK(scorelet_scorer_save_state(NULL, &text) == SCORELET_BAD_ARGUMENT && text == NULL);
  CHECK(scorelet_scorer_restore_state(NULL, "", 0) == SCORELET_BAD_ARGUMENT);
  scorelet_text_release(NULL);
  scorelet_diagnostics_release(NULL);
}

static void test_options(void) {
  size_t size = 0;
  char* bytes = read_file(fixtures, "echo.pmml", &size);
  scorelet_model* model = NULL;
  scorelet_diagnostics* list = NULL;
  scorelet_load_options options;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.document_bytes = 100;
  CHECK(scorelet_load(bytes, size, &options, &model, &list) == SCORELET_REJECTED);
  CHECK_TEXT(scorelet_diagnostics_code(list, 0, NULL), "tooLarge");
  scorelet_diagnostics_release(list);

  /* An older caller: its structure ends before the member, which then counts for nothing. */
  options.size = offsetof(scorelet_load_options, document_bytes);
  CHECK(scorelet_load(bytes, size, &options, &model, NULL) == SCORELET_OK);
  scorelet_model_release(model);

  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.model_name = "echo, not another";
  options.model_name_size = 4;
  CHECK(scorelet_load(bytes, size, &options, &model, NULL) == SCORELET_OK);
  scorelet_model_release(model);
  options.model_name_size = strlen(options.model_name);
  CHECK(scorelet_load(bytes, size, &options, &model, NULL) == SCORELET_REJECTED);
  free(bytes);
}

/* A level of 100 that rises by 2.5 a step. */
static void test_horizon(void) {
  static const struct {
    uint32_t horizon;
    const char* expected;
  } cases[] = {{0, "{\"y\":[102.5]}\n"}, {1, "{\"y\":[102.5]}\n"}, {3, "{\"y\":[102.5,105,107.5]}\n"}};
  size_t size = 0;
  char* bytes = read_file(fixtures, "rising.pmml", &size);
  scorelet_model* model = NULL;
  scorelet_scorer* scorer = NULL;
  scorelet_diagnostics* list = NULL;
  const char* result = NULL;
  scorelet_load_options options;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    options.horizon = cases[i].horizon;
    CHECK(scorelet_load(bytes, size, &options, &model, NULL) == SCORELET_OK);
    CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
    CHECK(scorelet_score_json(scorer, "{}", 2, &result, NULL) == SCORELET_OK);
    CHECK_TEXT(result, cases[i].expected);
    scorelet_scorer_release(scorer);
    scorelet_model_release(model);
  }

  options.forecast_steps = 3; /* the limit holds for the option too */
  CHECK(scorelet_load(bytes, size, &options, &model, NULL) == SCORELET_OK);
  scorelet_model_release(model);
  options.horizon = 4;
  CHECK(scorelet_load(bytes, size, &options, &model, &list) == SCORELET_REJECTED && model == NULL);
  CHECK_TEXT(scorelet_diagnostics_code(list, 0, NULL), "limitReached");
  CHECK(strstr(scorelet_diagnostics_message(list, 0, NULL), "limits.forecastSteps") != NULL);
  scorelet_diagnostics_release(list);

  /* A caller of before the member gets one step. */
  options.size = offsetof(scorelet_load_options, horizon);
  CHECK(scorelet_load(bytes, size, &options, &model, NULL) == SCORELET_OK);
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  CHECK(scorelet_score_json(scorer, "{}", 2, &result, NULL) == SCORELET_OK);
  CHECK_TEXT(result, cases[0].expected);
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
  free(bytes);
}

/* A stream goes on in another scorer as if it had never changed hands. */
static void test_state(void) {
  static const char* const rows[] = {"{\"x\":7}", "{\"x\":6.5}", "{\"x\":7.25}"};
  scorelet_model* model = load_fixture("stream.pmml");
  CHECK(scorelet_model_is_stateful(model) == 1);
  scorelet_scorer *first = NULL, *second = NULL;
  CHECK(scorelet_scorer_new(model, NULL, &first) == SCORELET_OK);
  CHECK(scorelet_scorer_new(model, NULL, &second) == SCORELET_OK);
  for (int i = 0; i < 3; ++i) {
    scorelet_text* state = NULL;
    size_t size = 0;
    CHECK(scorelet_scorer_save_state(first, &state) == SCORELET_OK);
    const char* bytes = scorelet_text_data(state, &size);
    CHECK(scorelet_scorer_restore_state(second, bytes, size) == SCORELET_OK);
    CHECK(scorelet_diagnostics_count(scorelet_scorer_diagnostics(second, SCORELET_NO_ROW)) == 0);
    CHECK(scorelet_scorer_restore_state(second, bytes, size - 1) == SCORELET_REJECTED);
    CHECK(scorelet_diagnostics_count(scorelet_scorer_diagnostics(second, SCORELET_NO_ROW)) == 1);
    scorelet_text_release(state);
    const char *one = NULL, *other = NULL;
    CHECK(scorelet_score_json(first, rows[i], strlen(rows[i]), &one, NULL) == SCORELET_OK);
    CHECK(scorelet_score_json(second, rows[i], strlen(rows[i]), &other, NULL) == SCORELET_OK);
    CHECK_TEXT(other, one);
  }
  scorelet_scorer_release(first);
  scorelet_scorer_release(second);
  scorelet_model_release(model);
}

static int has_metadata(const struct ArrowSchema* schema, const char* key, const char* value) {
  const char* p = schema->metadata;
  int32_t count = 0, length = 0;
  if (p == NULL) return 0;
  memcpy(&count, p, sizeof count);
  p += sizeof count;
  for (int32_t i = 0; i < count; ++i) {
    memcpy(&length, p, sizeof length);
    p += sizeof length;
    const int is_key = (size_t)length == strlen(key) && memcmp(p, key, (size_t)length) == 0;
    p += length;
    memcpy(&length, p, sizeof length);
    p += sizeof length;
    if (is_key) return (size_t)length == strlen(value) && memcmp(p, value, (size_t)length) == 0;
    p += length;
  }
  return 0;
}

static void test_metadata(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  CHECK(scorelet_model_retain(model) == model);
  scorelet_model_release(model);
  CHECK(scorelet_model_is_stateful(model) == 0);
  CHECK(scorelet_model_notes(model) != NULL && scorelet_diagnostics_count(scorelet_model_notes(model)) == 0);

  scorelet_text* json = NULL;
  size_t size = 0;
  CHECK(scorelet_model_describe_json(model, &json) == SCORELET_OK);
  const char* text = scorelet_text_data(json, &size);
  CHECK(text != NULL && strlen(text) == size && text[0] == '{' && strstr(text, "\"as_float\"") != NULL);
  scorelet_text_release(json);

  CHECK(scorelet_model_verify(model, &json) == SCORELET_OK);
  CHECK_TEXT(scorelet_text_data(json, NULL),
             "{\"records\":2,\"fields\":1,\"passed\":true,\"mismatches\":[],\"diagnostics\":[]}");
  scorelet_text_release(json);

  static const char* const inputs[][3] = {{"x", "g", "double"},       {"n", "l", "integer"}, {"c", "u", "string"},
                                          {"flag", "b", "boolean"},   {"d", "tdD", "date"},  {"t", "ttu", "time"},
                                          {"ts", "tsu:", "dateTime"}, {"s", "u", "string"}};
  struct ArrowSchema schema;
  CHECK(scorelet_model_input_schema(model, &schema) == SCORELET_OK);
  CHECK_TEXT(schema.format, "+s");
  CHECK(schema.n_children == 8);
  for (int i = 0; i < 8 && i < schema.n_children; ++i) {
    CHECK_TEXT(schema.children[i]->name, inputs[i][0]);
    CHECK_TEXT(schema.children[i]->format, inputs[i][1]);
    CHECK(has_metadata(schema.children[i], "scorelet:dataType", inputs[i][2]));
    CHECK(has_metadata(schema.children[i], "scorelet:usageType", "active"));
  }
  schema.release(&schema);
  CHECK(schema.release == NULL);

  static const char* const results[][2] = {
      {"y", "g"},         {"as_float", "f"},  {"as_integer", "l"},     {"as_boolean", "b"},
      {"as_date", "tdD"}, {"as_time", "ttu"}, {"as_dateTime", "tsu:"}, {"as_string", "u"}};
  CHECK(scorelet_model_result_schema(model, NULL, &schema) == SCORELET_OK);
  CHECK(schema.n_children == 8);
  for (int i = 0; i < 8 && i < schema.n_children; ++i) {
    CHECK_TEXT(schema.children[i]->name, results[i][0]);
    CHECK_TEXT(schema.children[i]->format, results[i][1]);
  }
  schema.release(&schema);

  scorelet_score_options options;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.all_outputs = 1;
  options.diagnostics = 1;
  CHECK(scorelet_model_result_schema(model, &options, &schema) == SCORELET_OK);
  CHECK(schema.n_children == 10 && result_schema(&schema, "hidden") != NULL);
  CHECK_TEXT(schema.children[9]->name, "@diagnostics");
  /* A consumer may take one child and let go of the rest first (Arrow: "Moving child arrays"). */
  struct ArrowSchema child = *schema.children[8];
  schema.children[8]->release = NULL;
  schema.release(&schema);
  CHECK_TEXT(child.name, "hidden");
  child.release(&child);
  scorelet_model_release(model);
}

void test_load(void) {
  test_version();
  test_refused_document();
  test_bad_arguments();
  test_options();
  test_horizon();
  test_state();
  test_metadata();
}
