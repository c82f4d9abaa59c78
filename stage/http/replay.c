#include <inttypes.h>

#include "stage/http/exposition.h"
#include "stage/http/json.h"

static size_t shown_count(const struct bounds *plan)
{
	return plan->count < HOLDINGS_MAX ? plan->count : HOLDINGS_MAX;
}

static void put_spans(struct exposition *to, const struct status *status,
		      enum metric metric)
{
	exposition_begin(to, metric);
	for (size_t i = 0; i < shown_count(status->plan); i++) {
		const struct bound *bound = &status->plan->items[i];
		char number[16];
		snprintf(number, sizeof number, "%" PRId32, bound->partition);
		exposition_add(to,
			       (struct label[]){ { "wire", bound->topic },
						 { "partition", number },
						 { NULL, NULL } },
			       (double)(metric == METRIC_REPLAY_OFFSETS
						? bound_size(bound)
						: status->passed[i]));
	}
}

void replay_put(struct exposition *to, const struct status *status)
{
	put_spans(to, status, METRIC_REPLAY_OFFSETS);
	put_spans(to, status, METRIC_REPLAY_DONE);
}

static json_t *spans(const struct status *status)
{
	json_t *list = json_array();

	for (size_t i = 0; i < shown_count(status->plan); i++) {
		const struct bound *bound = &status->plan->items[i];
		json_array_append_new(
			list, json_pack("{s:o, s:i, s:I, s:I}", "topic",
					json_text(bound->topic), "partition",
					(int)bound->partition, "done",
					(json_int_t)status->passed[i], "total",
					(json_int_t)bound_size(bound)));
	}
	return list;
}

json_t *replay_json(const struct status *status)
{
	struct pace pace;

	if (!status->plan)
		return json_null();
	return json_pack("{s:I, s:I, s:o, s:o}", "done",
			 (json_int_t)status_passed(status), "total",
			 (json_int_t)bounds_size(status->plan), "per_second",
			 status_pace(status, &pace) ? json_real(pace.passed)
						    : json_null(),
			 "partitions", spans(status));
}
