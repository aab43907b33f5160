/* The scoring service as functions of a WebAssembly module (wasm32). The host brings functions in the import
 * module "scorelet":
 *   now: () -> f64        milliseconds since 1970
 *   random: () -> i32     32 bits that nobody can foresee
 *   log: (i32, i32) -> () one line of the log, by place and size
 * and, for service_start with storage (else they are never called):
 *   read: (what: i32, i32, key: i32, i32, out: i32) -> i32
 *                         what was kept, into memory of service_alloc, its place and size (two i32) to `out`: 1; or 0:
 *                         there is none, or it cannot be had at once. "readLog", the record of changes as the host
 *                         knows it; "readObject" of a SHA-256; of the record of predictions "segments" (JSON, an array
 *                         of numbers), "read" of a number
 *   waiting: () -> i32    whether a read since the last call of a function below cannot be had at once: what that
 *                         function did is void; once the host has what was wanted, it calls it again with the same
 *   write: (what: i32, i32, key: i32, i32, bytes: i32, i32) -> ()
 *                         what is to be kept, in this order, before any answer is given that is made from here on:
 *                         "appendLog" behind the first KEY bytes, unless another whole line is there by now;
 *                         "writeObject" of a SHA-256; "append" to a segment, "replace" and "remove" it. If that cannot
 *                         be done, the instance knows what is not true: it is thrown away, and so are those answers
 * and calls _initialize once, then service_start, then any of the others; look at `memory` anew after each call. */
#ifndef SCORELET_SERVICE_MODULE_H
#define SCORELET_SERVICE_MODULE_H

#include <stddef.h>

/* Memory for the host's bytes; never NULL (a trap when memory runs out). */
void* service_alloc(size_t size);
void service_free(void* memory);

/* Once, before anything else: settings as JSON (docs/service.md), and what is kept by `read` and `write`: {"store":
 * true, "audit": policy}; none if empty. 1, or 0 and an answer that says why. */
int service_start(const char* settings, size_t size, const char* kept, size_t kept_size);

/* Takes in what is kept as it is by now: at the beginning, and when the record of changes has grown. 1, or 0 and an
 * answer that says why (what failed stays as it was), or 0 and `waiting`. */
int service_follow(void);

/* Serves a model under a name. 1, or 0 and an answer that says why. */
int service_deploy(const char* name, size_t name_size, const char* document, size_t size);

/* Answers a request: 1, or 0 and `waiting`. Head: {"method", "target", "headers": [[name, value]], "isLoopback",
 * "isAgain": it was asked before and was waiting}. */
int service_handle(const char* head, size_t head_size, const char* body, size_t size);

/* From now on "not ready". */
void service_drain(void);

/* The last answer. Part 0: {"status", "headers": [[name, value]]}, or the text of what went wrong; part 1: the body.
 * Valid until the next call of one of the above. */
const char* service_answer(int part);
size_t service_answer_size(int part);

#endif
