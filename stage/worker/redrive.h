/* stage/worker/redrive.h - which dead letters go through again, and what of
 * them. */
#ifndef STAGE_WORKER_REDRIVE_H
#define STAGE_WORKER_REDRIVE_H

#include "producer/deadletter.h"
#include "stage/counters/tally.h"
#include "stage/settings/settings.h"
#include "stage/worker/letters.h"
#include "transform/transform.h"

/* What a redrive is asked for. */
struct redrive {
	struct words reasons;	       /* faults' names; none: all */
	unsigned attempts_max;	       /* a letter of so many is left alone */
	const struct letters *letters; /* all that may be sent; borrowed */
};

/* Whether the message is a dead letter to be tried, which goes to *out; if
 * not, *reason says why. */
bool redrive_is_due(const struct redrive *redrive, const struct record *message,
		    struct letter *out, enum skip *reason);

/*
 * Whether a part of the letter's message, transformed again, is what the
 * letter is of: the part that was bad, and no other; any of a message that was
 * bad as a whole, since nothing of it was published. *out is the part by the
 * number that the letter has for it.
 */
bool redrive_chooses(const struct letter *letter, const struct part *part,
		     struct part *out);

#endif
