/* Every Arrow type that is accepted, through the echo model; expected texts worked out by hand. */
#include "tests.h"

#include <math.h>

typedef struct type_case {
  const char *field, *format;
  int64_t rows, offset;
  const void *validity, *data, *more;
  const char *result, *expected;
} type_case;

static const int8_t int8s[] = {1, -2, 127};
static const uint8_t uint8s[] = {1, 2, 255};
static const int16_t int16s[] = {1, -2, 32767};
static const uint16_t uint16s[] = {1, 2, 65535};
static const int32_t int32s[] = {1, -2, 2147483647};
static const uint32_t uint32s[] = {1, 2, 4294967295u};
static const int64_t int64s[] = {1, -9007199254740992, 9007199254740992};
static const int64_t safe_int64s[] = {1, -9007199254740991, 9007199254740991};
static const int64_t wide_int64s[] = {7, -9007199254740993, INT64_MAX};
static const uint64_t uint64s[] = {1, 2, 9007199254740992u};
static const uint64_t wide_uint64s[] = {7, 9007199254740993u, UINT64_MAX};
static const float floats[] = {1.5f, -0.25f, 0.1f};
static const double doubles[] = {1.5, NAN, 1e300, -0.125, 4, 5, 6, 7, 8, 9, 10, 11};
static const unsigned char bits[] = {0x2D, 0x01}; /* rows 0, 2, 3, 5, 8 */
static const unsigned char nulls[] = {0x05};      /* rows 0 and 2 are there */
static const int32_t offsets[] = {0, 1, 1, 6, 9}; /* "a", "", "Berne", "Rom" */
static const int64_t large_offsets[] = {0, 1, 1, 6, 9};
static const char bytes[] = "aBerneRom";
static const int32_t truth_offsets[] = {0, 4, 9, 10};
static const int32_t number_offsets[] = {0, 3, 5, 9};
static const int32_t date_offsets[] = {0, 10, 20};
static const int32_t dates[] = {0, 18321, -1};
static const int64_t date_ms[] = {0, 1582934400000, -86400000};
static const int64_t stamp_s[] = {0, 1582979696, -1};
static const int64_t stamp_ms[] = {0, 1582979696500, -1};
static const int64_t stamp_us[] = {0, 1582979696500000, -1000000};
static const int64_t stamp_ns[] = {0, 1582979696500000000, -1000000000};
static const int32_t clock_s[] = {0, 45296, 86399};
static const int32_t clock_ms[] = {0, 45296500, 86399000};
static const int64_t clock_us[] = {0, 45296500000, 86399000000};
static const int64_t clock_ns[] = {0, 45296500000000, 86399000000000};

