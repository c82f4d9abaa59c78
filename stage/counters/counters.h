/* stage/counters/counters.h - what happened, counted after it was committed. */
#ifndef STAGE_COUNTERS_COUNTERS_H
#define STAGE_COUNTERS_COUNTERS_H

#include <pthread.h>
#include <stdbool.h>

#include "stage/counters/tally.h"

/* One partition that a worker holds. */
struct holding {
	size_t wire; /* of the worker's names */
	int32_t partition;
	int64_t next;	    /* offset to read on from */
	int64_t end;	    /* as the broker said; -1: not yet */
	int64_t end_ms;	    /* steady, when it said so */
	int64_t waiting_ms; /* steady, since when its messages have not come;
			       0: it is not so */
};

/* How a worker does, by its own account. */
struct presence {
	int64_t told_ms;	       /* steady; 0: not yet */
	bool joined;		       /* it is a member of the group */
	int input_queue, output_queue; /* messages in the client's queues */
	/* Why work is gone back on or begun anew, since when without a commit;
	 * 0: all is well. */
	int64_t trouble_ms;
	char trouble[256];
};

enum { HOLDINGS_MAX = 4096 };

/*
 * One worker's account: the worker writes, and the others read whole commits
 * under the lock, which nobody holds for longer than a copy takes. The worker
 * does not wait for it: what finds it taken is entered with what comes next.
 */
struct ledger {
	struct tally_names names;
	/* The worker's: */
	struct tally owed; /* counted, not yet entered */
	bool owes, well;   /* well: no trouble since the last commit */

	pthread_mutex_t lock; /* of the rest */
	struct tally totals;
	struct presence presence;
	struct holding *holdings; /* owned */
	size_t holding_count, holding_room;
};

/* The process's counts. */
struct counters {
	struct ledger *ledgers; /* owned, one a worker */
	size_t count;
};

/* False: out of memory, and there is nothing to release. */
bool counters_init(struct counters *counters, size_t workers);
void counters_release(struct counters *counters);

/* A worker's: enter tally, which is then cleared, at now_ms (steady). */
void ledger_commit(struct ledger *ledger, struct tally *tally, int64_t now_ms);

/* A worker's: count what belongs to no batch. */
void ledger_count(struct ledger *ledger, enum counter counter, uint64_t n);

/* A worker's: say how it does, and what it holds; holdings is copied. trouble
 * stays as it is. */
void ledger_tell(struct ledger *ledger, const struct presence *presence,
		 const struct holding *holdings, size_t count);

/* A worker's: there is trouble; the first time is kept until a commit. */
void ledger_trouble(struct ledger *ledger, const char *text, int64_t now_ms);

/* A worker's: enter what is owed, if anything is; wait: whoever has the
 * lock. */
void ledger_settle(struct ledger *ledger, bool wait);

uint64_t counters_get(const struct counters *counters, enum counter counter);
uint64_t counters_fault(const struct counters *counters, enum fault fault);
uint64_t counters_skip(const struct counters *counters, enum skip reason);

/* Log all as one event, the faults that occurred as fault.<name>. */
void counters_log(const struct counters *counters, const char *event);

#endif
