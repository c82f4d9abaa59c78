/* consumer/catalog.h - which partitions there were when reading began. */
#ifndef CONSUMER_CATALOG_H
#define CONSUMER_CATALOG_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

struct catalog_topic {
	char *name; /* owned */
	int32_t partitions;
};

/* Zeroed at the start; filled once, and outlives the consumers that look into
 * it. */
struct catalog {
	struct catalog_topic *topics; /* owned */
	size_t count;
	bool filled;
};

void catalog_release(struct catalog *catalog);

/* Note all topics of the cluster; nothing, where that was done before. Waits
 * up to timeout_ms for the brokers. */
rd_kafka_resp_err_t catalog_fill(struct catalog *catalog, rd_kafka_t *kafka,
				 int timeout_ms);

/* Whether the partition was there; true as well of a catalog not filled. */
bool catalog_has(const struct catalog *catalog, const char *topic,
		 int32_t partition);

#endif
