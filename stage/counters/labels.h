/* stage/counters/labels.h - names that metrics carry, few by design. */
#ifndef STAGE_COUNTERS_LABELS_H
#define STAGE_COUNTERS_LABELS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * A table that only grows, up to its limit: each name has a number that stays.
 * Number 0 is LABEL_OTHER's: all that found no room, or is too long to show.
 * One thread adds; any may read the names below labels_count(), which live
 * until labels_release().
 */
enum { LABELS_MAX = 256, LABEL_SIZE = 250 /* Kafka's topics, and a NUL */ };
#define LABEL_OTHER "(other)"

struct labels {
	char *names[LABELS_MAX]; /* owned; [0] is not used */
	atomic_size_t count;
	size_t limit; /* of count; at most LABELS_MAX */

	/* For the thread that adds. */
	uint16_t slots[2 * LABELS_MAX]; /* by hash: numbers; 0: free */
	size_t last;			/* the number given last */
};

/* An empty table of at most limit names, LABEL_OTHER among them. */
void labels_init(struct labels *labels, size_t limit);
void labels_release(struct labels *labels);

/*
 * The number of a name, which is added where it is new.
 *
 *	"raw.afp" -> 1, "raw.dpa" -> 2, "raw.afp" -> 1
 *
 * 0: there is no room for it, or no memory.
 */
size_t labels_number(struct labels *labels, struct slice name);

size_t labels_count(const struct labels *labels);
const char *labels_name(const struct labels *labels, size_t number);

#endif
