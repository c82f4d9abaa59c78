#include <stdlib.h>

#include "stage/clock.h"
#include "stage/cluster/preflight.h"
#include "stage/context.h"
#include "stage/progress.h"
#include "stage/replay/replay.h"
#include "stage/shutdown.h"

enum { ASK_MS = 500 };

static int64_t passed(const struct bound *bound, int64_t committed)
{
	if (committed < bound->start)
		return 0;
	return (committed < bound->end ? committed : bound->end) - bound->start;
}

enum fault replay_ask(struct cluster *cluster, const struct plan *plan,
		      struct replay_state *out, struct fault_note *note)
{
	int64_t *committed = calloc(plan->bounds.count + 1, sizeof *committed);
	enum fault fault = committed ? cluster_committed(cluster, plan->group,
							 &plan->bounds,
							 committed, note)
				     : FAULT_NO_MEMORY;

	*out = (struct replay_state){ .total = bounds_size(&plan->bounds) };
	for (size_t i = 0; !fault && i < plan->bounds.count; i++)
		out->done += passed(&plan->bounds.items[i], committed[i]);
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
static void attend(struct service *service, struct cluster *cluster,
		   const struct plan *plan, const sigset_t *signals,
		   struct replay_result *out)
{
	struct progress progress;
	struct fault_note ignored;
	int64_t next_ms = 0;

	progress_begin(&progress, "messages",
		       (size_t)bounds_size(&plan->bounds));
	while (!service_any_ended(service) && !out->interrupted) {
		out->interrupted = shutdown_next_signal(signals) >= 0;
		if (clock_steady_ms() < next_ms)
			continue;
		if (!replay_ask(cluster, plan, &out->state, &ignored)) {
			progress_show(&progress, (size_t)out->state.done);
			if (out->state.done == out->state.total)
				break;
		}
		next_ms = clock_steady_ms() + ASK_MS;
	}
	progress_clear(&progress);
}

static void take_totals(const struct counters *c, struct replay_result *out)
{
	out->consumed = counters_get(c, COUNTER_CONSUMED);
	out->published = counters_get(c, COUNTER_PUBLISHED);
	out->deadlettered = counters_get(c, COUNTER_DEADLETTERED);
	out->skipped = counters_get(c, COUNTER_SKIPPED);
	out->gap_messages = counters_get(c, COUNTER_GAP_MESSAGES);
}

static enum fault serve(const struct settings *settings,
			const struct context *context, struct service_task task,
			struct cluster *cluster, const struct plan *plan,
			const sigset_t *signals, struct replay_result *out,
			struct fault_note *note)
{
	struct service *service;
	enum fault fault = service_start(settings, &context->transform, task,
					 &service, note);

	if (fault)
		return fault;
	attend(service, cluster, plan, signals, out);
	shutdown_drain(service, settings, signals);
	take_totals(service_counters(service), out);
	fault = service_close(service, note);
	return fault ? fault : replay_ask(cluster, plan, &out->state, note);
}

enum fault replay_run(const struct settings *settings, const struct plan *plan,
		      const struct redrive *redrive, struct replay_result *out,
		      struct fault_note *note)
{
	struct service_task task = { .bounds = &plan->bounds,
				     .redrive = redrive };
	const sigset_t signals = shutdown_hold_signals();
	struct cluster *cluster = NULL;
	struct context context;

	*out = (struct replay_result){ .consumed = 0 };
	enum fault fault = context_open(settings, &context, note);
	if (!fault)
		fault = fly(settings, &task, note);
	if (!fault)
		fault = cluster_open(settings, &cluster, note);
	if (!fault)
		fault = serve(settings, &context, task, cluster, plan, &signals,
			      out, note);
	cluster_close(cluster);
	context_close(&context);
	return fault;
}
