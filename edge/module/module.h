/* The scoring service as functions of a WebAssembly module (wasm32). The host brings three functions in the import
 * module "scorelet":
 *   now: () -> f64        milliseconds since 1970
 *   random: () -> i32     32 bits that nobody can foresee
 *   log: (i32, i32) -> () one line of the log, by place and size
 * and calls _initialize once, then service_start, then any of the others; look at `memory` anew after each call. */
#ifndef SCORELET_SERVICE_MODULE_H
#define SCORELET_SERVICE_MODULE_H

#include <stddef.h>

/* Memory for the host's bytes; never NULL (a trap when memory runs out). */
void* service_alloc(size_t size);
void service_free(void* memory);

/* Once, before anything else: settings as JSON (docs/service.md); none if empty. 1, or 0 and an answer that says why.
 */
int service_start(const char* settings, size_t size);

/* Serves a model under a name. 1, or 0 and an answer that says why. */
int service_deploy(const char* name, size_t name_size, const char* document, size_t size);

/* Answers a request. Head: {"method", "target", "headers": [[name, value]], "isLoopback"}. */
void service_handle(const char* head, size_t head_size, const char* body, size_t size);

/* From now on "not ready". */
void service_drain(void);

/* The last answer. Part 0: {"status", "headers": [[name, value]]}, or the text of what went wrong; part 1: the body.
 * Valid until the next call of one of the above. */
const char* service_answer(int part);
size_t service_answer_size(int part);

#endif
