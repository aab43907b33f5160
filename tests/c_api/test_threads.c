/* One model in many threads at once, each with scorers of its own. Only where there are threads. */
#include "tests.h"

#ifdef __wasm__

void test_threads(void) {}

#else

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 200 };

static const char rows[] =
    "{\"x\": 1.5, \"n\": 4, \"c\": \"a\", \"s\": \"unknown to the model\", \"d\": \"2020-02-29\"}\n"
    "{\"x\": 0.1, \"n\": 7, \"c\": \"none of them\"}\n{\"x\": -2, \"t\": \"12:34:56\", \"flag\": true}\n{\"x\": \n";

typedef struct task {
  pthread_t thread;
  scorelet_model* model;
  const char* expected;
  int same; /* rounds that answered as expected; counted by its thread, CHECK is not for several */
} task;

static void* run(void* argument) {
  task* t = argument;
  for (int i = 0; i < ROUNDS; ++i) {
    scorelet_model* model = scorelet_model_retain(t->model);
    scorelet_scorer* scorer = NULL;
    const char* result = NULL;
    const int made = scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK;
    scorelet_model_release(model);
    if (made && scorelet_score_json(scorer, rows, sizeof rows - 1, &result, NULL) == SCORELET_OK &&
        scorelet_diagnostics_count(scorelet_scorer_diagnostics(scorer, 3)) == 1) {
      t->same += strcmp(result, t->expected) == 0;
    }
    scorelet_scorer_release(scorer);
  }
  return NULL;
}

void test_threads(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_scorer* scorer = NULL;
  task tasks[THREADS];
  const char* expected = NULL;
  CHECK(scorelet_scorer_new(model, NULL, &scorer) == SCORELET_OK);
  CHECK(scorelet_score_json(scorer, rows, sizeof rows - 1, &expected, NULL) == SCORELET_OK);
  CHECK(strncmp(expected, "{\"y\":16,", 8) == 0);
  for (int i = 0; i < THREADS; ++i) {
    tasks[i].model = model;
    tasks[i].expected = expected;
    tasks[i].same = 0;
    CHECK(pthread_create(&tasks[i].thread, NULL, run, &tasks[i]) == 0);
  }
  for (int i = 0; i < THREADS; ++i) {
    CHECK(pthread_join(tasks[i].thread, NULL) == 0);
    CHECK(tasks[i].same == ROUNDS);
  }
  scorelet_scorer_release(scorer);
  scorelet_model_release(model);
}

#endif
