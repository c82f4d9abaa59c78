#include <inttypes.h>
#include <stdio.h>

#include "base/log.h"
#include "consumer/handle.h"

static void report(struct consumer *consumer, const struct gap *gap)
{
	log_event(LOG_WARN, "gap", LOG_STR("topic", gap->topic),
		  LOG_INT("partition", gap->partition),
		  LOG_INT("from", gap->from), LOG_INT("to", gap->to),
		  LOG_INT("messages",
			  gap->to > gap->from ? gap->to - gap->from : 0),
		  LOG_STR("policy", consumer->config.gap == GAP_STOP ? "stop"
								     : "continu"
								       "e"),
		  LOG_END);
	consumer->config.events.gap_found(consumer->config.events.worker, gap);
}

static bool skip(struct consumer *consumer, const struct gap *gap,
		 struct fault_note *note)
{
	rd_kafka_topic_partition_list_t *list =
		rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(list, gap->topic, gap->partition)
		->offset = gap->to;
	bool well = assignment_restart(consumer, list, note);
	struct position *position = positions_find(&consumer->positions,
						   gap->topic, gap->partition);

	/* Committed with the next batch, or it would be found and counted
	 * again after a restart. */
	if (position)
		position->moved = true;
	rd_kafka_topic_partition_list_destroy(list);
	return well;
}

enum fault gap_handle(struct consumer *consumer,
		      const rd_kafka_message_t *message, bool *renewable,
		      struct fault_note *note)
{
	const char *topic = rd_kafka_topic_name(message->rkt);
	struct position *position =
		positions_find(&consumer->positions, topic, message->partition);
	int64_t low, high;

	*renewable = true;
	if (!position || position->done) /* revoked, or no longer read */
		return FAULT_NONE;
	rd_kafka_resp_err_t err = rd_kafka_query_watermark_offsets(
		consumer->kafka, topic, message->partition, &low, &high,
		BROKER_TIMEOUT_MS);
	if (err)
		return fault_noted(FAULT_KAFKA, note,
				   "ask for the first offset of %s/%" PRId32
				   ": %s",
				   topic, message->partition,
				   rd_kafka_err2str(err));

	const struct gap gap = { topic, message->partition, position->next,
				 low };
	report(consumer, &gap);
	if (consumer->config.gap == GAP_STOP) {
		*renewable = false;
		return fault_noted(FAULT_KAFKA, note,
				   "retention deleted %s/%" PRId32
				   " from offset %" PRId64 " to %" PRId64
				   " before it was read; set gap=continue to "
				   "go on without it",
				   topic, gap.partition, gap.from, gap.to);
	}
	return skip(consumer, &gap, note) ? FAULT_NONE : FAULT_KAFKA;
}
