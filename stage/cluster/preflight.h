/* stage/cluster/preflight.h - whether the cluster suits the settings. */
#ifndef STAGE_CLUSTER_PREFLIGHT_H
#define STAGE_CLUSTER_PREFLIGHT_H

#include "stage/settings/settings.h"
#include "stage/terminal/complaints.h"

/* What the workers need to know of the cluster, and what a person should. */
struct preflight {
	const char *brokers; /* the setting, for commands to be copied */
	size_t output_max_bytes, deadletter_max_bytes; /* max.message.bytes */
	struct complaints errors;		       /* nothing will work */
	struct complaints warnings; /* it will, but not well */
	struct complaints findings; /* what was looked at, and is right */
};

/*
 * Ask the brokers of the topics (existence, partitions, max.message.bytes,
 * cleanup.policy, min.insync.replicas) and the rights of the user. *out is
 * always written; every complaint says what to do.
 *
 * FAULT_CONFIG  librdkafka refuses a property
 * FAULT_KAFKA   no broker answers, or something is in out->errors
 */
MUST_CHECK enum fault preflight_run(const struct settings *settings,
				    struct preflight *out);

#endif
