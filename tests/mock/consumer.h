/* tests/mock/consumer.h - a consumer of the mock cluster's, and its polls. */
#ifndef TESTS_MOCK_CONSUMER_H
#define TESTS_MOCK_CONSUMER_H

#include "consumer/consumer.h"
#include "consumer/watch.h"
#include "tests/mock/cluster.h"

static bool is_lost;

static inline void note_revoked(void *worker, bool lost)
{
	(void)worker;
	is_lost = lost;
}

static inline void note_gap(void *worker, const struct gap *gap)
{
	(void)worker;
	(void)gap;
}

/* Long: whoever has little processor is no dead member. For members that join
 * again the mock group waits all of it, less a second. */
static const char *session_ms = "10000";

/* topics and bounds must outlive it. */
static inline struct consumer *open_consumer_of(const char *const *topics,
						size_t topic_count,
						const struct bounds *bounds,
						enum rebalance rebalance)
{
	static struct kafka_property session[] = {
		{ "session.timeout.ms", NULL },
		{ "heartbeat.interval.ms", "300" },
		/* The mock broker answers nothing else meanwhile. */
		{ "fetch.wait.max.ms", "10" },
	};
	static const atomic_bool never;
	const struct consumer_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.group_id = "test",
		.topics = topics,
		.topic_count = topic_count,
		.bounds = bounds,
		.rebalance = rebalance,
		.properties = { session, COUNT(session) },
		.stop = &never,
		.events = { note_revoked, note_gap, NULL },
	};
	struct consumer *consumer;

	session[0].value = session_ms;
	ck_assert_int_eq(consumer_open(&config, &consumer, &note), FAULT_NONE);
	return consumer;
}

static inline struct consumer *open_consumer(enum rebalance rebalance)
{
	static const char *const topics[] = { "raw" };

	return open_consumer_of(topics, COUNT(topics), NULL, rebalance);
}

/* True where a message came; waits for one no longer than a moment. */
static inline bool poll_once(struct consumer *consumer)
{
	enum { POLL_MS = 50 };
	rd_kafka_message_t *message;
	bool renewable;

	ck_assert_int_eq(consumer_poll(consumer, POLL_MS, &message, &renewable,
				       &note),
			 FAULT_NONE);
	if (!message)
		return false;
	rd_kafka_message_destroy(message);
	return true;
}

static inline bool holds_partitions(struct consumer *consumer, size_t count)
{
	struct partition_view view;

	return consumer_view(consumer, count - 1, &view);
}

static inline void wait_for_partitions(struct consumer *consumer, size_t count)
{
	enum { ATTEMPTS = 200 };

	for (int i = 0; i < ATTEMPTS && !holds_partitions(consumer, count); i++)
		(void)poll_once(consumer);
	ck_assert(holds_partitions(consumer, count));
}

#endif
