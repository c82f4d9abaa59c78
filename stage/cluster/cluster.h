/* stage/cluster/cluster.h - what the brokers say of topics and groups. */
#ifndef STAGE_CLUSTER_CLUSTER_H
#define STAGE_CLUSTER_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "stage/settings/settings.h"

enum { CLUSTER_TIMEOUT_MS = 10000 };

/* Whether the user may do something; NO_ANSWER: the brokers did not say. */
enum right { RIGHT_NO_ANSWER, RIGHT_NO, RIGHT_YES };

struct topic_facts {
	bool exists;
	int partitions, replicas; /* replicas: of the partition with fewest */
	enum right describe, read, write;

	/* The topic's configuration; -1 and "" where it may not be read. */
	int max_message_bytes, min_insync_replicas;
	char cleanup_policy[32]; /* "delete", "compact", "compact,delete" */
};

/* A client for questions. */
struct cluster;

/*
 * Open, and wait until a broker answers. settings are borrowed until it is
 * closed.
 * FAULT_CONFIG  librdkafka refuses a property; note says which
 * FAULT_KAFKA   none answered within CLUSTER_TIMEOUT_MS
 */
MUST_CHECK enum fault cluster_open(const struct settings *settings,
				   struct cluster **out,
				   struct fault_note *note);
void cluster_close(struct cluster *cluster);

/* FAULT_KAFKA: the brokers did not answer; *out is then not written. */
MUST_CHECK enum fault cluster_topic(struct cluster *cluster, const char *name,
				    struct topic_facts *out,
				    struct fault_note *note);

/* Whether the user may read with that consumer group. */
enum right cluster_group_right(struct cluster *cluster, const char *group);

#endif
