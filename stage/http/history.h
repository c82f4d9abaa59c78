/* stage/http/history.h - the last hours, a minute at a time. */
#ifndef STAGE_HTTP_HISTORY_H
#define STAGE_HTTP_HISTORY_H

#include "stage/counters/tally.h"

enum {
	MINUTE_MS = 60000,
	HISTORY_MINUTES = 360, /* of the sums */
	HISTORY_HOUR = 60,     /* minutes of what is told apart */
};

/* One minute's sums. */
struct minute {
	uint32_t consumed, published, deadlettered, skipped;
	uint32_t latency[HISTOGRAM_BOUNDS + 1];
};

/* One minute by topic, fault and wire. */
struct minute_detail {
	uint32_t topics[TOPICS_MAX], faults[FAULT_COUNT], wires[WIRES_MAX];
};

/* Zeroed at the start. Minutes are counted from there by the steady clock, so
 * that a clock put back does not tear them. */
struct history {
	int64_t begun_ms; /* steady */
	uint64_t number;  /* of the minute that is not yet over, 0.. */
	struct minute minutes[HISTORY_MINUTES];	    /* number % their count */
	struct minute_detail details[HISTORY_HOUR]; /* the same */
	struct tally before;			    /* as that minute began */
};

/* Enter what the totals now are. */
void history_enter(struct history *history, const struct tally *totals,
		   int64_t now_ms);

/* How many minutes are over, as far as they are kept; and the i-th of them,
 * the oldest first. i == count: the one that is not yet over. */
size_t history_count(const struct history *history);
const struct minute *history_minute(const struct history *history, size_t i);

/* The sums of the last hour, the minute that is not yet over included. */
void history_hour(const struct history *history, struct minute_detail *out);

/* The latencies of the last minutes, likewise. */
void history_latency(const struct history *history, size_t minutes,
		     struct histogram *out);

#endif
