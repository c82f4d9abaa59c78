/* stage/worker/worker.h - a thread that takes raw messages to their end. */
#ifndef STAGE_WORKER_WORKER_H
#define STAGE_WORKER_WORKER_H

#include "consumer/bounds.h"
#include "producer/avro/framing.h"
#include "stage/counters/counters.h"
#include "stage/settings/settings.h"
#include "stage/worker/current.h"
#include "stage/worker/redrive.h"
#include "transform/transform.h"

/* What all workers share; nothing here changes while they run, but the
 * counters, the context and stop, which see to that. Borrowed until
 * worker_join(). */
struct work {
	const struct settings *settings;
	struct current *current; /* what to transform by */
	struct slice schema;	 /* of the articles, Avro's JSON */
	struct framing framing;
	const struct bounds *bounds;   /* NULL: read on for ever */
	const struct redrive *redrive; /* NULL: messages are raw copy */
	size_t output_max_bytes, deadletter_max_bytes; /* max.message.bytes */
	struct counters *counters;
	atomic_bool *stop; /* set: commit what is open, leave the group, end */
};

struct worker;

/*
 * Start worker number (0..) on a thread of its own. It owns a consumer, a
 * transactional producer, an arena, and shares nothing but work.
 *
 * FAULT_CONFIG     a property was refused; note says which
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault worker_start(const struct work *work, unsigned number,
				   struct worker **out,
				   struct fault_note *note);

/*
 * Wait until the worker has ended, and free it. FAULT_NONE: stop was set and
 * it left in order; else what ended it, with note.
 */
enum fault worker_join(struct worker *worker, struct fault_note *note);

/* What the worker transforms by; borrowed. */
const struct hold *worker_hold(const struct worker *worker);

/* Whether the worker's thread is about to end; worker_join() will not wait. */
bool worker_has_ended(const struct worker *worker);

#endif
