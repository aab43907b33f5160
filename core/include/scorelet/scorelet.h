/* Scorelet's C interface (C99): load a PMML document, score columns (Arrow) or records (JSON).
 *
 * Conventions
 *  1. Handles (`scorelet_model` ...) are opaque. What a function hands out through `**` belongs to the
 *     caller, who gives it to the matching `..._release` once; every `..._release` accepts NULL.
 *  2. What a function returns as `const ... *` is borrowed: it lives as long as the handle it was asked
 *     from, or, where the function says so, until the next call with that handle.
 *  3. Text is UTF-8 given as pointer and length. Text that comes back is also followed by a NUL, which the
 *     length does not count; where a length is returned through a pointer, that pointer may be NULL.
 *  4. A function that can fail returns a `scorelet_status` and sets its results to NULL (Arrow structures to
 *     "released") when it does. Only `scorelet_load` hands something out on failure: the diagnostics.
 *  5. A NULL handle, or an index past the end, is answered with SCORELET_BAD_ARGUMENT, NULL or 0.
 *  6. Option structures begin with `size`, set to sizeof by the caller; members beyond it, and members that
 *     are zero, mean the default. NULL means all defaults.
 *  7. The interface grows by addition only: functions, option members at the end, diagnostic codes. What
 *     exists keeps its meaning while `scorelet_abi_version` stays the same.
 *  8. A model is immutable and may be used from several threads at once; a scorer, a text and a list of
 *     diagnostics from one thread at a time. Nothing is global.
 *  9. Nothing is printed, read or written, no clock is asked, no signal or locale touched. When memory runs
 *     out the process is ended (in WebAssembly: a trap), as operator new without exceptions does.
 * 10. Arrow data is trusted as the Arrow C Data Interface demands (buffers have the size their type and
 *     length imply); counts, lengths, offsets, indices and types are checked.
 *
 * Ten lines of use: tests/readme/example.c. */
#ifndef SCORELET_H
#define SCORELET_H

#include <stddef.h>
#include <stdint.h>

#include <scorelet/arrow.h>

#if defined(__GNUC__)
#define SCORELET_API __attribute__((visibility("default")))
#else
#define SCORELET_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define SCORELET_VERSION "0.1.0"
#define SCORELET_ABI_VERSION 1u

typedef struct scorelet_model scorelet_model;
typedef struct scorelet_scorer scorelet_scorer;
typedef struct scorelet_diagnostics scorelet_diagnostics;
typedef struct scorelet_text scorelet_text;

typedef int32_t scorelet_status;
enum {
  SCORELET_OK = 0,
  SCORELET_REJECTED = 1,     /* the document or the rows are at fault; diagnostics say why */
  SCORELET_BAD_ARGUMENT = 2, /* the call is at fault: a NULL where none is allowed */
  SCORELET_MISMATCH = 3      /* scorelet_model_verify: the model does not reproduce its own records */
};

/* "1.2.3", and the number this header calls SCORELET_ABI_VERSION. */
SCORELET_API const char* scorelet_version(void);
SCORELET_API uint32_t scorelet_abi_version(void);

/* ---- models ------------------------------------------------------------------------------------------ */

/* Limits on a hostile document or row; 0 is the default of <scorelet/model.hpp>, struct Limits. */
typedef struct scorelet_load_options {
  size_t size;
  const char* model_name; /* which model of the document; NULL: the first that can be scored */
  size_t model_name_size;
  size_t document_bytes;
  uint32_t depth;
  uint32_t elements;
  uint32_t expression_depth;
  uint32_t expression_nodes;
  uint32_t segment_depth;
  uint32_t regex_steps;
  uint32_t text_bytes;
  uint32_t list_items;
  uint32_t reported_diagnostics;
  uint32_t horizon; /* time series: steps that are forecast where no input field says how many; 0: one */
  uint32_t forecast_steps;
  uint32_t matrix_rows;
  uint32_t inference_cells;
  uint32_t explains; /* not 0: keeps what scorelet_ask needs of ensembles of trees beside their packed form */
} scorelet_load_options;

/* Reads, checks and compiles a PMML document; its bytes are not needed afterwards. SCORELET_OK: `*model` is
 * set and `*diagnostics` is NULL (warnings: scorelet_model_notes). Otherwise `*model` is NULL and
 * `*diagnostics` lists every fault found. `diagnostics` may be NULL if nobody wants to know. */
SCORELET_API scorelet_status scorelet_load(const void* pmml, size_t size, const scorelet_load_options* options,
                                           scorelet_model** model, scorelet_diagnostics** diagnostics);

/* One more owner; returns its argument. */
SCORELET_API scorelet_model* scorelet_model_retain(scorelet_model* model);
SCORELET_API void scorelet_model_release(scorelet_model* model);

