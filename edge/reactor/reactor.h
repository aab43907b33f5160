/* What the WASI reactor exports beside scorelet.h, for hosts that live outside its memory. */
#ifndef SCORELET_REACTOR_H
#define SCORELET_REACTOR_H

#include <scorelet/scorelet.h>

/* Memory for the host's bytes, options and Arrow structures, aligned for any of them; never NULL (a trap when
 * memory runs out). Memory may grow: look at the buffer of `memory` anew after any call. */
void* scorelet_alloc(size_t size);
void scorelet_free(void* memory);

/* A host cannot write a function pointer, so it leaves `release` NULL in the structures that it fills and has
 * it set here, in children and dictionaries too: to a function that frees nothing, since the memory stays the
 * host's. Then scorelet_score can take them. */
void scorelet_arrow_borrow(struct ArrowSchema* schema, struct ArrowArray* array);

/* Calls `release` of what scorelet_score or a schema function handed out; either may be NULL or released. */
void scorelet_arrow_release(struct ArrowSchema* schema, struct ArrowArray* array);

#endif
