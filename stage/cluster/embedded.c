#include "stage/cluster/embedded.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdlib.h>

#include "kafka/client.h"

struct embedded {
	rd_kafka_t *kafka;
	rd_kafka_mock_cluster_t *cluster;
};

enum fault embedded_open(struct embedded **out, struct fault_note *note)
{
	const struct kafka_client_config client = { .type = RD_KAFKA_PRODUCER };
	struct embedded *embedded = calloc(1, sizeof *embedded);

	if (!embedded)
		return FAULT_NO_MEMORY;
	enum fault fault = kafka_client_open(&client, &embedded->kafka, note);
	if (fault)
		goto fail;
	fault = FAULT_KAFKA;
	embedded->cluster = rd_kafka_mock_cluster_new(embedded->kafka, 1);
	if (!embedded->cluster) {
		(void)fault_noted(fault, note,
				  "the embedded broker does not start: is a "
				  "loopback port to be had?");
		goto fail;
	}
	/* A first join need not wait for members that will not come. */
	rd_kafka_mock_group_initial_rebalance_delay_ms(embedded->cluster, 0);
	*out = embedded;
	return FAULT_NONE;

fail:
	embedded_close(embedded);
	return fault;
}

void embedded_close(struct embedded *embedded)
{
	if (!embedded)
		return;
	if (embedded->cluster)
		rd_kafka_mock_cluster_destroy(embedded->cluster);
	if (embedded->kafka)
		rd_kafka_destroy(embedded->kafka);
	free(embedded);
}

enum fault embedded_create_topic(struct embedded *embedded, const char *topic,
				 int partitions)
{
	return rd_kafka_mock_topic_create(embedded->cluster, topic, partitions,
					  1)
		       ? FAULT_KAFKA
		       : FAULT_NONE;
}

const char *embedded_address(const struct embedded *embedded)
{
	return rd_kafka_mock_cluster_bootstraps(embedded->cluster);
}
