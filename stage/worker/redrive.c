#include "stage/worker/redrive.h"

#include "stage/worker/state.h"

static bool is_asked_for(const struct redrive *redrive, struct slice fault)
{
	for (size_t i = 0; i < redrive->reasons.count; i++)
		if (slice_equal(slice_from(redrive->reasons.items[i]), fault))
			return true;
	return redrive->reasons.count == 0;
}

bool redrive_is_due(const struct redrive *redrive, const struct record *message,
		    struct letter *out, enum skip *reason)
{
	if (!deadletter_read(message, out))
		*reason = SKIP_NO_LETTER;
	else if (!is_asked_for(redrive, out->fault_name))
		*reason = SKIP_NOT_ASKED;
	else if (out->by_reference)
		*reason = SKIP_REFERENCE;
	else if (!letters_is_last(redrive->letters, message, out))
		*reason = SKIP_SUPERSEDED;
	else if (out->rejection.attempt >= redrive->attempts_max)
		*reason = SKIP_ATTEMPTS;
	else
		return true;
	return false;
}

bool redrive_chooses(const struct letter *letter, const struct part *part,
		     struct part *out)
{
	*out = *part;
	if (letter->rejection.whole)
		return true;
	/* Now the whole message is bad, and with it the part. */
	if (part->whole) {
		out->number = letter->rejection.part;
		out->whole = false;
	}
	return out->number == letter->rejection.part;
}

static enum transaction_action publish_due(struct worker *worker,
					   const struct letter *letter,
					   struct parts parts)
{
	enum transaction_action action = ACTION_GO_ON;
	struct part part;
	size_t tried = 0;

	for (size_t i = 0; i < parts.count && action == ACTION_GO_ON; i++) {
		if (!redrive_chooses(letter, &parts.items[i], &part))
			continue;
		action = part_publish(worker, &letter->raw, &part);
		tried++;
	}
	if (tried > 0)
		return action;
	if (letter->rejection.whole) {
		tally_skip(&worker->batch.tally, worker->wire, SKIP_EMPTY);
		return action;
	}
	part = (struct part){ .number = letter->rejection.part };
	return part_reject(worker, &letter->raw, &part, FAULT_PART_MISSING,
			   false);
}

enum transaction_action redrive_take(struct worker *worker,
				     const struct record *message, bool refused)
{
	enum skip reason;
	struct letter letter;

	if (!redrive_is_due(worker->work->redrive, message, &letter, &reason)) {
		tally_skip(&worker->batch.tally, worker->wire, reason);
		return ACTION_GO_ON;
	}
	worker->attempt = letter.rejection.attempt + 1;
	if (refused) {
		const struct part part = { .number = letter.rejection.part,
					   .whole = letter.rejection.whole };
		return part_reject(worker, &letter.raw, &part,
				   FAULT_RECORD_REFUSED, true);
	}
	return publish_due(worker, &letter,
			   part_transform(worker, &letter.raw));
}
