/* The parts of the C interface's tests. */
#ifndef SCORELET_TESTS_TESTS_H
#define SCORELET_TESTS_TESTS_H

#include "batch.h"
#include "check.h"

extern const char* fixtures; /* directory of the documents */

scorelet_model* load_fixture(const char* name);

void test_load(void);
void test_input_types(void);
void test_batches(void);
void test_hostile_batches(void);
void test_explain(void);
void test_json(void);
void test_threads(void);

#endif
