#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "stage/worker/state.h"

enum {
	DRY_MS = 1, /* how long the input must be silent to count as dry */
	REPEAT_PAUSE_MS = 50,
};

static void close_batch(struct worker *worker)
{
	struct batch *batch = &worker->batch;

	if (batch->member)
		rd_kafka_consumer_group_metadata_destroy(batch->member);
	batch->member = NULL;
	batch->open = false;
	batch->messages = 0;
	batch->stamp_count = 0;
	tally_clear(&batch->tally);
}

enum transaction_action batch_begin(struct worker *worker)
{
	struct batch *batch = &worker->batch;

	if (batch->open)
		return ACTION_GO_ON;
	batch->member = consumer_member(worker->consumer);
	if (!batch->member) {
		(void)fault_noted(FAULT_KAFKA, &worker->note,
				  "the group has dropped this member");
		return ACTION_ABORT;
	}
	batch->open = true;
	batch->begun_ms = clock_steady_ms();
	return producer_begin(worker->producer, &worker->note);
}

static enum transaction_action commit_transaction(struct worker *worker)
{
	rd_kafka_topic_partition_list_t *offsets =
		consumer_moved(worker->consumer);
	enum transaction_action action = producer_commit(
		worker->producer, offsets, worker->batch.member, &worker->note);

	rd_kafka_topic_partition_list_destroy(offsets);
	if (action == ACTION_GO_ON)
		consumer_settle(worker->consumer);
	return action;
}

static enum transaction_action judge_offsets(const struct worker *worker,
					     rd_kafka_resp_err_t err,
					     int64_t begun_ms)
{
	enum transaction_action action =
		transaction_next(STEP_OFFSETS, transaction_error_of_code(err));

	if (action != ACTION_REPEAT)
		return action;
	/* As in a transaction: who waits for ever does not poll. */
	if (clock_steady_ms() - begun_ms >=
	    worker->work->settings->transaction_timeout_ms)
		return ACTION_RENEW;
	clock_sleep_ms(REPEAT_PAUSE_MS);
	return ACTION_REPEAT;
}

/* Records first, then the offsets: what dies between is sent again. */
static enum transaction_action commit_offsets(struct worker *worker)
{
	enum transaction_action action =
		producer_flush(worker->producer, &worker->note);
	if (action != ACTION_GO_ON)
		return action;

	int64_t begun_ms = clock_steady_ms();
	rd_kafka_resp_err_t err;
	do {
		err = consumer_commit(worker->consumer);
		action = judge_offsets(worker, err, begun_ms);
	} while (action == ACTION_REPEAT);
	if (action != ACTION_GO_ON)
		(void)fault_noted(FAULT_KAFKA, &worker->note,
				  "commit-offsets: %s", rd_kafka_err2str(err));
	return action;
}

static bool same_spot(const struct spot *a, const struct spot *b)
{
	return a->offset == b->offset && a->partition == b->partition &&
	       !strcmp(a->topic, b->topic);
}

static void be_less_cautious(struct caution *caution, const struct spot *done)
{
	if (caution->remaining > 0)
		caution->remaining--;
	if (same_spot(&caution->culprit, done))
		caution->culprit.offset = -1;
}

enum transaction_action batch_commit(struct worker *worker)
{
	struct batch *batch = &worker->batch;

	if (!batch->open)
		return ACTION_GO_ON;
	int64_t begun_us = clock_steady_us();
	enum transaction_action action = worker->work->settings->delivery ==
							 DELIVERY_EXACTLY_ONCE
						 ? commit_transaction(worker)
						 : commit_offsets(worker);
	if (action != ACTION_GO_ON)
		return action;

	count_commit(worker, begun_us);
	worker->aborts = worker->renewals = 0;
	worker->committed_ms = clock_steady_ms();
	be_less_cautious(&worker->caution, &batch->last);
	close_batch(worker);
	return ACTION_GO_ON;
}

/* One by one from here on, or, if it was one, that is the culprit. False: as
 * a dead letter by reference it was refused as well. */
static bool be_cautious(struct worker *worker)
{
	const struct batch *batch = &worker->batch;
	struct caution *caution = &worker->caution;
	rd_kafka_resp_err_t code;

	if (!producer_refused(worker->producer, &code))
		return true;
	log_event(LOG_WARN, "record-refused",
		  LOG_STR("error", rd_kafka_err2name(code)),
		  LOG_INT("messages", (int64_t)batch->messages),
		  LOG_STR("topic", batch->last.topic),
		  LOG_INT("partition", batch->last.partition),
		  LOG_INT("offset", batch->last.offset), LOG_END);
	if (batch->messages > 1) {
		caution->remaining = batch->messages;
		return true;
	}
	if (same_spot(&caution->culprit, &batch->last))
		return false;
	caution->culprit = batch->last;
	return true;
}

enum transaction_action batch_abort(struct worker *worker)
{
	if (!worker->batch.open) {
		/* A gap that was found will be again, maybe by another. */
		tally_clear(&worker->batch.tally);
		return ACTION_GO_ON;
	}
	log_event(LOG_WARN, "abort", LOG_INT("worker", worker->number),
		  LOG_INT("messages", (int64_t)worker->batch.messages),
		  LOG_STR("text", worker->note.text), LOG_END);
	struct fault_note cause = worker->note;
	ledger_trouble(worker->ledger, cause.text, clock_steady_ms());
	enum transaction_action action =
		producer_abort(worker->producer, &worker->note);

	if (action != ACTION_GO_ON)
		log_event(LOG_WARN, "abort-failed",
			  LOG_INT("worker", worker->number),
			  LOG_STR("text", worker->note.text), LOG_END);
	/* What lost the batch is what counts, not what came of that. */
	worker->note = cause;
	if (!be_cautious(worker))
		action = ACTION_STOP;
	close_batch(worker);
	ledger_count(worker->ledger, COUNTER_ABORTS, 1);
	return action;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

bool batch_is_due(const struct worker *worker, bool dry)
{
	const struct settings *settings = worker->work->settings;
	const struct batch *batch = &worker->batch;

	if (!batch->open)
		return false;
	if (worker->caution.remaining > 0 ||
	    worker->caution.culprit.offset >= 0 ||
	    batch->messages >= (size_t)settings->commit_messages)
		return true;

	int64_t now = clock_steady_ms();
	return now - batch->begun_ms >= settings->commit_interval_ms ||
	       (dry &&
		now - worker->committed_ms >= settings->commit_interval_min_ms);
}

int batch_patience_ms(const struct worker *worker, bool dry)
{
	const struct settings *settings = worker->work->settings;
	enum { IDLE_MS = 100 }; /* how late a stop may be seen */

	if (!worker->batch.open)
		return IDLE_MS;
	if (!dry)
		return DRY_MS;
	int64_t wait = worker->committed_ms + settings->commit_interval_min_ms -
		       clock_steady_ms();
	return wait > DRY_MS ? (int)least(wait, IDLE_MS) : DRY_MS;
}
