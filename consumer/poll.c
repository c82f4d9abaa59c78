#include <assert.h>
#include <inttypes.h>

#include "base/log.h"
#include "consumer/handle.h"

/* A partition is read up to event's offset. Its last offsets may hold no
 * message: control records, or what was aborted or compacted. */
static void take_end(struct consumer *consumer, const rd_kafka_message_t *event)
{
	struct position *position = positions_find(
		&consumer->positions, rd_kafka_topic_name(event->rkt),
		event->partition);

	if (!position)
		return;
	position->reached = event->offset;
	if (event->offset >= position->end)
		assignment_finish(consumer, position);
}

/* What an event that is no message means for the consumer. */
static enum fault handle_error(struct consumer *consumer,
			       const rd_kafka_message_t *event, bool *renewable,
			       struct fault_note *note)
{
	*renewable = true;
	switch (event->err) {
	case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
		return gap_handle(consumer, event, renewable, note);
	case RD_KAFKA_RESP_ERR__PARTITION_EOF:
		take_end(consumer, event);
		return FAULT_NONE;
	case RD_KAFKA_RESP_ERR__FATAL:
		rd_kafka_fatal_error(consumer->kafka, note->text,
				     sizeof note->text);
		return FAULT_KAFKA;
	case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
		*renewable = false;
		return fault_noted(FAULT_KAFKA, note,
				   "group %s: no right to read with it; allow "
				   "the user READ on the group",
				   consumer->config.group_id);
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
		*renewable = false;
		return fault_noted(FAULT_KAFKA, note,
				   "input.topics: no right to read one; allow "
				   "the user READ and DESCRIBE on it: %s",
				   rd_kafka_message_errstr(event));
	default:
		/* The client goes on by itself: a broker is away, a topic is
		 * not there yet. */
		log_event(LOG_WARN, "consumer",
			  LOG_STR("error", rd_kafka_err2name(event->err)),
			  LOG_STR("text", rd_kafka_message_errstr(event)),
			  LOG_END);
		return FAULT_NONE;
	}
}

/* Whether message is the partition's next, or later: none is taken twice, and
 * none of a partition that is not ours. */
static bool take(struct consumer *consumer, const rd_kafka_message_t *message)
{
	struct position *position = positions_find(
		&consumer->positions, rd_kafka_topic_name(message->rkt),
		message->partition);

	if (!position || position->done || message->offset < position->next)
		return false;
	if (message->offset >= position->end) {
		assignment_finish(consumer, position);
		return false;
	}
	position->next = message->offset + 1;
	position->came = true;
	if (position->next >= position->end)
		assignment_finish(consumer, position);
	return true;
}

/* Unless the read is bounded, a partition's end is nothing to stop for. */
static rd_kafka_message_t *next_event(struct consumer *consumer, int timeout_ms)
{
	for (;;) {
		rd_kafka_message_t *event =
			rd_kafka_consumer_poll(consumer->kafka, timeout_ms);
		if (!event || consumer->config.bounds ||
		    event->err != RD_KAFKA_RESP_ERR__PARTITION_EOF)
			return event;
		take_end(consumer, event);
		rd_kafka_message_destroy(event);
	}
}

enum fault consumer_poll(struct consumer *consumer, int timeout_ms,
			 rd_kafka_message_t **out, bool *renewable,
			 struct fault_note *note)
{
	rd_kafka_message_t *message = next_event(consumer, timeout_ms);
	enum fault fault = FAULT_NONE;

	*out = NULL;
	if (consumer->broken) {
		*note = consumer->broken_note;
		*renewable = consumer->broken_renewable;
		fault = consumer->broken;
	} else if (message && message->err) {
		fault = handle_error(consumer, message, renewable, note);
	} else if (message && take(consumer, message)) {
		*out = message;
		return FAULT_NONE;
	}
	if (message)
		rd_kafka_message_destroy(message);
	return fault;
}

static struct slice bytes(const void *ptr, size_t len)
{
	return (struct slice){ ptr, ptr ? len : 0 };
}

/* All headers of message into headers; returns how many there are, though no
 * more than room are written. */
static size_t list_headers(rd_kafka_message_t *message,
			   struct record_header *headers, size_t room)
{
	rd_kafka_headers_t *list;
	size_t count = 0;
	const char *name;
	const void *value;
	size_t size;

	if (rd_kafka_message_headers(message, &list))
		return 0;
	while (!rd_kafka_header_get_all(list, count, &name, &value, &size)) {
		if (count < room)
			headers[count] =
				(struct record_header){ slice_from(name),
							bytes(value, size) };
		count++;
	}
	return count;
}

bool consumer_record(rd_kafka_message_t *message, struct record_header *headers,
		     size_t room, size_t *count, struct record *out)
{
	rd_kafka_timestamp_type_t type;
	int64_t timestamp_ms = rd_kafka_message_timestamp(message, &type);

	*count = list_headers(message, headers, room);
	if (*count > room)
		return false;
	*out = (struct record){
		.topic = slice_from(rd_kafka_topic_name(message->rkt)),
		.partition = message->partition,
		.offset = message->offset,
		.timestamp_ms = type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
					? -1
					: timestamp_ms,
		.key = bytes(message->key, message->key_len),
		.value = bytes(message->payload, message->len),
		.headers = headers,
		.header_count = *count,
	};
	return true;
}
