#include <inttypes.h>
#include <sys/resource.h>

#include "producer/library.h"
#include "stage/http/exposition.h"
#include "stage/http/state.h"
#include "stage/version.h"

static const double ms = 1e-3;
static const double us = 1e-6;

static void one(struct exposition *to, enum metric metric, double value)
{
	exposition_begin(to, metric);
	exposition_add(to, NULL, value);
}

static void put_process(struct exposition *to, const struct status *status)
{
	struct library library = { "", "" };
	struct reasons reasons;

	(void)library_get(0, &library);
	exposition_begin(to, METRIC_BUILD_INFO);
	exposition_add(to,
		       (struct label[]){ { "version", version_text() },
					 { library.name, library.version },
					 { NULL, NULL } },
		       1);
	exposition_begin(to, METRIC_VOCABULARY_INFO);
	exposition_add(to,
		       (struct label[]){ { "version", status->vocabulary },
					 { NULL, NULL } },
		       1);
	status_reasons(status, &reasons);
	one(to, METRIC_READY, reasons.count == 0);
	one(to, METRIC_WORKERS, (double)status->counters->count);
	one(to, METRIC_MEMORY, (double)memory_resident());
	one(to, METRIC_START_TIME, (double)status->started_wall_ms * ms);

	struct rusage usage;
	if (getrusage(RUSAGE_SELF, &usage))
		return;
	one(to, METRIC_CPU,
	    (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
		    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) *
			    us);
}

static void two(struct exposition *to, enum metric metric, const char *label,
		const char *const names[2], uint64_t first, uint64_t second)
{
	exposition_begin(to, metric);
	exposition_add(to,
		       (struct label[]){ { label, names[0] }, { NULL, NULL } },
		       (double)first);
	exposition_add(to,
		       (struct label[]){ { label, names[1] }, { NULL, NULL } },
		       (double)second);
}

static void put_work(struct exposition *to, const struct status *status)
{
	const struct histogram *times = status->totals.histograms;
	const uint64_t *values = status->totals.values;

	one(to, METRIC_GAPS, (double)values[COUNTER_GAPS]);
	one(to, METRIC_GAP_MESSAGES, (double)values[COUNTER_GAP_MESSAGES]);
	one(to, METRIC_INCARNATIONS, (double)values[COUNTER_INCARNATIONS]);
	two(to, METRIC_TRANSACTIONS, "outcome",
	    (const char *const[]){ "committed", "aborted" },
	    values[COUNTER_COMMITS], values[COUNTER_ABORTS]);
	two(to, METRIC_RELOADS, "result",
	    (const char *const[]){ "done", "refused" }, status->reloads,
	    status->reloads_refused);
	exposition_begin(to, METRIC_COMMIT_SECONDS);
	exposition_histogram(to, NULL, HISTOGRAM_COMMIT,
			     &times[HISTOGRAM_COMMIT]);
	exposition_begin(to, METRIC_STEP_SECONDS);
	exposition_histogram(to, &(struct label){ "step", "transform" },
			     HISTOGRAM_TRANSFORM, &times[HISTOGRAM_TRANSFORM]);
	exposition_histogram(to, &(struct label){ "step", "tag" },
			     HISTOGRAM_TAG, &times[HISTOGRAM_TAG]);
	exposition_histogram(to, &(struct label){ "step", "encode" },
			     HISTOGRAM_ENCODE, &times[HISTOGRAM_ENCODE]);
	exposition_begin(to, METRIC_LATENCY_SECONDS);
	exposition_histogram(to, NULL, HISTOGRAM_LATENCY,
			     &times[HISTOGRAM_LATENCY]);
}

static double lag_of(const struct status *status, const struct holding *holding)
{
	(void)status;
	return (double)holding_lag(holding);
}

static double lag_age_of(const struct status *status,
			 const struct holding *holding)
{
	return (double)(status->now_ms - holding->end_ms) * ms;
}

static double offset_of(const struct status *status,
			const struct holding *holding)
{
	(void)status;
	return (double)holding->next;
}

