#include "stage/worker/worker.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "stage/worker/state.h"

/* Incarnations in a row that committed nothing, before the process ends. */
enum { RENEWALS_MAX = 10, RENEWAL_PAUSE_MS = 500 };

/* One that lasted had nothing to commit, or waited for an output that is away:
 * that would not come sooner for the process's end. */
static void live(struct worker *worker)
{
	int64_t begun_ms = clock_steady_ms();

	incarnation_run(worker);
	if (clock_steady_ms() - begun_ms >=
	    worker->work->settings->transaction_timeout_ms)
		worker->renewals = 0;
}

static bool go_on(struct worker *worker)
{
	if (worker->action == ACTION_STOP)
		return false;
	return !atomic_load(worker->work->stop) &&
	       worker->renewals < RENEWALS_MAX;
}

static void *worker_main(void *opaque)
{
	struct worker *worker = opaque;

	live(worker);
	while (go_on(worker)) {
		log_event(LOG_WARN, "renew", LOG_INT("worker", worker->number),
			  LOG_STR("text", worker->note.text), LOG_END);
		ledger_trouble(worker->ledger, worker->note.text,
			       clock_steady_ms());
		worker->renewals++;
		worker->aborts = 0;
		clock_sleep_ms(RENEWAL_PAUSE_MS);
		live(worker);
	}
	if (!worker->fault &&
	    (!atomic_load(worker->work->stop) || worker->action == ACTION_STOP))
		worker->fault = FAULT_KAFKA;
	ledger_settle(worker->ledger, true);
	atomic_store(&worker->ended, true);
	return NULL;
}

enum fault worker_start(const struct work *work, unsigned number,
			struct worker **out, struct fault_note *note)
{
	assert(work && out && note);

	enum fault fault = FAULT_NO_MEMORY;
	struct worker *worker = calloc(1, sizeof *worker);
	if (!worker)
		goto fail;
	worker->work = work;
	worker->number = number;
	worker->ledger = &work->counters->ledgers[number];

	(void)fault_noted(fault, note, "out of memory for worker %u", number);
	if (!scratch_init(worker, note))
		goto fail;
	if (pthread_create(&worker->thread, NULL, worker_main, worker))
		goto fail;

	*out = worker;
	return FAULT_NONE;

fail:
	if (worker)
		scratch_release(worker);
	free(worker);
	return fault;
}

bool worker_has_ended(const struct worker *worker)
{
	return atomic_load(&worker->ended);
}

enum fault worker_join(struct worker *worker, struct fault_note *note)
{
	pthread_join(worker->thread, NULL);

	enum fault fault = worker->fault;
	if (fault)
		*note = worker->note;
	scratch_release(worker);
	free(worker);
	return fault;
}

const struct hold *worker_hold(const struct worker *worker)
{
	return &worker->hold;
}
