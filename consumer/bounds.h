/* consumer/bounds.h - spans of partitions, for reading that ends. */
#ifndef CONSUMER_BOUNDS_H
#define CONSUMER_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

/* The messages of one partition from offset start up to, not including, end.
 * Nothing where end is not past start. */
struct bound {
	const char *topic; /* borrowed, or the bounds' own */
	int32_t partition;
	int64_t start, end;
};

struct bounds {
	struct bound *items;
	size_t count;
};

/* Free the items, and their topics, which are the bounds' own. */
void bounds_release(struct bounds *bounds);

/* The bound of a partition; NULL: it is not among them. */
const struct bound *bounds_find(const struct bounds *bounds, const char *topic,
				int32_t partition);

/* How many offsets a span holds. */
int64_t bound_size(const struct bound *bound);

/* How many offsets all spans hold; messages may be fewer, for compaction and
 * transactions leave gaps. */
int64_t bounds_size(const struct bounds *bounds);

#endif
