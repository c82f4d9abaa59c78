/* stage/cluster/embedded.h - a broker inside the process, to try things on. */
#ifndef STAGE_CLUSTER_EMBEDDED_H
#define STAGE_CLUSTER_EMBEDDED_H

#include "base/fault.h"

/*
 * librdkafka's mock cluster: it speaks Kafka's protocol on a loopback port,
 * and forgets all when it is closed. It shows the flow, not the guarantees:
 * an aborted record can be seen, and an offset committed in a transaction is
 * not kept.
 */
struct embedded;

/* FAULT_NO_MEMORY; FAULT_KAFKA: it cannot be started, note says why. */
MUST_CHECK enum fault embedded_open(struct embedded **out,
				    struct fault_note *note);
void embedded_close(struct embedded *embedded);

/* FAULT_KAFKA: it cannot be made. */
MUST_CHECK enum fault embedded_create_topic(struct embedded *embedded,
					    const char *topic, int partitions);

/* For bootstrap.servers; lives as long as the broker. */
const char *embedded_address(const struct embedded *embedded);

#endif