/* Warnings and notes of the load; borrowed, possibly empty. */
SCORELET_API const scorelet_diagnostics* scorelet_model_notes(const scorelet_model* model);

/* 1 if results depend on earlier rows (Lag): row order matters and scorers keep state. */
SCORELET_API int32_t scorelet_model_is_stateful(const scorelet_model* model);

/* Metadata, inputs with domains and treatments, targets, results, notes as JSON (docs/describe.md). */
SCORELET_API scorelet_status scorelet_model_describe_json(const scorelet_model* model, scorelet_text** json);

/* Runs the document's own ModelVerification. SCORELET_OK: passed, or the document has none ("records": 0);
 * SCORELET_MISMATCH: did not. `*report` is set in both cases:
 * {"records", "fields", "passed", "mismatches": [{"record", "field", "expected", "actual"}], "diagnostics"}. */
SCORELET_API scorelet_status scorelet_model_verify(const scorelet_model* model, scorelet_text** report);

/* ---- text and diagnostics ---------------------------------------------------------------------------- */

SCORELET_API const char* scorelet_text_data(const scorelet_text* text, size_t* size);
SCORELET_API void scorelet_text_release(scorelet_text* text);

#define SCORELET_NO_ROW ((size_t)-1)

/* `code` and `severity` ("error", "warning", "note") are the stable names of docs/diagnostics.md; `path`
 * leads to the element or attribute (/PMML/TreeModel/Node[2]), `line` and `column` are 1-based, 0 if the
 * finding has no place in a document; `row` is 0-based, SCORELET_NO_ROW if it concerns no single row.
 * `text` is everything in one line. Release only lists that were handed out through `**`. */
SCORELET_API size_t scorelet_diagnostics_count(const scorelet_diagnostics* list);
SCORELET_API const char* scorelet_diagnostics_code(const scorelet_diagnostics* list, size_t i, size_t* size);
SCORELET_API const char* scorelet_diagnostics_severity(const scorelet_diagnostics* list, size_t i, size_t* size);
SCORELET_API const char* scorelet_diagnostics_message(const scorelet_diagnostics* list, size_t i, size_t* size);
SCORELET_API const char* scorelet_diagnostics_path(const scorelet_diagnostics* list, size_t i, size_t* size);
SCORELET_API const char* scorelet_diagnostics_field(const scorelet_diagnostics* list, size_t i, size_t* size);
SCORELET_API const char* scorelet_diagnostics_text(const scorelet_diagnostics* list, size_t i, size_t* size);
SCORELET_API uint32_t scorelet_diagnostics_line(const scorelet_diagnostics* list, size_t i);
SCORELET_API uint32_t scorelet_diagnostics_column(const scorelet_diagnostics* list, size_t i);
SCORELET_API size_t scorelet_diagnostics_row(const scorelet_diagnostics* list, size_t i);
SCORELET_API void scorelet_diagnostics_release(scorelet_diagnostics* list);

/* ---- scoring ----------------------------------------------------------------------------------------- */

typedef struct scorelet_score_options {
  size_t size;
  uint32_t all_outputs; /* 1: also OutputFields with isFinalResult="false" */
  uint32_t diagnostics; /* 1: Arrow results get a column "@diagnostics" (JSON text, null for rows without);
                           JSON results have the member in any case */
  uint32_t details;     /* 1: JSON results get the member "@details" (docs/output-contract.md) */
} scorelet_score_options;

/* The input columns in the model's order, as the Arrow types that need no conversion; the result columns,
 * as scorelet_score with these options returns them. PMML's own type is in each column's metadata:
 * "scorelet:dataType", "scorelet:opType", inputs "scorelet:usageType", results "scorelet:feature" and, where
 * there is one, "scorelet:value". The caller calls out->release. */
SCORELET_API scorelet_status scorelet_model_input_schema(const scorelet_model* model, struct ArrowSchema* out);
SCORELET_API scorelet_status scorelet_model_result_schema(const scorelet_model* model,
                                                          const scorelet_score_options* options,
                                                          struct ArrowSchema* out);

/* A scorer owns all mutable state of scoring, which is reused: one per thread. It keeps the model alive. */
SCORELET_API scorelet_status scorelet_scorer_new(scorelet_model* model, const scorelet_score_options* options,
                                                 scorelet_scorer** scorer);
SCORELET_API void scorelet_scorer_release(scorelet_scorer* scorer);
/* Forgets the rows seen so far (stateful models). */
SCORELET_API void scorelet_scorer_reset(scorelet_scorer* scorer);
/* What the rows seen so far left behind (stateful models), to go on elsewhere or later: a scorer of the same model
 * that restores these bytes answers the rows that follow as this one would, to the bit. They are the same on every
 * target, no text, and hold values of the rows in the clear. */
