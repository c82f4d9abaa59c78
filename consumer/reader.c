#include <assert.h>
#include <stdlib.h>

#include "consumer/consumer.h"
#include "consumer/reader_ends.h"
#include "kafka/client.h"

static enum fault open_client(struct reader *reader,
			      const struct reader_config *config,
			      struct fault_note *note)
{
	const struct kafka_property ours[] = {
		{ "bootstrap.servers", config->bootstrap_servers },
		{ "client.id", config->client_id },
		/* librdkafka wants one; it is neither joined nor asked. */
		{ "group.id", "wirestage-reader" },
		{ "auto.offset.reset", "earliest" },
		{ "enable.auto.commit", "false" },
		{ "enable.auto.offset.store", "false" },
		{ "enable.partition.eof", "true" },
		{ "isolation.level", "read_committed" },
		{ "allow.auto.create.topics", "false" },
	};
	const struct kafka_client_config client = {
		.type = RD_KAFKA_CONSUMER,
		.users = config->properties,
		.ours = KAFKA_PROPERTIES(ours),
	};
	enum fault fault = kafka_client_open(&client, &reader->kafka, note);

	if (!fault)
		rd_kafka_poll_set_consumer(reader->kafka);
	return fault;
}

enum fault reader_open(const struct reader_config *config, struct reader **out,
		       struct fault_note *note)
{
	assert(config && out && note);

	int count = 1;
	struct reader *reader = calloc(1, sizeof *reader);
	if (!reader)
		return FAULT_NO_MEMORY;
	enum fault fault = open_client(reader, config, note);
	if (!fault && !config->bound)
		fault = reader_count_partitions(reader, config, &count, note);
	if (fault)
		goto fail;

	fault = FAULT_NO_MEMORY;
	reader->is_bounded = config->ends;
	reader->open_count = (size_t)count;
	reader->ends = calloc((size_t)count + 1, sizeof *reader->ends);
	reader->list = rd_kafka_topic_partition_list_new(count);
	if (!reader->ends)
		goto fail;
	reader->first = config->bound ? config->bound->partition : 0;
	rd_kafka_topic_partition_list_add_range(reader->list, config->topic,
						reader->first,
						reader->first + count - 1);
	fault = reader_assign(reader, config, note);
	if (fault)
		goto fail;

	*out = reader;
	return FAULT_NONE;

fail:
	reader_close(reader);
	return fault;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	if (reader->message)
		rd_kafka_message_destroy(reader->message);
	if (reader->list)
		rd_kafka_topic_partition_list_destroy(reader->list);
	if (reader->kafka) {
		rd_kafka_consumer_close(reader->kafka);
		rd_kafka_destroy(reader->kafka);
	}
	free(reader->ends);
	free(reader->headers);
	free(reader);
}

/* What an event that is no message means. Brokers that are away come back, and
 * the client's log says so. */
static enum fault handle_error(struct reader *reader,
			       const rd_kafka_message_t *event,
			       struct fault_note *note)
{
	switch (event->err) {
	case RD_KAFKA_RESP_ERR__PARTITION_EOF:
		/* Behind it may be records not yet committed. */
		if (event->offset >=
		    reader_end_of(reader, event->partition)->end)
			reader_reach_end(reader,
					 reader_end_of(reader,
						       event->partition));
		return FAULT_NONE;
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR__FATAL:
		return fault_noted(FAULT_KAFKA, note, "%s",
				   rd_kafka_message_errstr(event));
	default:
		return FAULT_NONE;
	}
}

/* The message as reader->record. */
static enum fault take(struct reader *reader, rd_kafka_message_t *message)
{
	size_t count;

	while (!consumer_record(message, reader->headers, reader->header_room,
				&count, &reader->record)) {
		struct record_header *grown = realloc(
			reader->headers, count * sizeof *reader->headers);
		if (!grown)
			return FAULT_NO_MEMORY;
		reader->headers = grown;
		reader->header_room = count;
	}
	if (message->offset + 1 >=
	    reader_end_of(reader, message->partition)->end)
		reader_reach_end(reader,
				 reader_end_of(reader, message->partition));
	return FAULT_NONE;
}

enum fault reader_next(struct reader *reader, int timeout_ms,
		       const struct record **out, struct fault_note *note)
{
	assert(reader && out && note);

	if (reader->message)
		rd_kafka_message_destroy(reader->message);
	reader->message = NULL;
	*out = NULL;
	if (reader_has_ended(reader))
		return FAULT_NONE;

	rd_kafka_message_t *message =
		rd_kafka_consumer_poll(reader->kafka, timeout_ms);
	if (!message)
		return FAULT_NONE;
	reader->message = message;
	if (message->err)
		return handle_error(reader, message, note);
	/* What was written since it was opened is not asked for. */
	if (reader->is_bounded &&
	    message->offset >= reader_end_of(reader, message->partition)->end) {
		reader_reach_end(reader,
				 reader_end_of(reader, message->partition));
		return FAULT_NONE;
	}
	enum fault fault = take(reader, message);
	if (!fault)
		*out = &reader->record;
	return fault;
}

bool reader_has_ended(const struct reader *reader)
{
	return reader->is_bounded && reader->open_count == 0;
}

enum fault reader_each(const struct reader_config *config,
		       enum fault (*each)(void *opaque,
					  const struct record *record,
					  struct fault_note *note),
		       void *opaque, struct fault_note *note)
{
	assert(config->ends || config->bound);

	enum { POLL_MS = 200 };
	const struct record *record;
	struct reader *reader;
	enum fault fault = reader_open(config, &reader, note);

	if (fault)
		return fault;
	while (!fault && !reader_has_ended(reader)) {
		fault = reader_next(reader, POLL_MS, &record, note);
		if (!fault && record)
			fault = each(opaque, record, note);
	}
	reader_close(reader);
	return fault;
}
