#include "base/clock.h"
#include "producer/producer.h"
#include "tests/mock/cluster.h"

enum { LEADER = 1, DEAD = 2, NEXT = 3 };

static struct producer *producer;
static atomic_bool stop;

static void setup(void)
{
	cluster_start_with(NEXT);
	rd_kafka_mock_partition_set_leader(cluster, "articles", 0, LEADER);
	rd_kafka_mock_partition_set_leader(cluster, "raw", 0, LEADER);
	rd_kafka_mock_coordinator_set(cluster, "transaction", "desk", LEADER);
	rd_kafka_mock_coordinator_set(cluster, "group", "desk", DEAD);
}

static void teardown(void)
{
	producer_close(producer);
	cluster_end();
}

static void open_producer(void)
{
	const struct kafka_property properties[] = {
		{ "topic.metadata.refresh.interval.ms", "200" },
	};
	const struct producer_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.delivery = DELIVERY_EXACTLY_ONCE,
		.transactional_id = "desk",
		.transaction_timeout_ms = 15000,
		.message_max_bytes = 1000000,
		.batch_max_bytes = 1000000,
		.properties = { properties, COUNT(properties) },
	};

	ck_assert_int_eq(producer_open(&config, &producer, &note), FAULT_NONE);
	ck_assert_int_eq(producer_init(producer, &stop, &note), ACTION_GO_ON);
}

static enum transaction_action commit(void)
{
	rd_kafka_topic_partition_list_t *offsets =
		rd_kafka_topic_partition_list_new(1);
	rd_kafka_consumer_group_metadata_t *member =
		rd_kafka_consumer_group_metadata_new("desk");

	rd_kafka_topic_partition_list_add(offsets, "raw", 0)->offset = 1;
	enum transaction_action action =
		producer_commit(producer, offsets, member, &note);
	rd_kafka_consumer_group_metadata_destroy(member);
	rd_kafka_topic_partition_list_destroy(offsets);
	return action;
}

static enum transaction_action send_and_commit(void)
{
	const struct outgoing record = {
		.topic = "articles",
		.value = SLICE("Lock closed"),
		.timestamp_ms = -1,
	};

	ck_assert_int_eq(producer_begin(producer, &note), ACTION_GO_ON);
	ck_assert_int_eq(producer_send(producer, &record, &note), ACTION_GO_ON);
	return commit();
}

/* The producer forgets the broker at once, but not that it coordinates the
 * group; the commit falls in between. */
START_TEST(a_coordinator_that_is_gone_for_good_is_replaced)
{
	enum { FORGOTTEN_MS = 300, SOON_MS = 8000 };

	open_producer();
	ck_assert_int_eq(send_and_commit(), ACTION_GO_ON);
	rd_kafka_mock_coordinator_set(cluster, "group", "desk", NEXT);
	ck_assert_int_eq(rd_kafka_mock_broker_decommission(cluster, DEAD), 0);
	clock_sleep_ms(FORGOTTEN_MS);

	int64_t begun_ms = clock_steady_ms();
	ck_assert_int_eq(send_and_commit(), ACTION_GO_ON);
	ck_assert_int_lt(clock_steady_ms() - begun_ms, SOON_MS);
}
END_TEST

/* It stays the group's coordinator, as it does until the brokers miss it. */
START_TEST(a_coordinator_that_is_away_is_not_waited_for)
{
	enum { SOON_MS = 8000 };

	open_producer();
	ck_assert_int_eq(send_and_commit(), ACTION_GO_ON);
	rd_kafka_mock_broker_set_down(cluster, DEAD);

	int64_t begun_ms = clock_steady_ms();
	ck_assert_int_eq(send_and_commit(), ACTION_ABORT);
	ck_assert_int_eq(producer_abort(producer, &note), ACTION_GO_ON);
	ck_assert_int_lt(clock_steady_ms() - begun_ms, SOON_MS);

	rd_kafka_mock_broker_set_up(cluster, DEAD);
	ck_assert_int_eq(send_and_commit(), ACTION_GO_ON);
}
END_TEST

/* librdkafka keeps a request that it cannot send for ten seconds, whatever time
 * it was given, and then says that it may be repeated, without end. No record
 * is there to be given up before. */
START_TEST(when_there_is_none_the_producer_is_renewed)
{
	enum { SOON_MS = 35000 };

	open_producer();
	ck_assert_int_eq(send_and_commit(), ACTION_GO_ON);
	for (int32_t broker = LEADER; broker <= NEXT; broker++)
		rd_kafka_mock_broker_set_down(cluster, broker);

	int64_t begun_ms = clock_steady_ms();
	ck_assert_int_eq(producer_begin(producer, &note), ACTION_GO_ON);
	ck_assert_int_eq(commit(), ACTION_RENEW);
	ck_assert_int_lt(clock_steady_ms() - begun_ms, SOON_MS);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("coordinators");
	TCase *gone = tcase_create("gone");

	tcase_set_timeout(gone, 60);
	tcase_add_checked_fixture(gone, setup, teardown);
	tcase_add_test(gone, a_coordinator_that_is_gone_for_good_is_replaced);
	tcase_add_test(gone, a_coordinator_that_is_away_is_not_waited_for);
	tcase_add_test(gone, when_there_is_none_the_producer_is_renewed);
	suite_add_tcase(suite, gone);
	return suite;
}
