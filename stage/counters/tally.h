/* stage/counters/tally.h - what happened, counted as it does. */
#ifndef STAGE_COUNTERS_TALLY_H
#define STAGE_COUNTERS_TALLY_H

#include "base/fault.h"
#include "stage/counters/histogram.h"
#include "stage/counters/labels.h"

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
	X(GAPS, "gaps", "spans that were gone before they were read") \
	X(GAP_MESSAGES, "gap_messages", "offsets in those spans") \
	X(INCARNATIONS, "incarnations", "consumer and producer made anew")

enum counter {
#define X(symbol, name, help) COUNTER_##symbol,
	COUNTER_MAP(X)
#undef X
		COUNTER_COUNT
};

/* X(symbol, name): why a message without a fault gives no article. */
#define SKIP_MAP(X) \
	X(EMPTY, "empty") /* a feed without an item */ \
	/* of a redrive's messages, which stay where they are */ \
	X(NO_LETTER, "no-letter")   /* no dead letter of ours */ \
	X(NOT_ASKED, "not-asked")   /* of another reason */ \
	X(SUPERSEDED, "superseded") /* a later letter of the part is sent */ \
	X(REFERENCE, "reference")   /* its bytes are not there */ \
	X(ATTEMPTS, "attempts")	    /* tried often enough */

enum skip {
#define X(symbol, name) SKIP_##symbol,
	SKIP_MAP(X)
#undef X
		SKIP_COUNT
};

enum {
	WIRES_MAX = 64, /* raw topics with numbers of their own */
	FORMATS_MAX = 16,
	TOPICS_MAX = LABELS_MAX,
	EXAMPLES_MAX = 3, /* dead letters remembered of each fault */
};

/* The names behind the numbers in a tally. */
struct tally_names {
	struct labels wires, formats, topics;
};

/* One raw topic's counts. */
struct wire_tally {
	uint64_t consumed;
	uint64_t published[FORMATS_MAX];
	uint64_t skipped[SKIP_COUNT];
	uint64_t faults[FAULT_COUNT];
	int64_t last_ms; /* steady, when it was committed last; 0: never */
};

/* Where a dead letter came from; never what it says. */
struct example {
	size_t wire;
	int32_t partition;
	int64_t offset;
	unsigned part;
	size_t at;	 /* the byte of the text where it failed */
	int64_t time_ms; /* wall */
};

struct tally {
	uint64_t values[COUNTER_COUNT];
	uint64_t faults[FAULT_COUNT];
	struct wire_tally wires[WIRES_MAX];
	uint64_t topics[TOPICS_MAX]; /* articles; one may have several */
	struct histogram histograms[HISTOGRAM_COUNT];
	/* The newest of each fault, as many as there are, in no order. */
	struct example examples[FAULT_COUNT][EXAMPLES_MAX];
};

void tally_names_init(struct tally_names *names);
void tally_names_release(struct tally_names *names);

const char *counter_name(enum counter counter);
const char *counter_help(enum counter counter);
const char *skip_name(enum skip skip);

/* Count one message of a wire, and what became of each of its parts. */
void tally_consume(struct tally *tally, size_t wire);
void tally_publish(struct tally *tally, size_t wire, size_t format);
void tally_skip(struct tally *tally, size_t wire, enum skip reason);
void tally_reject(struct tally *tally, enum fault fault,
		  const struct example *example);

/* What one tally's numbers are in another. */
struct tally_map {
	uint16_t wires[WIRES_MAX], formats[FORMATS_MAX], topics[TOPICS_MAX];
};

/* Add from to tally. map NULL: both use the same numbers. */
void tally_add(struct tally *tally, const struct tally *from,
	       const struct tally_map *map);
void tally_clear(struct tally *tally);

#endif
