#include "consumer/reader.h"

#include <assert.h>
#include <stdlib.h>

#include "consumer/consumer.h"

enum { ANSWER_TIMEOUT_MS = 10000 };

struct partition_end {
	int64_t end; /* the first offset not to be read */
	bool reached;
};

struct reader {
	rd_kafka_t *kafka;
	rd_kafka_topic_partition_list_t *list; /* by number: first, .. */
	int32_t first;
	struct partition_end *ends; /* as list */
	bool is_bounded;
	size_t open_count; /* partitions not yet at their end */

	/* The message given out last, and the record that borrows it. */
	rd_kafka_message_t *message;
	struct record record;
	struct record_header *headers;
	size_t header_room;
};

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
	const struct kafka_properties ours_all = { ours,
						   sizeof ours / sizeof *ours };
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	enum fault fault = kafka_conf_set(conf, config->properties, note);

	if (!fault)
		fault = kafka_conf_set(conf, ours_all, note);
	if (fault) {
		rd_kafka_conf_destroy(conf);
		return fault;
	}
	kafka_conf_log(conf);
	reader->kafka = rd_kafka_new(RD_KAFKA_CONSUMER, conf, note->text,
				     sizeof note->text);
	if (!reader->kafka) {
		rd_kafka_conf_destroy(conf);
		return FAULT_CONFIG;
	}
	rd_kafka_poll_set_consumer(reader->kafka);
	return FAULT_NONE;
}

/* How many partitions the topic has, by the brokers. */
static enum fault count_partitions(struct reader *reader,
				   const struct reader_config *config,
				   int *count, struct fault_note *note)
{
	const struct rd_kafka_metadata *metadata;
	enum fault fault = FAULT_NONE;
	rd_kafka_topic_t *topic =
		rd_kafka_topic_new(reader->kafka, config->topic, NULL);

	if (!topic)
		return fault_noted(FAULT_CONFIG, note, "topic %s: %s",
				   config->topic,
				   rd_kafka_err2str(rd_kafka_last_error()));
	rd_kafka_resp_err_t err = rd_kafka_metadata(
		reader->kafka, 0, topic, &metadata, ANSWER_TIMEOUT_MS);
	rd_kafka_topic_destroy(topic);
	if (err)
		return fault_noted(FAULT_KAFKA, note,
				   "no broker at %s tells of topic %s: %s",
				   config->bootstrap_servers, config->topic,
				   rd_kafka_err2str(err));
	err = metadata->topic_cnt == 1
		      ? metadata->topics[0].err
		      : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
	if (err)
		fault = fault_noted(FAULT_KAFKA, note, "topic %s: %s",
				    config->topic, rd_kafka_err2str(err));
	else
		*count = metadata->topics[0].partition_cnt;
	rd_kafka_metadata_destroy(metadata);
	return fault;
}

/* Both ends of each partition: the later one bounds the reading, and either
 * may be the start. */
static rd_kafka_resp_err_t find_ends(struct reader *reader, enum start_at at)
{
	rd_kafka_topic_partition_list_t *list = reader->list;
	rd_kafka_resp_err_t err = RD_KAFKA_RESP_ERR_NO_ERROR;
	int64_t low, high;

	for (int i = 0; !err && i < list->cnt; i++) {
		rd_kafka_topic_partition_t *one = &list->elems[i];
		err = rd_kafka_query_watermark_offsets(
			reader->kafka, one->topic, one->partition, &low, &high,
			ANSWER_TIMEOUT_MS);
		if (err)
			break;
		reader->ends[i].end = high;
		one->offset = at == START_EARLIEST ? low : high;
	}
	return err;
}

/* The first offset of that time or later; where there is none, the end, which
 * find_ends() put there. */
static rd_kafka_resp_err_t find_times(struct reader *reader, int64_t time_ms)
{
	rd_kafka_topic_partition_list_t *list = reader->list, *times;

	times = rd_kafka_topic_partition_list_copy(list);
	for (int i = 0; i < times->cnt; i++)
		times->elems[i].offset = time_ms;
	rd_kafka_resp_err_t err = rd_kafka_offsets_for_times(
		reader->kafka, times, ANSWER_TIMEOUT_MS);
	for (int i = 0; !err && i < times->cnt; i++) {
		err = times->elems[i].err;
		if (!err && times->elems[i].offset >= 0)
			list->elems[i].offset = times->elems[i].offset;
	}
	rd_kafka_topic_partition_list_destroy(times);
	return err;
}

static struct partition_end *end_of(struct reader *reader, int32_t partition)
{
	return &reader->ends[partition - reader->first];
}

static void reach_end(struct reader *reader, struct partition_end *end)
{
	if (!end->reached)
		reader->open_count--;
	end->reached = true;
}

static enum fault assign(struct reader *reader,
			 const struct reader_config *config,
			 struct fault_note *note)
{
	rd_kafka_resp_err_t err = find_ends(reader, config->start.at);

	if (!err && config->start.at == START_TIME)
		err = find_times(reader, config->start.time_ms);
	if (!err)
		err = rd_kafka_assign(reader->kafka, reader->list);
	if (err)
		return fault_noted(FAULT_KAFKA, note,
				   "look up where topic %s begins: %s",
				   config->topic, rd_kafka_err2str(err));
	for (int i = 0; i < reader->list->cnt; i++)
		if (reader->list->elems[i].offset >= reader->ends[i].end)
			reach_end(reader, &reader->ends[i]);
	return FAULT_NONE;
}

/* Assign one span of one partition. */
static enum fault assign_bound(struct reader *reader, const struct bound *bound,
			       struct fault_note *note)
{
	reader->is_bounded = true;
	reader->ends[0].end = bound->end;
	reader->list->elems[0].offset = bound->start;
	if (bound->start >= bound->end)
		reach_end(reader, &reader->ends[0]);
	rd_kafka_resp_err_t err = rd_kafka_assign(reader->kafka, reader->list);
	return err ? fault_noted(FAULT_KAFKA, note, "read topic %s: %s",
				 bound->topic, rd_kafka_err2str(err))
		   : FAULT_NONE;
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
		fault = count_partitions(reader, config, &count, note);
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
	fault = config->bound ? assign_bound(reader, config->bound, note)
			      : assign(reader, config, note);
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
		if (event->offset >= end_of(reader, event->partition)->end)
			reach_end(reader, end_of(reader, event->partition));
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
	if (message->offset + 1 >= end_of(reader, message->partition)->end)
		reach_end(reader, end_of(reader, message->partition));
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
	    message->offset >= end_of(reader, message->partition)->end) {
		reach_end(reader, end_of(reader, message->partition));
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
