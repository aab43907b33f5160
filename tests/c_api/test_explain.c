/* Explanations: questions in, answers out, and what is refused. rising.pmml is not asked: it remembers rows. */
#include "tests.h"

void test_explain(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_inquiry* inquiry = NULL;
  const char* answer = NULL;
  size_t size = 0;
  CHECK(scorelet_inquiry_new(model, &inquiry) == SCORELET_OK);
  scorelet_model_release(model); /* the inquiry keeps it */

  /* y = 1 + 2x + 3n for c = a: by hand against one background record. */
  const char* background = "[{\"x\": 0, \"n\": 0, \"c\": \"c\"}, {\"x\": 2, \"n\": 0, \"c\": \"c\"}]";
  CHECK(scorelet_inquiry_set_background(inquiry, background, strlen(background)) == SCORELET_OK);
  const char* question = "{\"ask\": \"contributions\", \"record\": {\"x\": 3, \"n\": 0, \"c\": \"c\"}}";
  CHECK(scorelet_ask(inquiry, question, strlen(question), &answer, &size) == SCORELET_OK);
  if (CHECK(answer != NULL)) {
    CHECK(strlen(answer) == size);
    CHECK(strstr(answer, "\"method\":\"additive\"") != NULL);
    CHECK(strstr(answer, "\"contributions\":{\"x\":4") != NULL);
  }

  question = "{\"ask\": \"fortune\", \"record\": {}}";
  CHECK(scorelet_ask(inquiry, question, strlen(question), &answer, &size) == SCORELET_REJECTED && answer == NULL);
  CHECK_TEXT(scorelet_diagnostics_code(scorelet_inquiry_diagnostics(inquiry), 0, NULL), "badArgument");
  CHECK(scorelet_inquiry_set_background(inquiry, "[{]", 3) == SCORELET_REJECTED);
  CHECK(scorelet_ask(inquiry, NULL, 3, &answer, &size) == SCORELET_BAD_ARGUMENT);
  CHECK(scorelet_ask(NULL, "{}", 2, &answer, &size) == SCORELET_BAD_ARGUMENT);
  scorelet_inquiry_release(inquiry);
  CHECK(scorelet_inquiry_new(NULL, &inquiry) == SCORELET_BAD_ARGUMENT && inquiry == NULL);
}
