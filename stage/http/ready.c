#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

#include "stage/http/json.h"
#include "stage/http/state.h"

enum {
	SECOND_MS = 1000,
	SILENT_MS = 10000, /* of a worker that comes round each second */
	TROUBLE_MS = 5000, /* an abort now and then is none */
	UNTOLD_MS = 30000, /* of a partition's end */
	STILL_MS = 15000,  /* the worker opens new clients after 30 s */
};

__attribute__((format(printf, 2, 3))) static void add(struct reasons *reasons,
						      const char *format, ...)
{
	va_list args;

	if (reasons->count == REASONS_MAX)
		return;
	va_start(args, format);
	vsnprintf(reasons->text[reasons->count++], REASON_SIZE, format, args);
	va_end(args);
}

static long long seconds(int64_t ms)
{
	return (long long)(ms / SECOND_MS);
}

static void look_at_worker(const struct status *status, size_t number,
			   struct reasons *reasons)
{
	const struct presence *presence = &status->presences[number];
	int64_t silent = status->now_ms - presence->told_ms;
	int64_t trouble = status->now_ms - presence->trouble_ms;

	if (presence->trouble_ms && trouble > TROUBLE_MS)
		add(reasons, "worker %zu has committed nothing for %lld s: %s",
		    number, seconds(trouble), presence->trouble);
	else if (presence->told_ms && silent > SILENT_MS)
		add(reasons,
		    "worker %zu has waited for the brokers for %lld s; is the "
		    "output reachable?",
		    number, seconds(silent));
	else if (!presence->joined)
		add(reasons,
		    "worker %zu has no assignment yet: it is not in group %s",
		    number, status->settings->group_id);
}

static void look_at_partition(const struct status *status,
			      const struct held *held, struct reasons *reasons)
{
	const struct holding *h = &held->holding;
	const char *topic = status_wire_name(status, h->wire);
	int64_t age = status->now_ms - h->end_ms;
	int64_t still = status->now_ms - h->waiting_ms;

	if (h->end >= 0 && age > UNTOLD_MS)
		add(reasons,
		    "the brokers have not told the end of %s/%" PRId32 " for "
		    "%lld s",
		    topic, h->partition, seconds(age));
	else if (h->waiting_ms && still > STILL_MS)
		add(reasons,
		    "%s/%" PRId32 " does not advance: for %lld s at offset "
		    "%" PRId64 ", %" PRId64 " messages before its end",
		    topic, h->partition, seconds(still), h->next,
		    holding_lag(h));
}

void status_reasons(const struct status *status, struct reasons *out)
{
	out->count = 0;
	if (status->stopping)
		add(out, "the process is about to end");
	for (size_t i = 0; i < status->counters->count; i++)
		look_at_worker(status, i, out);
	for (size_t i = 0; i < status->holding_count; i++)
		look_at_partition(status, &status->holdings[i], out);
}

bool status_readiness(struct status *status, struct buffer *out)
{
	struct reasons reasons;

	pthread_mutex_lock(&status->lock);
	status_refresh(status);
	status_reasons(status, &reasons);
	pthread_mutex_unlock(&status->lock);

	json_t *root = json_pack("{s:b, s:o}", "ready", reasons.count == 0,
				 "reasons", json_reasons(&reasons));
	json_finish(root, out);
	return reasons.count == 0;
}
