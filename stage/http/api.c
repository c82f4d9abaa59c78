#include <stdlib.h>

#include "base/clock.h"
#include "producer/library.h"
#include "stage/http/json.h"
#include "stage/version.h"

enum { LATENCY_MINUTES = 5, US_PER_MS = 1000 };

static json_t *count(uint64_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *totals(const struct status *status)
{
	json_t *object = json_object();

	for (size_t i = 0; i < COUNTER_COUNT; i++)
		json_object_set_new(object, counter_name((enum counter)i),
				    count(status->totals.values[i]));
	return object;
}

/* Messages a second over the last ticks; null before there are two. */
static json_t *rate(const struct status *status)
{
	struct pace pace;

	if (!status_pace(status, &pace))
		return json_null();
	return json_pack("{s:f, s:f}", "consumed", pace.consumed, "published",
			 pace.published);
}

/* A bound in ms that the share of all did not pass; null: nothing came. */
static json_t *quantile(const struct histogram *histogram, double share)
{
	int64_t us = histogram_quantile_us(histogram, share);

	return us < 0 ? json_null() : json_real((double)us / US_PER_MS);
}

static json_t *latency(const struct status *status)
{
	struct histogram recent;

	history_latency(&status->history, LATENCY_MINUTES, &recent);
	return json_pack("{s:i, s:o, s:o, s:o}", "minutes", LATENCY_MINUTES,
			 "p50_ms", quantile(&recent, 0.5), "p95_ms",
			 quantile(&recent, 0.95), "p99_ms",
			 quantile(&recent, 0.99));
}

/* [published, deadlettered, skipped] of each minute, the oldest first; the
 * last is not yet over. */
static json_t *minutes(const struct status *status)
{
	const struct history *history = &status->history;
	json_t *list = json_array();

	for (size_t i = 0; i <= history_count(history); i++) {
		const struct minute *m = history_minute(history, i);
		json_array_append_new(
			list, json_pack("[i,i,i]", (int)m->published,
					(int)m->deadlettered, (int)m->skipped));
	}
	return list;
}

static json_t *wire(const struct status *status, size_t number,
		    const struct minute_detail *hour)
{
	const struct wire_tally *tally = &status->totals.wires[number];
	const char *name = status_wire_name(status, number);
	int64_t since = status_silent_since_ms(status, number);
	uint64_t rejected = 0;

	for (size_t i = 0; i < FAULT_COUNT; i++)
		rejected += tally->faults[i];
	return json_pack(
		"{s:o, s:i, s:o, s:o, s:o, s:b, s:o, s:i, s:b}", "name",
		json_text(name), "partitions", (int)status->wires[number].held,
		"consumed", count(tally->consumed), "deadlettered",
		count(rejected), "silent_ms",
		since ? json_integer(status->now_ms - since) : json_null(),
		"heard", tally->last_ms > 0, "last_hour",
		json_integer(hour->wires[number]), "quiet_after_ms",
		quiet_after_ms(&status->settings->quiet_after, name), "quiet",
		status->wires[number].quiet);
}

static json_t *wires(const struct status *status,
		     const struct minute_detail *hour)
{
	json_t *list = json_array();

	for (size_t i = 0; i < labels_count(&status->names.wires); i++)
		if (status->wires[i].held > 0 ||
		    status->totals.wires[i].consumed > 0)
			json_array_append_new(list, wire(status, i, hour));
	return list;
}

static json_t *topics(const struct status *status,
		      const struct minute_detail *hour)
{
	json_t *list = json_array();

	for (size_t i = 0; i < labels_count(&status->names.topics); i++)
		if (hour->topics[i] > 0)
			json_array_append_new(
				list,
				json_pack("{s:o, s:I}", "topic",
					  json_text(labels_name(
						  &status->names.topics, i)),
					  "count",
					  (json_int_t)hour->topics[i]));
	return list;
}

static int newest_first(const void *a, const void *b)
{
	const struct example *left = a, *right = b;

	return (left->time_ms < right->time_ms) -
	       (left->time_ms > right->time_ms);
}

static json_t *examples(const struct status *status, enum fault fault)
{
	struct example sorted[EXAMPLES_MAX];
	json_t *list = json_array();

	memcpy(sorted, status->totals.examples[fault], sizeof sorted);
	qsort(sorted, EXAMPLES_MAX, sizeof *sorted, newest_first);
	for (size_t i = 0; i < EXAMPLES_MAX && sorted[i].time_ms > 0; i++)
		json_array_append_new(
			list,
			json_pack("{s:o, s:i, s:I, s:i, s:I, s:I}", "topic",
				  json_text(status_wire_name(status,
							     sorted[i].wire)),
				  "partition", (int)sorted[i].partition,
				  "offset", (json_int_t)sorted[i].offset,
				  "part", (int)sorted[i].part, "at",
				  (json_int_t)sorted[i].at, "time",
				  (json_int_t)sorted[i].time_ms));
	return list;
}

static json_t *deadletters(const struct status *status,
			   const struct minute_detail *hour)
{
	json_t *list = json_array();

	for (size_t i = 0; i < FAULT_COUNT; i++)
		if (status->totals.faults[i] > 0)
			json_array_append_new(
				list,
				json_pack("{s:s, s:s, s:o, s:I, s:o}", "fault",
					  fault_name((enum fault)i), "text",
					  fault_text((enum fault)i), "count",
					  count(status->totals.faults[i]),
					  "last_hour",
					  (json_int_t)hour->faults[i],
					  "examples",
					  examples(status, (enum fault)i)));
	return list;
}

static json_t *worker(const struct status *status, size_t number)
{
	const struct presence *p = &status->presences[number];
	json_t *object = json_pack(
		"{s:i, s:b, s:o, s:i, s:i}", "number", (int)number, "joined",
		p->joined, "age_ms",
		p->told_ms ? json_integer(status->now_ms - p->told_ms)
			   : json_null(),
		"input_queue", p->input_queue, "output_queue", p->output_queue);

	if (p->trouble_ms) {
		json_object_set_new(object, "trouble", json_text(p->trouble));
		json_object_set_new(
			object, "trouble_ms",
			json_integer(status->now_ms - p->trouble_ms));
	}
	return object;
}

static json_t *workers(const struct status *status)
{
	json_t *list = json_array();

	for (size_t i = 0; i < status->counters->count; i++)
		json_array_append_new(list, worker(status, i));
	return list;
}

static json_t *partitions(const struct status *status)
{
	json_t *list = json_array();

	for (size_t i = 0; i < status->holding_count; i++) {
		const struct held *held = &status->holdings[i];
		const struct holding *h = &held->holding;
		bool told = h->end >= 0;
		json_array_append_new(
			list,
			json_pack("{s:o, s:i, s:i, s:I, s:o, s:o}", "topic",
				  json_text(status_wire_name(status, h->wire)),
				  "partition", (int)h->partition, "worker",
				  (int)held->worker, "next",
				  (json_int_t)h->next, "lag",
				  told ? json_integer(holding_lag(h))
				       : json_null(),
				  "lag_age_ms",
				  told ? json_integer(status->now_ms - h->end_ms)
				       : json_null()));
	}
	return list;
}

static json_t *libraries(void)
{
	json_t *list = json_array();
	struct library library;

	for (size_t i = 0; library_get(i, &library); i++)
		json_array_append_new(list, json_pack("[s,s]", library.name,
						      library.version));
	return list;
}

static json_t *process(const struct status *status)
{
	const struct settings *settings = status->settings;
	bool exactly = settings->delivery == DELIVERY_EXACTLY_ONCE;

	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:I, s:I, s:I}",
			 "version", version_text(), "libraries", libraries(),
			 "vocabulary", json_text(status->vocabulary), "group",
			 json_text(settings->group_id), "instance",
			 json_text(settings->instance), "output",
			 json_text(settings->output_topic), "delivery",
			 exactly ? "exactly-once" : "at-least-once",
			 "uptime_ms",
			 (json_int_t)(status->now_ms - status->started_ms),
			 "memory", (json_int_t)memory_resident(), "now",
			 (json_int_t)clock_wall_ms());
}

void status_json(struct status *status, struct buffer *out)
{
	static const char *const names[] = {
		"process",     "reasons", "totals",	"rate",
		"latency",     "minutes", "wires",	"topics",
		"deadletters", "workers", "partitions", "replay",
	};
	struct minute_detail hour;
	struct reasons reasons;

	pthread_mutex_lock(&status->lock);
	status_refresh(status);
	history_enter(&status->history, &status->totals, status->now_ms);
	history_hour(&status->history, &hour);
	status_reasons(status, &reasons);
	json_t *const values[] = {
		process(status),
		json_reasons(&reasons),
		totals(status),
		rate(status),
		latency(status),
		minutes(status),
		wires(status, &hour),
		topics(status, &hour),
		deadletters(status, &hour),
		workers(status),
		partitions(status),
		replay_json(status),
	};
	pthread_mutex_unlock(&status->lock);

	json_t *root = json_object();
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		json_object_set_new(root, names[i], values[i]);
	json_finish(root, out);
}