SCORELET_API scorelet_status scorelet_scorer_save_state(const scorelet_scorer* scorer, scorelet_text** state);
/* SCORELET_REJECTED: the bytes are of another document, of other load options or of an unknown version, or no scorer
 * saved them. The scorer then keeps the state that it has; scorelet_scorer_diagnostics says which. */
SCORELET_API scorelet_status scorelet_scorer_restore_state(scorelet_scorer* scorer, const void* state, size_t size);

/* Scores a batch. `schema` and `rows` describe a struct array (format "+s", as a RecordBatch is exported):
 * columns are matched to inputs by name, in any order; an input without a column is missing in every row;
 * a column the model does not know is noted and ignored. `schema` stays the caller's; `rows` is consumed:
 * it is released before the function returns, whatever it returns.
 *
 * Accepted: null, bool, int8 ... uint64, float32, float64, utf8, large_utf8, utf8_view; dictionary of a text
 * type; date32, date64, timestamp (a zone is ignored: values are UTC), time32, time64; list and large_list of
 * these for grouped (transactional) inputs. A value is cast to its field's data type as CSV cells are;
 * null and NaN are missing; 64-bit integers beyond 2^53 are cast from their decimal text, exactly.
 * Anything else is refused by name, and nothing is scored.
 *
 * SCORELET_OK: `out` is a struct array with one row per input row and the columns of `out_schema`; both own
 * their memory and are released by the caller, in any order and at any time, also after the scorer.
 * A PMML integer beyond int64 is null. */
SCORELET_API scorelet_status scorelet_score(scorelet_scorer* scorer, const struct ArrowSchema* schema,
                                            struct ArrowArray* rows, struct ArrowSchema* out_schema,
                                            struct ArrowArray* out);

/* Scores records of JSON: one object, an array of objects, or one object per line. `*result` is one line of
 * JSON per record, in order (docs/output-contract.md), borrowed until the next call with this scorer. A record
 * that cannot be read is a line of nulls with "@diagnostics", the others are scored; only an array is read as a
 * whole or rejected. Names that no input has are noted once in a scorer's life. */
SCORELET_API scorelet_status scorelet_score_json(scorelet_scorer* scorer, const char* json, size_t size,
                                                 const char** result, size_t* result_size);

/* Scores one record of plain numbers, the way with the least around it. `values[i]` belongs to input i of the model
 * (scorelet_model_describe_json), NaN and what is beyond `count` are missing; for a text it is the number that
 * scorelet_model_number_of_text gives. A grouped input takes lists, which this cannot hold. `results` has room for
 * `result_count` numbers: result columns in the model's order, with booleans as 0 or 1, dates and times as days or
 * seconds since 1970-01-01, texts as numbers that mean something to this scorer only, missing and invalid as NaN. */
SCORELET_API scorelet_status scorelet_score_record(scorelet_scorer* scorer, const double* values, size_t count,
                                                   double* results, size_t result_count);
/* SCORELET_REJECTED: the document does not mention the text; a record that holds it goes through another function. */
SCORELET_API scorelet_status scorelet_model_number_of_text(const scorelet_model* model, const char* text, size_t size,
                                                           double* number);

/* Findings of the last call on this scorer: with SCORELET_NO_ROW about the batch as a whole (why it was
 * refused, columns ignored), else why that row has no complete answer. Borrowed until the next call of any
 * function with this scorer; empty when all is well. */
SCORELET_API const scorelet_diagnostics* scorelet_scorer_diagnostics(scorelet_scorer* scorer, size_t row);

/* ---- explanations ------------------------------------------------------------------------------------ */

/* Asks one model why its predictions are what they are, and what would change them (docs/explain.md): one per thread.
 * It keeps the model alive, which is best loaded with `explains`. */
typedef struct scorelet_inquiry scorelet_inquiry;
SCORELET_API scorelet_status scorelet_inquiry_new(scorelet_model* model, scorelet_inquiry** inquiry);
SCORELET_API void scorelet_inquiry_release(scorelet_inquiry* inquiry);
/* The records that answers compare with: a JSON object, or an array of them. SCORELET_REJECTED: those before stay. */
SCORELET_API scorelet_status scorelet_inquiry_set_background(scorelet_inquiry* inquiry, const char* json, size_t size);
/* Answers a question, both in JSON; `*answer` is borrowed until the next call with this inquiry. */
SCORELET_API scorelet_status scorelet_ask(scorelet_inquiry* inquiry, const char* question, size_t size,
                                          const char** answer, size_t* answer_size);
/* Why the last call was rejected; borrowed until the next call with this inquiry. */
SCORELET_API const scorelet_diagnostics* scorelet_inquiry_diagnostics(const scorelet_inquiry* inquiry);

#ifdef __cplusplus
}
#endif

#endif /* SCORELET_H */
