/* kafka/topic.h - what brokers tell of a topic. */
#ifndef KAFKA_TOPIC_H
#define KAFKA_TOPIC_H

#include <librdkafka/rdkafka.h>

#include "base/fault.h"

/*
 * How many partitions the topic has; they are numbered from 0. The error is a
 * broker's, or librdkafka's own, which are negative: __INVALID_ARG for what is
 * no topic's name, another where no broker answers within timeout_ms.
 */
MUST_CHECK rd_kafka_resp_err_t kafka_partition_count(rd_kafka_t *kafka,
						     const char *name,
						     int timeout_ms,
						     int *count);

#endif