/* One sample for each partition whose end is known. */
static void by_partition(struct exposition *to, const struct status *status,
			 enum metric metric,
			 double (*of)(const struct status *,
				      const struct holding *))
{
	exposition_begin(to, metric);
	for (size_t i = 0; i < status->holding_count; i++) {
		const struct holding *h = &status->holdings[i].holding;
		char number[16];
		if (h->end < 0)
			continue;
		snprintf(number, sizeof number, "%" PRId32, h->partition);
		exposition_add(
			to,
			(struct label[]){
				{ "wire", status_wire_name(status, h->wire) },
				{ "partition", number },
				{ NULL, NULL } },
			of(status, h));
	}
}

static void put_wire(struct exposition *to, const struct status *status,
		     enum metric metric, size_t wire)
{
	int after_ms = quiet_after_ms(&status->settings->quiet_after,
				      status_wire_name(status, wire));
	int64_t since = status_silent_since_ms(status, wire);
	int64_t silent = status->now_ms - since;
	double value = (double)silent * ms;

	if (since == 0 || (metric != METRIC_WIRE_SILENCE && after_ms == 0))
		return;
	if (metric == METRIC_WIRE_QUIET_AFTER)
		value = (double)after_ms * ms;
	if (metric == METRIC_WIRE_QUIET)
		value = silent > after_ms;
	exposition_add(
		to,
		(struct label[]){ { "wire", status_wire_name(status, wire) },
				  { NULL, NULL } },
		value);
}

/* Of what comes, and of nothing else: a replay would be behind, and break the
 * silence, of wires that it does not listen to. */
static void put_input(struct exposition *to, const struct status *status)
{
	static const enum metric of_wires[] = { METRIC_WIRE_SILENCE,
						METRIC_WIRE_QUIET_AFTER,
						METRIC_WIRE_QUIET };

	by_partition(to, status, METRIC_PARTITION_LAG, lag_of);
	by_partition(to, status, METRIC_PARTITION_LAG_AGE, lag_age_of);
	by_partition(to, status, METRIC_PARTITION_OFFSET, offset_of);
	for (size_t m = 0; m < sizeof of_wires / sizeof *of_wires; m++) {
		exposition_begin(to, of_wires[m]);
		for (size_t i = 1; i < labels_count(&status->names.wires); i++)
			put_wire(to, status, of_wires[m], i);
	}
}

static double queue_of(const struct status *status, enum metric metric,
		       size_t worker)
{
	const struct presence *presence = &status->presences[worker];

	if (metric == METRIC_INPUT_QUEUE)
		return presence->input_queue;
	if (metric == METRIC_OUTPUT_QUEUE)
		return presence->output_queue;
	return presence->trouble_ms
		       ? (double)(status->now_ms - presence->trouble_ms) * ms
		       : 0;
}

static void put_workers(struct exposition *to, const struct status *status)
{
	static const enum metric of_workers[] = { METRIC_INPUT_QUEUE,
						  METRIC_OUTPUT_QUEUE,
						  METRIC_WORKER_TROUBLE };
	char number[24];

	for (size_t m = 0; m < sizeof of_workers / sizeof *of_workers; m++) {
		exposition_begin(to, of_workers[m]);
		for (size_t i = 0; i < status->counters->count; i++) {
			snprintf(number, sizeof number, "%zu", i);
			exposition_add(to,
				       (struct label[]){ { "worker", number },
							 { NULL, NULL } },
				       queue_of(status, of_workers[m], i));
		}
	}
}

void status_metrics(struct status *status, bool open_metrics,
		    struct buffer *out)
{
	struct exposition to = { .out = out, .open_metrics = open_metrics };

	pthread_mutex_lock(&status->lock);
	status_refresh(status);
	put_process(&to, status);
	flow_put(&to, status);
	put_work(&to, status);
	one(&to, METRIC_PARTITIONS, (double)status->holding_count);
	if (status->plan)
		replay_put(&to, status);
	else
		put_input(&to, status);
	put_workers(&to, status);
	pthread_mutex_unlock(&status->lock);
	exposition_end(&to);
}
