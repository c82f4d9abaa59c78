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

static enum fault seek_to(struct consumer *consumer,
			  const struct position *position, int64_t offset,
			  struct fault_note *note)
{
	rd_kafka_topic_partition_list_t *list =
		rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_list_add(list, position->topic,
					  position->partition)
		->offset = offset;
	bool well = assignment_seek(consumer, list, note);

	rd_kafka_topic_partition_list_destroy(list);
	return well ? FAULT_NONE : FAULT_KAFKA;
}

/* It is there: the broker that said otherwise was not, or not yet, or not any
 * more, the one to ask. */
static enum fault read_on(struct consumer *consumer,
			  const rd_kafka_message_t *message,
			  const struct position *position,
			  struct fault_note *note)
{
	log_event(LOG_WARN, "reread", LOG_STR("topic", position->topic),
		  LOG_INT("partition", position->partition),
		  LOG_INT("offset", position->next),
		  LOG_STR("text", rd_kafka_message_errstr(message)), LOG_END);
	return seek_to(consumer, position, position->next, note);
}

static enum fault stop_at(const struct gap *gap, struct fault_note *note)
{
	if (gap->from > gap->to)
		return fault_noted(
			FAULT_KAFKA, note,
			"%s/%" PRId32 " ends at offset %" PRId64
			", and %" PRId64 " is the next to be read: it was cut "
			"off by an unclean election, or the topic made anew; "
			"set the group's offset, or gap=continue to go on at "
			"its end",
			gap->topic, gap->partition, gap->to, gap->from);
	return fault_noted(FAULT_KAFKA, note,
			   "retention deleted %s/%" PRId32
			   " from offset %" PRId64 " to %" PRId64
			   " before it was read; set gap=continue to "
			   "go on without it",
			   gap->topic, gap->partition, gap->from, gap->to);
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
	if (position->next >= low && position->next <= high)
		return read_on(consumer, message, position, note);

	/* Behind the end nothing is new but what comes: all before it was
	 * read, and would be published twice. */
	const struct gap gap = { topic, message->partition, position->next,
				 position->next < low ? low : high };
	report(consumer, &gap);
	if (consumer->config.gap == GAP_STOP) {
		*renewable = false;
		return stop_at(&gap, note);
	}
	/* Committed, or it would be found and counted again after a restart. */
	return seek_to(consumer, position, gap.to, note);
}
