/* stage/replay/span.h - the messages of a plan, one after the other. */
#ifndef STAGE_REPLAY_SPAN_H
#define STAGE_REPLAY_SPAN_H

#include "base/record.h"
#include "stage/replay/plan.h"
#include "stage/worker/letters.h"

/* Who takes the messages. */
struct span_taker {
	/* A fault ends the reading. done: offsets passed, of all in the plan */
	enum fault (*take)(void *opaque, const struct record *record,
			   int64_t done, struct fault_note *note);
	void *opaque;
};

/*
 * Read what is committed of the plan's spans, partition after partition in the
 * order of offsets, as no member of any group.
 *
 * FAULT_KAFKA, FAULT_CONFIG, FAULT_NO_MEMORY, and the taker's; note says why
 */
MUST_CHECK enum fault span_read(const struct settings *settings,
				const struct plan *plan,
				struct span_taker taker,
				struct fault_note *note);

/*
 * Note all dead letters of the plan. Shows progress on stderr.
 *
 * FAULT_CONFIG     there are too many; and as span_read()
 */
MUST_CHECK enum fault span_letters(const struct settings *settings,
				   const struct plan *plan,
				   struct letters *letters,
				   struct fault_note *note);

#endif
