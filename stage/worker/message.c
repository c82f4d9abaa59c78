#include <stdlib.h>
#include <string.h>

#include "stage/worker/state.h"

/* message as a record; false: memory is out for its headers. */
static bool read_message(struct worker *worker, rd_kafka_message_t *message,
			 struct record *out)
{
	size_t count;

	while (!consumer_record(message, worker->headers, worker->header_room,
				&count, out)) {
		struct record_header *grown =
			realloc(worker->headers, count * sizeof *grown);
		if (!grown)
			return false;
		worker->headers = grown;
		worker->header_room = count;
	}
	return true;
}

static enum transaction_action take_raw(struct worker *worker,
					const struct record *raw, bool refused)
{
	const struct part whole = { .whole = true };
	enum transaction_action action = ACTION_GO_ON;

	worker->attempt = 1;
	if (refused)
		return part_reject(worker, raw, &whole, FAULT_RECORD_REFUSED,
				   true);
	struct parts parts = part_transform(worker, raw);
	if (parts.count == 0)
		tally_skip(&worker->batch.tally, worker->wire, SKIP_EMPTY);
	for (size_t i = 0; i < parts.count && action == ACTION_GO_ON; i++)
		action = part_publish(worker, raw, &parts.items[i]);
	return action;
}

static bool stands_at(const struct spot *spot, const struct record *raw)
{
	return spot->offset == raw->offset &&
	       spot->partition == raw->partition &&
	       slice_equal(slice_from(spot->topic), raw->topic);
}

static void remember(struct spot *spot, const struct record *raw)
{
	size_t len = raw->topic.len < sizeof spot->topic - 1
			     ? raw->topic.len
			     : sizeof spot->topic - 1;

	memcpy(spot->topic, raw->topic.ptr, len);
	spot->topic[len] = '\0';
	spot->partition = raw->partition;
	spot->offset = raw->offset;
}

enum transaction_action message_handle(struct worker *worker,
				       rd_kafka_message_t *message)
{
	struct record raw;

	if (!read_message(worker, message, &raw))
		return give_up(worker, FAULT_NO_MEMORY);
	remember(&worker->batch.last, &raw);
	worker->batch.messages++;
	count_message(worker, &raw);

	bool refused = stands_at(&worker->caution.culprit, &raw);
	enum transaction_action action =
		worker->work->redrive ? redrive_take(worker, &raw, refused)
				      : take_raw(worker, &raw, refused);
	scratch_reset(worker);
	return action;
}
