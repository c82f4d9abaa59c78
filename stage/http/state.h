/* stage/http/state.h - the inside of a status, for this folder alone. */
#ifndef STAGE_HTTP_STATE_H
#define STAGE_HTTP_STATE_H

#include "stage/http/history.h"
#include "stage/http/status.h"

/* A partition, and the worker that holds it. */
struct held {
	struct holding holding; /* with the status's numbers of wires */
	size_t worker;
};

struct wire_state {
	size_t held;	       /* partitions that this process has */
	int64_t held_since_ms; /* steady; 0: it has none */
	bool quiet;
};

enum { SECONDS = 10 };

struct status {
	const struct settings *settings;
	const struct counters *counters;
	const struct bounds *plan; /* NULL: what comes is read, without end */
	int64_t started_wall_ms, started_ms;

	pthread_mutex_t lock; /* of the rest */
	int64_t now_ms;	      /* steady, of what follows */
	struct tally_names names;
	struct tally totals;
	struct presence presences[WORKERS_MAX];
	struct held *holdings; /* owned */
	size_t holding_count, holding_room;
	struct wire_state wires[WIRES_MAX];
	int64_t *passed; /* owned: of each of the plan's spans */

	int64_t ticked_ms;
	struct history history;
	/* One a tick, the newest at ticks - 1. */
	struct {
		int64_t ms;
		uint64_t consumed, published;
		int64_t passed;
	} seconds[SECONDS + 1];
	uint64_t ticks;

	bool stopping;
	uint64_t reloads, reloads_refused;
	char vocabulary[64];
};

/* With the lock held: read the workers' ledgers. */
void status_refresh(struct status *status);

enum { REASONS_MAX = 8, REASON_SIZE = 400 };

struct reasons {
	char text[REASONS_MAX][REASON_SIZE];
	size_t count;
};

/* With the lock held: why the process is not ready; none: it is. */
void status_reasons(const struct status *status, struct reasons *out);

/* How far behind its partition's end a holding is; 0 where that is unknown. */
int64_t holding_lag(const struct holding *holding);

/* With the lock held: since when a wire has brought nothing, as far as this
 * process can know; 0: it holds none of it. */
int64_t status_silent_since_ms(const struct status *status, size_t wire);

/* With the lock held; borrowed. */
const char *status_wire_name(const struct status *status, size_t wire);

/* A second, over the last ticks. */
struct pace {
	double consumed, published, passed;
};

/* With the lock held: false before there are two ticks. */
bool status_pace(const struct status *status, struct pace *out);

/* With the lock held: how much of the plan is done; 0 without one. */
int64_t status_passed(const struct status *status);

struct exposition;

/* With the lock held, and a plan: the samples of how far it is done. */
void replay_put(struct exposition *to, const struct status *status);

/* With the lock held: the samples of what came, and what became of it. */
void flow_put(struct exposition *to, const struct status *status);

/* The process's memory in use, in bytes. */
size_t memory_resident(void);

#endif
