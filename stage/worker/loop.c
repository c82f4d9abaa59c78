#include "base/clock.h"
#include "stage/worker/state.h"

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

/* A position moves without a message past a gap, and to the end of a bounded
 * span whose last offsets hold none. */
static enum transaction_action begin_for_move(struct worker *worker)
{
	if (!consumer_has_moved(worker->consumer))
		return ACTION_GO_ON;
	return batch_begin(worker);
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
		return begin_for_move(worker);
	enum transaction_action action = take(worker, message);
	rd_kafka_message_destroy(message);
	return action;
}

/* Commit when it is time, and before a wait that rate.max asks for: no
 * transaction is held open through one. */
static enum transaction_action settle(struct worker *worker, bool dry)
{
	int64_t now = clock_steady_ms();
	int wait_ms = dry ? 0 : throttle_take(&worker->throttle, now);
	enum transaction_action action = ACTION_GO_ON;

	if (wait_ms > 0 || batch_is_due(worker, dry))
		action = batch_commit(worker);
	if (wait_ms > 0)
		wait_ms -= (int)(clock_steady_ms() - now);
	if (wait_ms > 0)
		clock_sleep_ms(wait_ms);
	return action;
}

enum transaction_action loop_run(struct worker *worker)
{
	enum transaction_action action = ACTION_GO_ON;
	bool dry = true;

	while (action == ACTION_GO_ON && !atomic_load(worker->work->stop)) {
		if (worker->rewind) {
			worker->rewind = false;
			if (!consumer_rewind(worker->consumer, &worker->note))
				return ACTION_RENEW;
		}
		if (!worker->batch.open && !scratch_renew(worker))
			return ACTION_STOP;
		/* Within a batch there is time for it only if nothing comes. */
		if (dry || !worker->batch.open)
			action = report(worker);
		if (action == ACTION_GO_ON)
			action = step(worker, &dry);
		if (action == ACTION_GO_ON)
			action = settle(worker, dry);
		if (action == ACTION_ABORT)
			action = go_back(worker);
	}
	return action;
}
