#include "base/clock.h"
#include "consumer/consumer.h"
#include "consumer/watch.h"
#include "tests/mock/cluster.h"

static bool is_lost;

static void note_revoked(void *worker, bool lost)
{
	(void)worker;
	is_lost = lost;
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
	static const atomic_bool never;
	const struct consumer_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.group_id = "test",
		.topics = topics,
		.topic_count = 1,
		.rebalance = rebalance,
		.properties = { session, COUNT(session) },
		.stop = &never,
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

/* Of all states of a member that joins it is the one in which librdkafka's own
 * closing forgets to tell. */
START_TEST(one_that_waits_for_its_partitions_leaves_as_well)
{
	enum { SYNC_MS = 500 };

	rd_kafka_mock_start_request_tracking(cluster);
	rd_kafka_mock_broker_push_request_error_rtts(
		cluster, 1, SYNC_GROUP, 1, RD_KAFKA_RESP_ERR_NO_ERROR, SYNC_MS);
	struct consumer *consumer = open_consumer((enum rebalance)_i);
	wait_for_request(SYNC_GROUP);
	consumer_close(consumer);
	ck_assert(was_requested(LEAVE_GROUP));
}
END_TEST

static void wait_for_partitions(struct consumer *consumer)
{
	enum { ATTEMPTS = 100, POLL_MS = 50 };
	struct partition_view view;
	rd_kafka_message_t *none;
	bool renewable;

	for (int i = 0; i < ATTEMPTS && !consumer_view(consumer, 0, &view); i++)
		ck_assert_int_eq(consumer_poll(consumer, POLL_MS, &none,
					       &renewable, &note),
				 FAULT_NONE);
	ck_assert(consumer_view(consumer, 0, &view));
}

START_TEST(a_question_under_way_is_answered_before_it_closes)
{
	enum { ANSWER_MS = 1000 };
	struct consumer *consumer = open_consumer(REBALANCE_COOPERATIVE);

	wait_for_partitions(consumer);
	inject_late(LIST_OFFSETS, RD_KAFKA_RESP_ERR_NO_ERROR, 1, ANSWER_MS);
	int64_t asked_ms = clock_steady_ms();
	consumer_watch(consumer, asked_ms);
	consumer_close(consumer);
	ck_assert_int_ge(clock_steady_ms() - asked_ms, ANSWER_MS);
}
END_TEST

/* Seconds as a worker counts them, but faster. */
enum { SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, NOW_MS = 60 * MINUTE_MS };

static bool is_stuck_after_watching(struct consumer *consumer, int64_t from_ms,
				    int64_t to_ms)
{
	for (int64_t now_ms = from_ms; now_ms <= to_ms; now_ms += SECOND_MS)
		consumer_watch(consumer, now_ms);
	return consumer_is_stuck(consumer, to_ms, &note);
}

static struct consumer *open_and_lose(enum rebalance rebalance)
{
	enum { ATTEMPTS = 200, POLL_MS = 50 };
	struct consumer *consumer = open_consumer(rebalance);
	rd_kafka_message_t *none;
	bool renewable;

	wait_for_partitions(consumer);
	ck_assert(!is_stuck_after_watching(consumer, NOW_MS,
					   NOW_MS + 2 * MINUTE_MS));
	rd_kafka_mock_broker_set_down(cluster, 1);
	for (int i = 0; i < ATTEMPTS && !is_lost; i++)
		ck_assert_int_eq(consumer_poll(consumer, POLL_MS, &none,
					       &renewable, &note),
				 FAULT_NONE);
	ck_assert(is_lost);
	return consumer;
}

enum { LOST_MS = NOW_MS + 2 * MINUTE_MS };

START_TEST(one_that_is_not_let_in_again_for_a_minute_is_stuck)
{
	struct consumer *consumer = open_and_lose((enum rebalance)_i);

	ck_assert(!is_stuck_after_watching(consumer, LOST_MS,
					   LOST_MS + MINUTE_MS - SECOND_MS));
	ck_assert(is_stuck_after_watching(consumer, LOST_MS + MINUTE_MS,
					  LOST_MS + MINUTE_MS));
	ck_assert_ptr_nonnull(strstr(note.text, "group test"));
	consumer_close(consumer);
}
END_TEST

START_TEST(one_that_was_not_watched_meanwhile_is_not)
{
	struct consumer *consumer = open_and_lose(REBALANCE_COOPERATIVE);

	ck_assert(!is_stuck_after_watching(consumer, LOST_MS + MINUTE_MS,
					   LOST_MS + MINUTE_MS));
	consumer_close(consumer);
}
END_TEST

/* As where input.topics fits no topic yet. */
START_TEST(one_that_was_never_in_is_not)
{
	struct consumer *consumer = open_consumer((enum rebalance)_i);

	ck_assert(!is_stuck_after_watching(consumer, NOW_MS,
					   NOW_MS + 2 * MINUTE_MS));
	consumer_close(consumer);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("the consumer");
	TCase *closing = tcase_create("closing");
	TCase *stuck = tcase_create("stuck");

	tcase_set_timeout(closing, 60);
	tcase_add_checked_fixture(closing, cluster_start, cluster_end);
	tcase_add_loop_test(
		closing, partitions_that_it_hears_of_while_it_closes_are_let_go,
		REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	tcase_add_loop_test(closing,
			    one_that_waits_for_its_partitions_leaves_as_well,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	tcase_add_test(closing,
		       a_question_under_way_is_answered_before_it_closes);
	suite_add_tcase(suite, closing);

	tcase_set_timeout(stuck, 60);
	tcase_add_checked_fixture(stuck, cluster_start, cluster_end);
	tcase_add_loop_test(stuck,
			    one_that_is_not_let_in_again_for_a_minute_is_stuck,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	tcase_add_test(stuck, one_that_was_not_watched_meanwhile_is_not);
	tcase_add_loop_test(stuck, one_that_was_never_in_is_not,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	suite_add_tcase(suite, stuck);
	return suite;
}
