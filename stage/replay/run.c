#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "stage/cluster/preflight.h"
#include "stage/http/show.h"
#include "stage/replay/replay.h"
#include "stage/shutdown.h"
#include "stage/terminal/progress.h"

enum { ASK_MS = 500 };

/* A plan on its way; all is borrowed but passed. */
struct replay {
	const struct settings *settings;
	const struct plan *plan;
	const sigset_t *signals;
	struct cluster *cluster;
	struct service *service;
	int64_t *passed; /* of each of the plan's spans */
	struct replay_result *result;
};

static int64_t count_passed(const struct bound *bound, int64_t committed)
{
	if (committed < bound->start)
		return 0;
	return (committed < bound->end ? committed : bound->end) - bound->start;
}

enum fault replay_ask(struct cluster *cluster, const struct plan *plan,
		      int64_t *passed, struct replay_state *out,
		      struct fault_note *note)
{
	int64_t *committed = calloc(plan->bounds.count + 1, sizeof *committed);
	enum fault fault = committed ? cluster_committed(cluster, plan->group,
							 &plan->bounds,
							 committed, note)
				     : FAULT_NO_MEMORY;

	*out = (struct replay_state){ .total = bounds_size(&plan->bounds) };
	for (size_t i = 0; !fault && i < plan->bounds.count; i++) {
		int64_t done =
			count_passed(&plan->bounds.items[i], committed[i]);
		out->done += done;
		if (passed)
			passed[i] = done;
	}
	free(committed);
	return fault;
}

static enum fault fly(const struct settings *settings,
		      struct service_task *task, struct fault_note *note)
{
	static struct preflight preflight; /* too large for a stack */
	enum fault fault = preflight_run(settings, &preflight);

	if (fault && preflight.errors.count)
		(void)fault_noted(fault, note, "%s", preflight.errors.text[0]);
	task->output_max_bytes = preflight.output_max_bytes;
	task->deadletter_max_bytes = preflight.deadletter_max_bytes;
	return fault;
}

/* Until all is done, a signal comes or a worker ends by itself. Brokers that
 * do not answer for a while are asked again. */
static void attend(struct replay *replay, struct status *status)
{
	struct replay_result *result = replay->result;
	struct progress progress;
	struct fault_note ignored;
	int64_t next_ms = 0;

	progress_begin(&progress, "messages",
		       (size_t)bounds_size(&replay->plan->bounds));
	while (!service_any_ended(replay->service) && !result->interrupted) {
		result->interrupted = shutdown_next_signal(replay->signals) >=
				      0;
		status_tick(status);
		if (clock_steady_ms() < next_ms)
			continue;
		if (!replay_ask(replay->cluster, replay->plan, replay->passed,
				&result->state, &ignored)) {
			status_replayed(status, replay->passed);
			progress_show(&progress, (size_t)result->state.done);
			if (result->state.done == result->state.total)
				break;
		}
		next_ms = clock_steady_ms() + ASK_MS;
	}
	progress_clear(&progress);
	status_stopping(status);
}

static void take_totals(const struct counters *c, struct replay_result *out)
{
	out->consumed = counters_get(c, COUNTER_CONSUMED);
	out->published = counters_get(c, COUNTER_PUBLISHED);
	out->deadlettered = counters_get(c, COUNTER_DEADLETTERED);
	out->skipped = counters_get(c, COUNTER_SKIPPED);
	out->gap_messages = counters_get(c, COUNTER_GAP_MESSAGES);
	for (size_t i = 0; i < FAULT_COUNT; i++)
		out->faults[i] = counters_fault(c, (enum fault)i);
	for (size_t i = 0; i < SKIP_COUNT; i++)
		out->skips[i] = counters_skip(c, (enum skip)i);
}

/* Shown where http.address says; or not at all where that is in use: by the
 * service, it may be, if both have the same settings. */
static enum fault serve(struct replay *replay, const struct context *context,
			struct fault_note *note)
{
	struct show show = { NULL, NULL };
	enum fault fault = show_open(replay->settings, replay->service, context,
				     &replay->plan->bounds, &show, note);

	if (fault == FAULT_CONFIG) {
		fprintf(stderr, "wirestage: %s; it goes on unseen\n",
			note->text);
		fault = FAULT_NONE;
	}
	if (!fault)
		attend(replay, show.status);
	shutdown_drain(replay->service, replay->settings, replay->signals);
	show_close(&show);
	take_totals(service_counters(replay->service), replay->result);
	return fault;
}

static enum fault start(struct replay *replay, const struct context *context,
			struct service_task task, struct fault_note *note)
{
	enum fault fault = service_start(replay->settings, &context->transform,
					 task, &replay->service, note);

	if (fault)
		return fault;
	struct fault_note ended;
	enum fault shown = serve(replay, context, note);
	fault = service_close(replay->service, &ended);
	if (fault)
		*note = ended;
	else
		fault = shown;
	return fault ? fault
		     : replay_ask(replay->cluster, replay->plan, NULL,
				  &replay->result->state, note);
}

enum fault replay_run(const struct settings *settings, const struct plan *plan,
		      const struct redrive *redrive, struct replay_result *out,
		      struct fault_note *note)
{
	struct service_task task = { .bounds = &plan->bounds,
				     .redrive = redrive };
	const sigset_t signals = shutdown_hold_signals();
	struct replay replay = {
		.settings = settings,
		.plan = plan,
		.signals = &signals,
		.passed = calloc(plan->bounds.count + 1, sizeof(int64_t)),
		.result = out,
	};
	struct context context;

	*out = (struct replay_result){ .consumed = 0 };
	enum fault fault = context_open(settings, &context, note);
	if (!fault && !replay.passed)
		fault = FAULT_NO_MEMORY;
	if (!fault)
		fault = fly(settings, &task, note);
	if (!fault)
		fault = cluster_open(settings, &replay.cluster, note);
	if (!fault)
		fault = start(&replay, &context, task, note);
	cluster_close(replay.cluster);
	context_close(&context);
	free(replay.passed);
	return fault;
}
