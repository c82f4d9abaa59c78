#include "base/clock.h"
#include "tests/mock/consumer.h"

enum { BUSY = 60 };

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
	enum { ATTEMPTS = 200 };

	session_ms = "1500";
	struct consumer *consumer = open_consumer(rebalance);

	wait_for_partitions(consumer, 2);
	ck_assert(!is_stuck_after_watching(consumer, NOW_MS,
					   NOW_MS + 2 * MINUTE_MS));
	rd_kafka_mock_broker_set_down(cluster, 1);
	for (int i = 0; i < ATTEMPTS && !is_lost; i++)
		(void)poll_once(consumer);
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

/* Two topics of one partition, each with a broker of its own; that of "late"
 * answers so many fetches, two a second, by an error. */
static struct consumer *open_with_late(size_t errors)
{
	static const char *const topics[] = { "busy", "late" };

	for (int i = 0; i < 2; i++) {
		rd_kafka_mock_topic_create(cluster, topics[i], 1, 2);
		rd_kafka_mock_partition_set_leader(cluster, topics[i], 0,
						   i + 1);
	}
	for (size_t i = 0; i < errors; i++)
		rd_kafka_mock_broker_push_request_error_rtts(
			cluster, 2, FETCH, 1, RD_KAFKA_RESP_ERR_UNKNOWN, 0);
	struct consumer *consumer = open_consumer_of(
		topics, COUNT(topics), NULL, REBALANCE_COOPERATIVE);
	wait_for_partitions(consumer, 2);
	send_raw_to("late", 1, 0, NULL);
	send_raw_to("busy", BUSY, 0, NULL);
	return consumer;
}

/* So many messages and ends of partitions wait to be polled. */
static void wait_for_queue(const struct consumer *consumer, int length)
{
	enum { ATTEMPTS = 1000, TICK_MS = 10 };

	for (int i = 0;
	     i < ATTEMPTS && consumer_queue_length(consumer) < length; i++)
		clock_sleep_ms(TICK_MS);
	ck_assert_int_ge(consumer_queue_length(consumer), length);
}

/* Watch for a second, which the brokers have time to answer in. */
static bool is_stuck_in_a_second(struct consumer *consumer, int64_t *now_ms)
{
	enum { ANSWER_MS = 50 };

	*now_ms += SECOND_MS;
	consumer_watch(consumer, *now_ms);
	clock_sleep_ms(ANSWER_MS);
	return consumer_is_stuck(consumer, *now_ms, &note);
}

static struct partition_view view_late(const struct consumer *consumer)
{
	struct partition_view view;

	for (size_t i = 0; consumer_view(consumer, i, &view); i++)
		if (strcmp(view.topic, "late") == 0)
			return view;
	ck_abort_msg("late is not held");
}

static size_t count_fetches(int32_t broker)
{
	size_t count, found = 0;
	rd_kafka_mock_request_t **requests =
		rd_kafka_mock_get_requests(cluster, &count);

	for (size_t i = 0; i < count; i++)
		found += rd_kafka_mock_request_api_key(requests[i]) == FETCH &&
			 rd_kafka_mock_request_id(requests[i]) == broker;
	rd_kafka_mock_request_destroy_array(requests, count);
	return found;
}

/* Its message is in the queue once it was fetched, and is fetched for again. */
static void wait_for_late(void)
{
	enum { ATTEMPTS = 1500, TICK_MS = 10, FETCHES = 3 };
	size_t errors = 1;

	for (int i = 0; i < ATTEMPTS && errors > 0; i++) {
		clock_sleep_ms(TICK_MS);
		rd_kafka_mock_broker_error_stack_cnt(cluster, 2, FETCH,
						     &errors);
	}
	rd_kafka_mock_start_request_tracking(cluster);
	for (int i = 0; i < ATTEMPTS && count_fetches(2) < FETCHES; i++)
		clock_sleep_ms(TICK_MS);
	ck_assert_uint_ge(count_fetches(2), FETCHES);
}

/* Until it knows that late has a message. */
static void watch_late(struct consumer *consumer, int64_t *now_ms)
{
	enum { ATTEMPTS = 20, TICK_MS = 200 };

	for (int i = 0; i < ATTEMPTS && view_late(consumer).high < 1; i++) {
		ck_assert(!is_stuck_in_a_second(consumer, now_ms));
		clock_sleep_ms(TICK_MS);
	}
	ck_assert_int_eq(view_late(consumer).high, 1);
	ck_assert(!is_stuck_in_a_second(consumer, now_ms));
}

/* As where rate.max has a worker take its time. */
START_TEST(one_whose_messages_wait_behind_others_is_not)
{
	enum { ERRORS = 10 };
	struct consumer *consumer = open_with_late(ERRORS);
	int64_t now_ms = NOW_MS;

	wait_for_queue(consumer, BUSY);
	watch_late(consumer, &now_ms);
	send_raw_to("busy", BUSY, 0, NULL);
	wait_for_queue(consumer, 2 * BUSY);
	wait_for_late();
	for (int i = 0; view_late(consumer).next == 0; i++) {
		ck_assert_int_lt(i, 3 * BUSY);
		ck_assert_msg(!is_stuck_in_a_second(consumer, &now_ms), "%s",
			      note.text);
		ck_assert_int_eq(view_late(consumer).waiting_ms, 0);
		(void)poll_once(consumer);
	}
	consumer_close(consumer);
}
END_TEST

START_TEST(one_whose_messages_do_not_come_is_though_others_do)
{
	enum { ERRORS = 1000, PATIENCE_MS = 3 * MINUTE_MS };
	struct consumer *consumer = open_with_late(ERRORS);
	int64_t now_ms = NOW_MS;

	wait_for_queue(consumer, BUSY);
	watch_late(consumer, &now_ms);
	for (int i = 0; i < BUSY; i++) {
		ck_assert(!is_stuck_in_a_second(consumer, &now_ms));
		(void)poll_once(consumer);
	}
	int64_t since_ms = now_ms;
	while (!is_stuck_in_a_second(consumer, &now_ms)) {
		ck_assert_int_lt(now_ms - since_ms, PATIENCE_MS);
		(void)poll_once(consumer);
	}
	ck_assert_ptr_nonnull(strstr(note.text, "late/0"));
	ck_assert_int_ge(now_ms - view_late(consumer).waiting_ms,
			 MINUTE_MS / 2);
	consumer_close(consumer);
}
END_TEST

static void two_brokers_start(void)
{
	cluster_start_with(2);
}

Suite *suite(void)
{
	Suite *suite = suite_create("the watch");
	TCase *group = tcase_create("the group");
	TCase *partition = tcase_create("a partition");

	tcase_set_timeout(group, 60);
	tcase_add_checked_fixture(group, cluster_start, cluster_end);
	tcase_add_loop_test(group,
			    one_that_is_not_let_in_again_for_a_minute_is_stuck,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	tcase_add_test(group, one_that_was_not_watched_meanwhile_is_not);
	tcase_add_loop_test(group, one_that_was_never_in_is_not,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	suite_add_tcase(suite, group);

	tcase_set_timeout(partition, 60);
	tcase_add_checked_fixture(partition, two_brokers_start, cluster_end);
	tcase_add_test(partition, one_whose_messages_wait_behind_others_is_not);
	tcase_add_test(partition,
		       one_whose_messages_do_not_come_is_though_others_do);
	suite_add_tcase(suite, partition);
	return suite;
}
