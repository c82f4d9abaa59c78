/* stage/counters.h - what happened, counted after it was committed. */
#ifndef STAGE_COUNTERS_H
#define STAGE_COUNTERS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/fault.h"

/*
 * X(symbol, name, help)
 *
 * At any time articles = published + deadlettered + skipped, and deadlettered
 * is the sum of the faults' own counts.
 */
#define COUNTER_MAP(X) \
	X(CONSUMED, "consumed", "raw messages taken") \
	X(ARTICLES, "articles", "parts found in them, good or bad") \
	X(PUBLISHED, "published", "articles in the output topic") \
	X(DEADLETTERED, "deadlettered", "parts in the dead-letter topic") \
	X(SKIPPED, "skipped", "messages that hold no article") \
	X(COMMITS, "commits", "transactions, or batches, committed") \
	X(ABORTS, "aborts", "transactions, or batches, gone back on") \
	X(GAPS, "gaps", "spans that retention took before they were read") \
	X(GAP_MESSAGES, "gap_messages", "offsets in those spans") \
	X(INCARNATIONS, "incarnations", "consumer and producer made anew")

enum counter {
#define X(symbol, name, help) COUNTER_##symbol,
	COUNTER_MAP(X)
#undef X
		COUNTER_COUNT
};

/* One worker's counts of what is not yet committed. */
struct tally {
	uint64_t values[COUNTER_COUNT];
	uint64_t faults[FAULT_COUNT];
};

/* The process's counts: workers add, anyone reads. Zeroed at the start. */
struct counters {
	atomic_uint_fast64_t values[COUNTER_COUNT];
	atomic_uint_fast64_t faults[FAULT_COUNT];
};

const char *counter_name(enum counter counter);
const char *counter_help(enum counter counter);

/* Add a tally, and zero it. */
void counters_add(struct counters *counters, struct tally *tally);

/* Add n to one counter at once. */
void counters_count(struct counters *counters, enum counter counter,
		    uint64_t n);

uint64_t counters_get(const struct counters *counters, enum counter counter);

/* Log all as one event, the faults that occurred as fault.<name>. */
void counters_log(const struct counters *counters, const char *event);

#endif
