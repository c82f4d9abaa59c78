#include "consumer/consumer.h"
#include "stage/clock.h"
#include "tests/mock/cluster.h"

static void note_revoked(void *worker, bool lost)
{
	(void)worker;
	(void)lost;
}

static void note_gap(void *worker, const struct gap *gap)
{
	(void)worker;
	(void)gap;
}

static struct consumer *open_consumer(enum rebalance rebalance)
{
	static const char *const topics[] = { "raw" };
	static const struct kafka_property session[] = {
		{ "session.timeout.ms", "1500" },
		{ "heartbeat.interval.ms", "300" },
	};
	const struct consumer_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.group_id = "test",
		.topics = topics,
		.topic_count = 1,
		.rebalance = rebalance,
		.properties = { session, COUNT(session) },
		.events = { note_revoked, note_gap, NULL },
	};
	struct consumer *consumer;

	ck_assert_int_eq(consumer_open(&config, &consumer, &note), FAULT_NONE);
	return consumer;
}

/* As a worker's that waits for a commit meanwhile, and then gives up: what is
 * asked of the brokers from within the closing is never answered. */
START_TEST(partitions_that_it_hears_of_while_it_closes_are_let_go)
{
	enum { JOINED_MS = 3000, SOON_MS = 5000 };

	struct consumer *consumer = open_consumer((enum rebalance)_i);
	clock_sleep_ms(JOINED_MS);
	int64_t begun_ms = clock_steady_ms();
	consumer_close(consumer);
	ck_assert_int_lt(clock_steady_ms() - begun_ms, SOON_MS);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("the consumer");
	TCase *closing = tcase_create("closing");

	tcase_set_timeout(closing, 60);
	tcase_add_checked_fixture(closing, cluster_start, cluster_end);
	tcase_add_loop_test(
		closing, partitions_that_it_hears_of_while_it_closes_are_let_go,
		REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	suite_add_tcase(suite, closing);
	return suite;
}
