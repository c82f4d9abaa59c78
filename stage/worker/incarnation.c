#include <stdio.h>

#include "base/log.h"
#include "stage/clock.h"
#include "stage/worker/state.h"

/* From within consumer_poll() and consumer_close(). */
static void on_revoked(void *opaque, bool lost)
{
	struct worker *worker = opaque;

	/* Whom caution was for may be gone, and would be waited for. */
	worker->caution = (struct caution){ .culprit.offset = -1 };
	if (!worker->batch.open)
		return;
	enum transaction_action action = ACTION_ABORT;
	if (lost)
		(void)fault_noted(FAULT_KAFKA, &worker->note,
				  "the group gave the partitions to others");
	else
		action = batch_commit(worker);
	if (action == ACTION_ABORT) {
		action = batch_abort(worker);
		worker->rewind = true;
	}
	worker->action = action;
}

static void on_gap(void *opaque, const struct gap *gap)
{
	struct worker *worker = opaque;
	struct counters *counters = worker->work->counters;

	counters_count(counters, COUNTER_GAPS, 1);
	if (gap->to > gap->from)
		counters_count(counters, COUNTER_GAP_MESSAGES,
			       (uint64_t)(gap->to - gap->from));
}

static enum fault open_consumer(struct worker *worker)
{
	const struct settings *s = worker->work->settings;
	char id[256];

	snprintf(id, sizeof id, "%s-%u", s->instance, worker->number);
	const struct consumer_config config = {
		.bootstrap_servers = s->bootstrap_servers,
		.client_id = id,
		.group_id = s->group_id,
		.group_instance_id = s->membership == MEMBERSHIP_STATIC ? id
									: NULL,
		.topics = s->input_topics.items,
		.topic_count = s->input_topics.count,
		.start = s->start,
		.gap = s->gap,
		.rebalance = s->rebalance,
		.properties = s->consumer,
		.events = { on_revoked, on_gap, worker },
	};
	return consumer_open(&config, &worker->consumer, &worker->note);
}

static enum fault open_producer(struct worker *worker)
{
	const struct settings *s = worker->work->settings;
	size_t largest = worker->work->output_max_bytes >
					 worker->work->deadletter_max_bytes
				 ? worker->work->output_max_bytes
				 : worker->work->deadletter_max_bytes;
	char client[256], id[512];

	snprintf(client, sizeof client, "%s-%u", s->instance, worker->number);
	/* Stable, so that a restarted process fences its own dead one. */
	snprintf(id, sizeof id, "%s-%s-%u", s->group_id, s->instance,
		 worker->number);
	const struct producer_config config = {
		.bootstrap_servers = s->bootstrap_servers,
		.client_id = client,
		.delivery = s->delivery,
		.transactional_id = id,
		.transaction_timeout_ms = s->transaction_timeout_ms,
		.message_max_bytes = (int)largest,
		.properties = s->producer,
	};
	return producer_open(&config, &worker->producer, &worker->note);
}

/* Abort, and arrange to read from the committed offsets again. */
static enum transaction_action go_back(struct worker *worker)
{
	enum { FIRST_PAUSE_MS = 10, MOST_DOUBLINGS = 7, ABORTS_MAX = 30 };
	enum transaction_action action = batch_abort(worker);

	/* An error that the client keeps to itself may need a new one. */
	if (action == ACTION_GO_ON && worker->aborts >= ABORTS_MAX)
		action = ACTION_RENEW;

	/* Trouble that lasts is met again at once: slow down, to a second. */
	unsigned doublings = worker->aborts < MOST_DOUBLINGS ? worker->aborts
							     : MOST_DOUBLINGS;
	worker->aborts++;
	worker->rewind = true;
	clock_sleep_ms(FIRST_PAUSE_MS << doublings);
	return action;
}

static enum transaction_action take(struct worker *worker,
				    rd_kafka_message_t *message)
{
	enum transaction_action action = batch_begin(worker);

	return action == ACTION_GO_ON ? message_handle(worker, message)
				      : action;
}

/* Wait for a message and take it as far as the producer. */
static enum transaction_action step(struct worker *worker, bool *dry)
{
	rd_kafka_message_t *message;
	bool renewable;
	enum fault fault = consumer_poll(worker->consumer,
					 batch_patience_ms(worker, *dry),
					 &message, &renewable, &worker->note);

	if (fault)
		return renewable ? ACTION_RENEW : ACTION_STOP;
	*dry = !message;
	if (worker->action != ACTION_GO_ON || worker->rewind) {
		/* A rebalance came first; the message will come again. */
		if (message)
			rd_kafka_message_destroy(message);
		return worker->action;
	}
	if (!message)
		return ACTION_GO_ON;
	enum transaction_action action = take(worker, message);
	rd_kafka_message_destroy(message);
	return action;
}

static enum transaction_action work(struct worker *worker)
{
	enum transaction_action action = ACTION_GO_ON;
	bool dry = true;

	while (action == ACTION_GO_ON && !atomic_load(worker->work->stop)) {
		if (worker->rewind) {
			worker->rewind = false;
			if (!consumer_rewind(worker->consumer, &worker->note))
				return ACTION_RENEW;
		}
		action = step(worker, &dry);
		if (action == ACTION_GO_ON && batch_is_due(worker, dry))
			action = batch_commit(worker);
		if (action == ACTION_ABORT)
			action = go_back(worker);
	}
	return action;
}

/* In order: commit what is open, then leave the group. */
static enum transaction_action leave(struct worker *worker,
				     enum transaction_action action)
{
	if (action == ACTION_GO_ON)
		action = batch_commit(worker);
	if (action != ACTION_GO_ON && worker->batch.open)
		(void)batch_abort(worker);
	return action == ACTION_ABORT ? ACTION_GO_ON : action;
}

/* The brokers' words, and what to do. */
static void advise_rights(struct worker *worker)
{
	const struct settings *s = worker->work->settings;
	struct fault_note cause = worker->note;

	(void)fault_noted(FAULT_KAFKA, &worker->note,
			  "transactional.id %s-%s-%u is refused; allow the "
			  "user WRITE and DESCRIBE on transactional ids that "
			  "start with %s-%s-: %.200s",
			  s->group_id, s->instance, worker->number, s->group_id,
			  s->instance, cause.text);
}

static enum transaction_action begin_life(struct worker *worker)
{
	worker->action = ACTION_GO_ON;
	worker->rewind = false;
	worker->caution = (struct caution){ .culprit.offset = -1 };
	counters_count(worker->work->counters, COUNTER_INCARNATIONS, 1);
	if (open_producer(worker))
		return ACTION_STOP;
	enum transaction_action action = producer_init(
		worker->producer, worker->work->stop, &worker->note);
	if (action == ACTION_STOP)
		advise_rights(worker);
	if (action != ACTION_GO_ON)
		return action;
	return open_consumer(worker) ? ACTION_STOP : ACTION_GO_ON;
}

void incarnation_run(struct worker *worker)
{
	enum transaction_action action = begin_life(worker);

	if (action == ACTION_GO_ON)
		action = leave(worker, work(worker));
	consumer_close(worker->consumer);
	producer_close(worker->producer);
	worker->consumer = NULL;
	worker->producer = NULL;
	worker->action = action;
}