static const type_case cases[] = {
    {"x", "c", 3, 0, NULL, int8s, NULL, "hidden", "1;-2;127"},
    {"x", "C", 3, 0, NULL, uint8s, NULL, "hidden", "1;2;255"},
    {"x", "s", 3, 0, NULL, int16s, NULL, "hidden", "1;-2;32767"},
    {"x", "S", 3, 0, NULL, uint16s, NULL, "hidden", "1;2;65535"},
    {"x", "i", 3, 0, NULL, int32s, NULL, "hidden", "1;-2;2147483647"},
    {"x", "I", 3, 0, NULL, uint32s, NULL, "hidden", "1;2;4294967295"},
    {"x", "l", 3, 0, NULL, int64s, NULL, "hidden", "1;-9007199254740992;9007199254740992"},
    {"x", "L", 3, 0, NULL, uint64s, NULL, "hidden", "1;2;9007199254740992"},
    {"x", "f", 3, 0, NULL, floats, NULL, "hidden", "1.5;-0.25;0.10000000149011612"},
    {"x", "g", 4, 0, NULL, doubles, NULL, "hidden", "1.5;null;1.0000000000000001e+300;-0.125"},
    {"x", "g", 3, 9, NULL, doubles, NULL, "hidden", "9;10;11"},
    {"x", "n", 3, 0, NULL, NULL, NULL, "hidden", "null;null;null"},
    {"x", "u", 3, 0, NULL, number_offsets, "1.5-21e-3", "hidden", "1.5;-2;0.001"},
    {"x", "i", 3, 0, nulls, int32s, NULL, "hidden", "1;null;2147483647"},
    {"x", "g", 3, 8, bits, doubles, NULL, "hidden", "8;null;null"},
    {"x", "g", 5, 3, bits, doubles, NULL, "hidden", "-0.125;null;5;null;null"},
    {"x", "g", 2, 0, NULL, doubles, NULL, "as_float", "1.5;null"},
    {"n", "i", 3, 0, NULL, int32s, NULL, "as_integer", "1;-2;2147483647"},
    {"n", "l", 3, 0, NULL, int64s, NULL, "as_integer", "1;-9007199254740992;9007199254740992"},
    {"n", "l", 3, 0, NULL, safe_int64s, NULL, "as_integer", "1;-9007199254740991;9007199254740991"},
    {"n", "l", 3, 0, NULL, wide_int64s, NULL, "as_integer", "7;null;null"},
    {"s", "l", 3, 0, NULL, wide_int64s, NULL, "as_string", "7;-9007199254740993;9223372036854775807"},
    {"s", "L", 3, 0, NULL, wide_uint64s, NULL, "as_string", "7;9007199254740993;18446744073709551615"},
    {"s", "i", 2, 0, NULL, int32s, NULL, "as_string", "1;-2"},
    {"s", "b", 3, 0, NULL, bits, NULL, "as_string", "true;false;true"},
    {"s", "u", 4, 0, NULL, offsets, bytes, "as_string", "a;;Berne;Rom"},
    {"s", "u", 3, 0, nulls, offsets, bytes, "as_string", "a;null;Berne"},
    {"s", "u", 2, 2, NULL, offsets, bytes, "as_string", "Berne;Rom"},
    {"s", "U", 4, 0, NULL, large_offsets, bytes, "as_string", "a;;Berne;Rom"},
    {"s", "U", 1, 3, NULL, large_offsets, bytes, "as_string", "Rom"},
    {"s", "tdD", 3, 0, NULL, dates, NULL, "as_string", "1970-01-01;2020-02-29;1969-12-31"},
    {"flag", "b", 3, 0, NULL, bits, NULL, "as_boolean", "true;false;true"},
    {"flag", "b", 4, 5, NULL, bits, NULL, "as_boolean", "true;false;false;true"},
    {"flag", "b", 3, 0, nulls, bits, NULL, "as_boolean", "true;null;true"},
    {"flag", "u", 3, 0, NULL, truth_offsets, "truefalse1", "as_boolean", "true;false;true"},
    {"d", "tdD", 3, 0, NULL, dates, NULL, "as_date", "0;18321;-1"},
    {"d", "tdm", 3, 0, NULL, date_ms, NULL, "as_date", "0;18321;-1"},
    {"d", "tss:", 3, 0, NULL, stamp_s, NULL, "as_date", "0;18321;-1"},
    {"d", "u", 2, 0, NULL, date_offsets, "2020-02-291969-12-31", "as_date", "18321;-1"},
    {"t", "tts", 3, 0, NULL, clock_s, NULL, "as_time", "0;45296000000;86399000000"},
    {"t", "ttm", 3, 0, NULL, clock_ms, NULL, "as_time", "0;45296500000;86399000000"},
    {"t", "ttu", 3, 0, NULL, clock_us, NULL, "as_time", "0;45296500000;86399000000"},
    {"t", "ttn", 3, 0, NULL, clock_ns, NULL, "as_time", "0;45296500000;86399000000"},
    {"ts", "tss:", 3, 0, NULL, stamp_s, NULL, "as_dateTime", "0;1582979696000000;-1000000"},
    {"ts", "tsm:Europe/Berlin", 3, 0, NULL, stamp_ms, NULL, "as_dateTime", "0;1582979696500000;-1000"},
    {"ts", "tsu:UTC", 3, 0, NULL, stamp_us, NULL, "as_dateTime", "0;1582979696500000;-1000000"},
    {"ts", "tsn:", 3, 0, NULL, stamp_ns, NULL, "as_dateTime", "0;1582979696500000;-1000000"},
    {"ts", "tdD", 3, 0, NULL, dates, NULL, "as_dateTime", "0;1582934400000000;-86400000000"},
    {"ts", "tdm", 3, 0, NULL, date_ms, NULL, "as_dateTime", "0;1582934400000000;-86400000000"},
};

