/* stage/counters/histogram.h - how long things take, in fixed buckets. */
#ifndef STAGE_COUNTERS_HISTOGRAM_H
#define STAGE_COUNTERS_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/*
 * X(symbol, first, last)
 *
 * What is timed, and the least and the greatest bound of its buckets, numbers
 * in the list of bounds: 1, 2.5 and 5 of each decade from 1 us.
 */
#define HISTOGRAM_MAP(X) \
	X(TRANSFORM, 0, 17) /* 1 us .. 0.5 s */ \
	X(TAG, 0, 17) \
	X(ENCODE, 0, 17) \
	X(COMMIT, 9, 22)  /* 1 ms .. 25 s */ \
	X(LATENCY, 9, 27) /* 1 ms .. 1000 s */

enum histogram_kind {
#define X(symbol, first, last) HISTOGRAM_##symbol,
	HISTOGRAM_MAP(X)
#undef X
		HISTOGRAM_COUNT
};

enum { HISTOGRAM_BOUNDS = 28 };

/* Zeroed at the start. counts[i] is of what took at most bound i, and longer
 * than bound i - 1; the last, longer than all. */
struct histogram {
	uint64_t counts[HISTOGRAM_BOUNDS + 1];
	uint64_t sum_us;
};

/* Bound i in us, 0 <= i < HISTOGRAM_BOUNDS. */
int64_t histogram_bound_us(size_t i);

/* The first and the last bound that a kind shows. */
size_t histogram_first(enum histogram_kind kind);
size_t histogram_last(enum histogram_kind kind);

/* Count one; a time below 0, of a clock put back, counts as 0. */
void histogram_observe(struct histogram *histogram, int64_t us);

void histogram_add(struct histogram *histogram, const struct histogram *other);

uint64_t histogram_count(const struct histogram *histogram);

/* The bound that the share (0..1) of all did not pass, in us; -1: none was
 * counted; past the last bound, the last. */
int64_t histogram_quantile_us(const struct histogram *histogram, double share);

#endif
