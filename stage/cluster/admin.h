/* stage/cluster/admin.h - one question to the brokers, for this folder. */
#ifndef STAGE_CLUSTER_ADMIN_H
#define STAGE_CLUSTER_ADMIN_H

#include <librdkafka/rdkafka.h>

#include "stage/cluster/cluster.h"

struct cluster {
	const struct settings *settings; /* borrowed */
	rd_kafka_t *kafka;
	rd_kafka_t *asker; /* for cluster_committed(); NULL until asked */
	struct fault_note trouble; /* the first error of a connection */
};

/* A question under way; released by admin_release(). */
struct admin {
	rd_kafka_AdminOptions_t *options;
	rd_kafka_queue_t *queue;
	rd_kafka_event_t *answer; /* NULL: none came */
};

/* Prepare a question of that kind; with_rights: ask what the user may do. */
void admin_init(struct admin *admin, struct cluster *cluster,
		rd_kafka_admin_op_t kind, bool with_rights);
void admin_release(struct admin *admin);

/* Wait for the answer to what was asked with admin's options and queue. */
rd_kafka_resp_err_t admin_wait(struct admin *admin);

/* Whether operation, or ALL, is among those allowed; count 0 with a NULL list:
 * the brokers do not say. */
enum right admin_right(const rd_kafka_AclOperation_t *allowed, size_t count,
		       rd_kafka_AclOperation_t operation);

#endif
