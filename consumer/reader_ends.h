/* consumer/reader_ends.h - where a reader's partitions begin and end; for the
 * reader alone. */
#ifndef CONSUMER_READER_ENDS_H
#define CONSUMER_READER_ENDS_H

#include <librdkafka/rdkafka.h>

#include "consumer/reader.h"

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

/* Where the reading of a partition ends. */
struct partition_end *reader_end_of(struct reader *reader, int32_t partition);

/* The partition has been read to its end. */
void reader_reach_end(struct reader *reader, struct partition_end *end);

/* How many partitions the topic has, by the brokers. FAULT_KAFKA,
 * FAULT_CONFIG */
MUST_CHECK enum fault reader_count_partitions(
	struct reader *reader, const struct reader_config *config, int *count,
	struct fault_note *note);

/* Begin to read reader->list from where config says, to the ends that there
 * are. FAULT_KAFKA */
MUST_CHECK enum fault reader_assign(struct reader *reader,
				    const struct reader_config *config,
				    struct fault_note *note);

#endif
