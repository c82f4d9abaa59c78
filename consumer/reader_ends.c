#include "consumer/reader_ends.h"

#include "kafka/topic.h"

enum { ANSWER_TIMEOUT_MS = 10000 };

struct partition_end *reader_end_of(struct reader *reader, int32_t partition)
{
	return &reader->ends[partition - reader->first];
}

void reader_reach_end(struct reader *reader, struct partition_end *end)
{
	if (!end->reached)
		reader->open_count--;
	end->reached = true;
}

enum fault reader_count_partitions(struct reader *reader,
				   const struct reader_config *config,
				   int *count, struct fault_note *note)
{
	rd_kafka_resp_err_t err = kafka_partition_count(
		reader->kafka, config->topic, ANSWER_TIMEOUT_MS, count);

	if (!err)
		return FAULT_NONE;
	if (err < 0 && err != RD_KAFKA_RESP_ERR__INVALID_ARG)
		return fault_noted(FAULT_KAFKA, note,
				   "no broker at %s tells of topic %s: %s",
				   config->bootstrap_servers, config->topic,
				   rd_kafka_err2str(err));
	return fault_noted(err < 0 ? FAULT_CONFIG : FAULT_KAFKA, note,
			   "topic %s: %s", config->topic,
			   rd_kafka_err2str(err));
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

static enum fault assign_whole(struct reader *reader,
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
			reader_reach_end(reader, &reader->ends[i]);
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
		reader_reach_end(reader, &reader->ends[0]);
	rd_kafka_resp_err_t err = rd_kafka_assign(reader->kafka, reader->list);
	return err ? fault_noted(FAULT_KAFKA, note, "read topic %s: %s",
				 bound->topic, rd_kafka_err2str(err))
		   : FAULT_NONE;
}

enum fault reader_assign(struct reader *reader,
			 const struct reader_config *config,
			 struct fault_note *note)
{
	return config->bound ? assign_bound(reader, config->bound, note)
			     : assign_whole(reader, config, note);
}
