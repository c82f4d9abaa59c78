/* stage/context.h - what the settings say to the transform. */
#ifndef STAGE_CONTEXT_H
#define STAGE_CONTEXT_H

#include "stage/settings/settings.h"
#include "transform/transform.h"

/* Shared by all workers; constant once open. */
struct context {
	struct transform_context transform;
	struct vocabulary *vocabulary; /* transform borrows it */
};

/*
 * Read the vocabulary, a file or the built-in one, and fill the context.
 * context_close() it whatever came of it.
 *
 * FAULT_FILE       the vocabulary cannot be read; note says why
 * FAULT_CONFIG     it is wrong; note says where
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault context_open(const struct settings *settings,
				   struct context *out,
				   struct fault_note *note);
void context_close(struct context *context);

/* The same on the heap, to be given away. *out is written only on success. */
MUST_CHECK enum fault context_new(const struct settings *settings,
				  struct context **out,
				  struct fault_note *note);
void context_free(struct context *context);

#endif
