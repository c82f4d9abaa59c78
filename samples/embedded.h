/* samples/embedded.h - the project's own articles, in the binary. */
#ifndef SAMPLES_EMBEDDED_H
#define SAMPLES_EMBEDDED_H

#include "base/slice.h"

struct sample {
	const char *name;	  /* the file's, "budget-vote.txt" */
	const char *content_type; /* of its message */
	struct slice text;	  /* byte for byte; static */
};

/* The number-th sample, 0..; one of them is bad on purpose. False: there are
 * no more; *out is not written. */
bool sample_get(size_t number, struct sample *out);

#endif
