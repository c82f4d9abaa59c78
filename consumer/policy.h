/* consumer/policy.h - how a consumer group's member starts and behaves. */
#ifndef CONSUMER_POLICY_H
#define CONSUMER_POLICY_H

#include <stdint.h>

/* Where a partition is read from when the group has no offset for it. */
enum start_at { START_EARLIEST, START_LATEST, START_TIME };

struct start {
	enum start_at at;
	int64_t time_ms; /* since 1970; for START_TIME */
};

/* What follows when retention has deleted the offset to continue at. */
enum gap_policy {
	GAP_CONTINUE, /* at the earliest there is */
	GAP_STOP,
};

/* How partitions change hands. A group's members must agree. */
enum rebalance {
	REBALANCE_COOPERATIVE, /* KIP-429 */
	REBALANCE_EAGER,
	REBALANCE_CONSUMER, /* the brokers assign, KIP-848 */
};

enum membership {
	MEMBERSHIP_DYNAMIC,
	MEMBERSHIP_STATIC, /* group.instance.id, KIP-345 */
};

#endif
