#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/reader.h"
#include "stage/replay/request.h"
#include "transform/text/date.h"

enum {
	SAMPLE = 200, /* messages by whose size the bytes are reckoned */
	ASSUMED_RATE = 50000, /* messages a second, where rate.max is none */
	POLL_MS = 200,
	SAMPLE_POLLS = 25,
};

__attribute__((format(printf, 2, 3))) static void remark(struct plan *plan,
							 const char *format,
							 ...)
{
	va_list args;

	if (plan->remark_count == PLAN_REMARKS_MAX)
		return;
	va_start(args, format);
	vsnprintf(plan->remarks[plan->remark_count++], PLAN_REMARK_SIZE, format,
		  args);
	va_end(args);
}

/* Drop the partitions that were not asked for. */
static enum fault choose_partitions(struct plan *plan, const char *wanted,
				    struct fault_note *note)
{
	struct bounds *bounds = &plan->bounds;
	size_t kept = 0;
	bool valid = true;

	if (!wanted)
		return FAULT_NONE;
	for (size_t i = 0; i < bounds->count; i++) {
		struct bound one = bounds->items[i];
		if (partitions_hold(wanted, one.partition, &valid))
			bounds->items[kept++] = one;
		else
			free((char *)one.topic);
	}
	bounds->count = kept;
	if (!valid || kept == 0)
		return fault_noted(FAULT_CONFIG, note,
				   "--partitions=%.100s is no list, such as "
				   "0,3,5-7, of partitions that are there",
				   wanted);
	return FAULT_NONE;
}

static int compare(const void *a, const void *b)
{
	const struct bound *left = a, *right = b;
	int order = strcmp(left->topic, right->topic);

	if (order)
		return order;
	return (left->partition > right->partition) -
	       (left->partition < right->partition);
}

/* Of how many partitions the span is not all there; cut: one of the first. */
struct shortage {
	size_t cuts, ends; /* at its begin by retention, at its end */
	const struct bound *cut;
	bool later; /* its end is yet to come */
};

static void set_span(const struct plan_request *request, struct bound *bound,
		     const int64_t offsets[4], struct shortage *shortage)
{
	int64_t low = offsets[0], high = offsets[1];
	int64_t start = offsets[2], end = offsets[3];

	if (start < 0 || start > high)
		start = high;
	if (end < 0 || end > high) {
		shortage->ends += shortage->later;
		end = high;
	}
	/* A time before what is kept begins where that begins. */
	bool cut = request->from.at == OFFSET_NUMBER
			   ? start < low
			   : request->from.at == OFFSET_TIME && start == low;
	if (cut && low > 0 && shortage->cuts++ == 0)
		shortage->cut = bound;
	if (start < low)
		start = low;
	bound->start = start;
	bound->end = end > start ? end : start;
}

static void remark_shortage(struct plan *plan, const struct shortage *shortage)
{
	size_t all = plan->bounds.count;

	if (shortage->cuts)
		remark(plan,
		       "in %zu of %zu partitions retention has deleted what "
		       "was before the first offset, in %.100s/%" PRId32
		       " before %" PRId64 ": a part of the span may be gone",
		       shortage->cuts, all, shortage->cut->topic,
		       shortage->cut->partition, shortage->cut->start);
	if (shortage->ends)
		remark(plan,
		       "in %zu of %zu partitions the span ends behind the "
		       "last message: what is written from now on is not in "
		       "the plan",
		       shortage->ends, all);
}

/* The offsets of all partitions, four for each: what is there, what is asked
 * for. */
static enum fault find_spans(struct cluster *cluster, struct plan *plan,
			     const struct plan_request *request, int64_t now_ms,
			     struct fault_note *note)
{
	const struct offset_spec to = request->to;
	const struct offset_spec specs[4] = {
		{ OFFSET_EARLIEST, 0 }, { OFFSET_LATEST, 0 }, request->from, to
	};
	size_t count = plan->bounds.count;
	struct shortage shortage = {
		.later = to.at == OFFSET_NUMBER ||
			 (to.at == OFFSET_TIME && to.value > now_ms),
	};
	int64_t *found = calloc(4 * count + 1, sizeof *found);
	enum fault fault = found ? FAULT_NONE : FAULT_NO_MEMORY;

