#include "kafka/topic.h"

rd_kafka_resp_err_t kafka_partition_count(rd_kafka_t *kafka, const char *name,
					  int timeout_ms, int *count)
{
	const struct rd_kafka_metadata *metadata;
	rd_kafka_topic_t *topic = rd_kafka_topic_new(kafka, name, NULL);

	if (!topic)
		return rd_kafka_last_error();
	rd_kafka_resp_err_t err =
		rd_kafka_metadata(kafka, 0, topic, &metadata, timeout_ms);
	rd_kafka_topic_destroy(topic);
	if (err)
		return err;
	if (metadata->topic_cnt == 1) {
		err = metadata->topics[0].err;
		*count = metadata->topics[0].partition_cnt;
	} else {
		err = RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
	}
	rd_kafka_metadata_destroy(metadata);
	return err;
}
