/* stage/quiet.h - how long a raw topic may be silent before it is news. */
#ifndef STAGE_QUIET_H
#define STAGE_QUIET_H

#include "base/arena.h"
#include "base/fault.h"

struct quiet_bound {
	const char *topic; /* NULL: each that has no bound of its own */
	int after_ms;	   /* 0: it may be silent for ever */
};

struct quiet {
	const struct quiet_bound *items;
	size_t count;
};

/*
 * Read bounds by commas, into the arena. *out is written only on success.
 *
 *	"600000"                 every raw topic, ten minutes
 *	"600000,raw.sport:0"     every one but raw.sport
 *	"raw.afp:60000"          that one alone
 *
 * FAULT_CONFIG    one is no bound, or its topic stands there twice
 * FAULT_NO_SPACE
 */
MUST_CHECK enum fault quiet_parse(struct slice text, struct arena *arena,
				  struct quiet *out);

/* The bound of a topic in ms; 0: none. */
int quiet_after_ms(const struct quiet *quiet, const char *topic);

#endif
