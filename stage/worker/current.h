/* stage/worker/current.h - a context that changes under running workers. */
#ifndef STAGE_WORKER_CURRENT_H
#define STAGE_WORKER_CURRENT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "stage/context.h"

/* The context to work by. */
struct current {
	_Atomic(const struct transform_context *) latest;
	/* For the thread that replaces it: what is given away to it, and not
	 * yet freed. */
	struct context **owned;
	size_t owned_count;
};

/* What one worker works by; nobody frees that. */
struct hold {
	_Atomic(const struct transform_context *) context; /* NULL: nothing */
};

/* first is borrowed; holders is how many take from it. False: out of memory. */
bool current_init(struct current *current,
		  const struct transform_context *first, size_t holders);
/* Nobody holds anything any more. */
void current_release(struct current *current);

/* Whether hold has the latest. */
bool current_is_held(const struct current *current, const struct hold *hold);

/* Take the latest; what was held before may be freed from then on. */
const struct transform_context *current_take(struct current *current,
					     struct hold *hold);

/* Take context, from context_new(), as the latest, and free what is neither
 * that nor held. holds are the holders', all of them. */
void current_replace(struct current *current, struct context *context,
		     const struct hold *const *holds, size_t count);

#endif