	for (size_t i = 0; !fault && i < 4; i++)
		fault = cluster_offsets(cluster, &plan->bounds, specs[i],
					found + i * count, note);
	for (size_t i = 0; !fault && i < count; i++) {
		const int64_t offsets[4] = { found[i], found[count + i],
					     found[2 * count + i],
					     found[3 * count + i] };
		set_span(request, &plan->bounds.items[i], offsets, &shortage);
	}
	free(found);
	remark_shortage(plan, &shortage);
	return fault;
}

/* The mean size of the first messages of the span. */
static int64_t sample_size(const struct settings *settings,
			   const struct bound *whole)
{
	const struct bound some = { whole->topic, whole->partition,
				    whole->start,
				    whole->end < whole->start + SAMPLE
					    ? whole->end
					    : whole->start + SAMPLE };
	const struct reader_config config = {
		.bootstrap_servers = settings->bootstrap_servers,
		.client_id = "wirestage-plan",
		.topic = some.topic,
		.bound = &some,
		.properties = settings->consumer,
	};
	struct reader *reader;
	struct fault_note ignored;
	const struct record *record;
	int64_t bytes = 0, count = 0;

	if (reader_open(&config, &reader, &ignored))
		return 0;
	for (int polls = 0;
	     polls < SAMPLE_POLLS && !reader_has_ended(reader);) {
		if (reader_next(reader, POLL_MS, &record, &ignored))
			break;
		polls += !record;
		count += record != NULL;
		bytes += record ? (int64_t)(record->key.len + record->value.len)
				: 0;
	}
	reader_close(reader);
	return count ? bytes / count : 0;
}

static void estimate(const struct settings *settings, struct plan *plan)
{
	int rate = settings->rate_max ? settings->rate_max : ASSUMED_RATE;

	plan->messages = bounds_size(&plan->bounds);
	plan->seconds = (plan->messages + rate - 1) / rate;
	for (size_t i = 0; i < plan->bounds.count; i++) {
		const struct bound *b = &plan->bounds.items[i];
		if (b->end <= b->start)
			continue;
		plan->bytes = plan->messages * sample_size(settings, b);
		return;
	}
	remark(plan, "the span is empty: no message lies in it");
}

static enum fault name_plan(const struct settings *settings,
			    const struct plan_request *request, int64_t now_ms,
			    struct plan *plan)
{
	char time[INSTANT_TEXT_SIZE];
	char *group;

	instant_format(now_ms, time);
	for (char *c = time; *c; c++)
		if (*c == ':' || *c == '.')
			*c = '-';
	if (asprintf(&group, "%s-%s-%s", settings->group_id, request->prefix,
		     time) < 0)
		group = NULL;
	plan->group = group;
	plan->from = strdup(request->from_text);
	plan->to = strdup(request->to_text);
	return group && plan->from && plan->to ? FAULT_NONE : FAULT_NO_MEMORY;
}

static enum fault add_partitions(struct cluster *cluster, const char *topic,
				 struct bounds *out, struct fault_note *note)
{
	size_t before = out->count;
	enum fault fault = cluster_partitions(cluster, topic, out, note);

	if (!fault && out->count == before)
		fault = fault_noted(FAULT_KAFKA, note,
				    "there is no topic %s; name one by --topic",
				    topic);
	return fault;
}

static enum fault find_partitions(struct cluster *cluster,
				  const struct settings *settings,
				  const struct plan_request *request,
				  struct plan *out, struct fault_note *note)
{
	enum fault fault = FAULT_NONE;

	if (request->topic)
		return add_partitions(cluster, request->topic, &out->bounds,
				      note);
	for (size_t i = 0; !fault && i < settings->input_topics.count; i++)
		fault = add_partitions(cluster, settings->input_topics.items[i],
				       &out->bounds, note);
	return fault;
}

enum fault plan_make(const struct settings *settings,
		     const struct plan_request *request, int64_t now_ms,
		     struct plan *out, struct fault_note *note)
{
	struct cluster *cluster = NULL;

	*out = (struct plan){ .group = NULL };
	enum fault fault = name_plan(settings, request, now_ms, out);
	if (!fault)
		fault = cluster_open(settings, &cluster, note);
	if (!fault)
		fault = find_partitions(cluster, settings, request, out, note);
	if (!fault)
		fault = choose_partitions(out, request->partitions, note);
	if (!fault)
		fault = find_spans(cluster, out, request, now_ms, note);
	cluster_close(cluster);
	if (fault)
		return fault;
	qsort(out->bounds.items, out->bounds.count, sizeof *out->bounds.items,
	      compare);
	estimate(settings, out);
	return FAULT_NONE;
}
