/* stage/cluster/offsets.h - which offsets partitions have, and groups hold. */
#ifndef STAGE_CLUSTER_OFFSETS_H
#define STAGE_CLUSTER_OFFSETS_H

#include "consumer/bounds.h"
#include "stage/cluster/cluster.h"

enum offset_at {
	OFFSET_EARLIEST,
	OFFSET_LATEST, /* behind the last committed record */
	OFFSET_TIME,   /* of the first message of that time or later */
	OFFSET_NUMBER, /* that one */
};

struct offset_spec {
	enum offset_at at;
	int64_t value; /* ms since 1970, or an offset */
};

/*
 * The partitions of a topic, or of all that a "^pattern" fits, appended to
 * out with spans of nothing: none where there is no such topic. A topic's are
 * in a row, the first is 0. bounds_release() frees them.
 * FAULT_KAFKA, FAULT_CONFIG, FAULT_NO_MEMORY; note says why
 */
MUST_CHECK enum fault cluster_partitions(struct cluster *cluster,
					 const char *pattern,
					 struct bounds *out,
					 struct fault_note *note);

/*
 * The offset of each partition by spec, to out, which has room for as many;
 * -1: no message is that late. One question for all.
 * FAULT_KAFKA: the brokers do not say; note says why
 */
MUST_CHECK enum fault cluster_offsets(struct cluster *cluster,
				      const struct bounds *partitions,
				      struct offset_spec spec, int64_t *out,
				      struct fault_note *note);

/* The committed offset of each partition in that group, to out; -1: none. All
 * questions of one cluster are of one group. FAULT_KAFKA, FAULT_CONFIG */
MUST_CHECK enum fault cluster_committed(struct cluster *cluster,
					const char *group,
					const struct bounds *partitions,
					int64_t *out, struct fault_note *note);

#endif
