#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "stage/worker/state.h"

/* From within consumer_poll() and consumer_close(). */
static void on_revoked(void *opaque, bool lost)
{
	struct worker *worker = opaque;

	/* Whom caution was for may be gone, and would be waited for. */
	worker->caution = (struct caution){ .culprit.offset = -1 };
	if (!worker->batch.open) {
		(void)batch_abort(worker);
		return;
	}
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
	uint64_t messages =
		gap->to > gap->from ? (uint64_t)(gap->to - gap->from) : 0;

	if (worker->work->settings->gap == GAP_STOP) {
		ledger_count(worker->ledger, COUNTER_GAPS, 1);
		ledger_count(worker->ledger, COUNTER_GAP_MESSAGES, messages);
		return;
	}
	/* Whoever commits the offset past it counts it: until then another
	 * member may come upon it too. */
	worker->batch.tally.values[COUNTER_GAPS]++;
	worker->batch.tally.values[COUNTER_GAP_MESSAGES] += messages;
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
		.catalog = &worker->catalog,
		.gap = s->gap,
		.rebalance = s->rebalance,
		.properties = s->consumer,
		.bounds = worker->work->bounds,
		.stop = worker->work->stop,
		.events = { on_revoked, on_gap, worker },
	};
	return consumer_open(&config, &worker->consumer, &worker->note);
}

static enum fault open_producer(struct worker *worker)
{
	const struct settings *s = worker->work->settings;
	size_t output = worker->work->output_max_bytes;
	size_t letters = worker->work->deadletter_max_bytes;
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
		.message_max_bytes = output > letters ? output : letters,
		.batch_max_bytes = output < letters ? output : letters,
		.properties = s->producer,
	};
	return producer_open(&config, &worker->producer, &worker->note);
}

/* In order: commit what is open, then leave the group. */
static enum transaction_action leave(struct worker *worker,
				     enum transaction_action action)
{
	if (action == ACTION_GO_ON)
		action = batch_commit(worker);
	if (action != ACTION_GO_ON)
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

static int rate_share(const struct settings *settings)
{
	if (settings->rate_max == 0 || settings->rate_max < settings->workers)
		return settings->rate_max;
	return settings->rate_max / settings->workers;
}

/* Another worker's transaction may be what hides the offsets: the partitions
 * go round until it is that worker's turn. */
static enum transaction_action end_forgotten(struct worker *worker)
{
	const struct settings *s = worker->work->settings;
	const struct forgotten forgotten = { s->output_topic,
					     s->deadletter_topic, s->group_id };

	log_event(LOG_WARN, "forgotten", LOG_INT("worker", worker->number),
		  LOG_STR("text",
			  "ends again what it had open, for the group's "
			  "offsets are hidden"),
		  LOG_END);
	return producer_end_forgotten(worker->producer, &forgotten,
				      worker->work->stop, &worker->note);
}

static enum transaction_action begin_life(struct worker *worker)
{
	worker->action = ACTION_GO_ON;
	worker->rewind = false;
	/* Each worker has its share of what the process may take. */
	throttle_init(&worker->throttle, rate_share(worker->work->settings),
		      clock_steady_ms());
	worker->caution = (struct caution){ .culprit.offset = -1 };
	ledger_count(worker->ledger, COUNTER_INCARNATIONS, 1);
	worker->fault = open_producer(worker);
	if (worker->fault)
		return ACTION_STOP;
	enum transaction_action action = producer_init(
		worker->producer, worker->work->stop, &worker->note);
	if (action == ACTION_STOP)
		advise_rights(worker);
	if (action != ACTION_GO_ON || atomic_load(worker->work->stop))
		return action;
	if (worker->untold &&
	    worker->work->settings->delivery == DELIVERY_EXACTLY_ONCE)
		action = end_forgotten(worker);
	/* Who has joined a group must leave it. */
	if (action != ACTION_GO_ON || atomic_load(worker->work->stop))
		return action;
	enum fault fault = open_consumer(worker);
	if (fault == FAULT_KAFKA)
		return ACTION_RENEW;
	worker->fault = fault;
	return fault ? ACTION_STOP : ACTION_GO_ON;
}

void incarnation_run(struct worker *worker)
{
	enum transaction_action action = begin_life(worker);

	if (action == ACTION_GO_ON)
		action = leave(worker, loop_run(worker));
	/* Not twice in a row: where it is the group's coordinator that is away,
	 * the next one waits for that as it joins. */
	worker->untold = worker->consumer &&
			 consumer_is_untold(worker->consumer);
	consumer_close(worker->consumer);
	producer_close(worker->producer);
	worker->consumer = NULL;
	worker->producer = NULL;
	report_gone(worker);
	worker->action = action;
}