static scorelet_scorer* all_outputs_scorer(scorelet_model* model) {
  scorelet_score_options options;
  scorelet_scorer* scorer = NULL;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.all_outputs = 1;
  CHECK(scorelet_scorer_new(model, &options, &scorer) == SCORELET_OK);
  return scorer;
}

/* Scores a batch with the one column and compares one result column. */
static void check_column(scorelet_scorer* scorer, column* c, int64_t rows, const char* result, const char* expected) {
  batch b;
  struct ArrowSchema schema;
  struct ArrowArray out;
  batch_init(&b, rows);
  batch_add(&b, c);
  if (!CHECK(scorelet_score(scorer, &b.schema, &b.array, &schema, &out) == SCORELET_OK)) {
    printf("  %s into %s: %s\n", c->schema.format, c->schema.name,
           scorelet_diagnostics_text(scorelet_scorer_diagnostics(scorer, SCORELET_NO_ROW), 0, NULL));
    return;
  }
  CHECK(out.length == rows && released_arrays == 1 && b.array.release == NULL);
  CHECK_TEXT(rows_text(&schema, &out, result), expected);
  schema.release(&schema);
  out.release(&out);
}

static void test_dictionaries(scorelet_scorer* scorer) {
  static const uint8_t codes8[] = {2, 0, 1};
  static const int16_t codes16[] = {2, 0, 1};
  static const int32_t codes32[] = {2, 99, 1};
  static const int64_t codes64[] = {2, 0, 1};
  static const char* const formats[] = {"C", "s", "i", "l"};
  const void* const codes[] = {codes8, codes16, codes32, codes64};
  column c, dictionary;
  for (int i = 0; i < 4; ++i) {
    /* The int32 indices have a null row, whose index may be anything. */
    const int with_null = codes[i] == (const void*)codes32;
    column_init(&c, formats[i], "s", 3, with_null ? nulls : NULL, codes[i], NULL);
    column_init(&dictionary, "u", "", 3, NULL, offsets, bytes);
    c.schema.dictionary = &dictionary.schema;
    c.array.dictionary = &dictionary.array;
    check_column(scorer, &c, 3, "as_string", with_null ? "Berne;null;" : "Berne;a;");
  }
  column_init(&c, "c", "s", 3, NULL, codes8, NULL);
  column_init(&dictionary, "U", "", 3, nulls, large_offsets, bytes); /* value 1 is null */
  c.schema.dictionary = &dictionary.schema;
  c.array.dictionary = &dictionary.array;
  check_column(scorer, &c, 3, "as_string", "Berne;a;null");
}

static void test_text_views(scorelet_scorer* scorer) {
  static const char text[] = "a text of more than twelve bytes";
  static const int64_t sizes[] = {sizeof text - 1};
  struct {
    int32_t length;
    char rest[12];
  } views[2];
  const int32_t where[] = {0, 2}; /* buffer, offset */
  memset(views, 0, sizeof views);
  views[0].length = 5;
  memcpy(views[0].rest, "short", 5);
  views[1].length = 22;
  memcpy(views[1].rest, text + 2, 4);
  memcpy(views[1].rest + 4, where, sizeof where);
  column c;
  column_init(&c, "vu", "s", 2, NULL, views, text);
  c.buffers[3] = sizes;
  c.array.n_buffers = 4;
  check_column(scorer, &c, 2, "as_string", "short;text of more than twel");
}

void test_input_types(void) {
  scorelet_model* model = load_fixture("echo.pmml");
  scorelet_scorer* scorer = all_outputs_scorer(model);
  scorelet_model_release(model); /* the scorer keeps it */
  for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
    const type_case* t = &cases[i];
    column c;
    column_init(&c, t->format, t->field, t->rows, t->validity, t->data, t->more);
    c.array.offset = t->offset;
    check_column(scorer, &c, t->rows, t->result, t->expected);
  }
  test_dictionaries(scorer);
  test_text_views(scorer);
  scorelet_scorer_release(scorer);
}
