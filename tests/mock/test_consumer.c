#include "base/clock.h"
#include "tests/mock/consumer.h"

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
	wait_for_requests(SYNC_GROUP, 1);
	consumer_close(consumer);
	ck_assert_uint_ge(count_requests(LEAVE_GROUP), 1);
}
END_TEST

START_TEST(a_question_under_way_is_answered_before_it_closes)
{
	enum { ANSWER_MS = 1000 };
	struct consumer *consumer = open_consumer(REBALANCE_COOPERATIVE);

	wait_for_partitions(consumer, 2);
	inject_late(LIST_OFFSETS, RD_KAFKA_RESP_ERR_NO_ERROR, 1, ANSWER_MS);
	int64_t asked_ms = clock_steady_ms();
	consumer_watch(consumer, asked_ms);
	consumer_close(consumer);
	ck_assert_int_ge(clock_steady_ms() - asked_ms, ANSWER_MS);
}
END_TEST

static int64_t moved_messages(struct consumer *consumer)
{
	rd_kafka_topic_partition_list_t *moved = consumer_moved(consumer);
	int64_t messages = 0; /* each partition was read from its start */

	for (int i = 0; i < moved->cnt; i++)
		messages += moved->elems[i].offset;
	rd_kafka_topic_partition_list_destroy(moved);
	return messages;
}

/* The mock group waits for a member that was closed while it joined until that
 * one's session ends, and gives its partitions on a round or two later. */
static void take_all(struct consumer *consumer, int count)
{
	enum { ATTEMPTS = 600 };
	int taken = 0;

	for (int i = 0; i < ATTEMPTS && taken < count; i++)
		taken += poll_once(consumer);
	ck_assert_int_eq(taken, count);
}

START_TEST(what_was_read_is_to_be_committed_though_an_offset_is_doubted)
{
	enum { MESSAGES = 10, DOUBTS = 4, TURNS = 10 };
	struct consumer *consumer = open_consumer((enum rebalance)_i);

	send_raw(MESSAGES, 0, NULL);
	take_all(consumer, MESSAGES);
	ck_assert_int_eq(moved_messages(consumer), MESSAGES);
	inject(FETCH, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, DOUBTS);
	for (int i = 0; i < TURNS; i++)
		ck_assert(!poll_once(consumer));
	ck_assert_int_eq(moved_messages(consumer), MESSAGES);
	consumer_close(consumer);
}
END_TEST

/* The group asks it meanwhile to give one back; a change of the assignment
 * would be taken for the answer, and it would join again without the other.
 * (The mock group drops an eager member that does not answer soon, and waits
 * for none of KIP-848.) */
START_TEST(reading_again_gives_no_partition_back)
{
	enum { MESSAGES = 10, ASKED_MS = 500, ANSWERED_MS = 1000 };

	session_ms = "5000";
	struct consumer *first = open_consumer(REBALANCE_COOPERATIVE);

	send_raw(MESSAGES, 0, NULL);
	take_all(first, MESSAGES);
	rd_kafka_mock_start_request_tracking(cluster);
	struct consumer *second = open_consumer(REBALANCE_COOPERATIVE);
	wait_for_requests(SYNC_GROUP, 2);
	clock_sleep_ms(ASKED_MS);
	rd_kafka_mock_clear_requests(cluster);
	ck_assert(consumer_rewind(first, &note));
	clock_sleep_ms(ANSWERED_MS);
	ck_assert_uint_eq(count_requests(JOIN_GROUP), 0);
	ck_assert_uint_eq(consumer_partition_count(second), 0);
	ck_assert_uint_eq(consumer_partition_count(first), 2);
	consumer_close(second);
	take_all(first, MESSAGES);
	consumer_close(first);
}
END_TEST

START_TEST(a_partition_that_had_ended_is_read_again)
{
	static const char *const topics[] = { "raw" };
	static struct bound firsts[] = { { "raw", 0, 0, 1 },
					 { "raw", 1, 0, 1 } };
	static const struct bounds bounds = { firsts, COUNT(firsts) };
	enum { MESSAGES = 10 };
	struct consumer *consumer = open_consumer_of(
		topics, COUNT(topics), &bounds, (enum rebalance)_i);

	send_raw(MESSAGES, 0, NULL);
	take_all(consumer, COUNT(firsts));
	ck_assert(consumer_rewind(consumer, &note));
	take_all(consumer, COUNT(firsts));
	consumer_close(consumer);
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
	tcase_add_loop_test(closing,
			    one_that_waits_for_its_partitions_leaves_as_well,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	tcase_add_test(closing,
		       a_question_under_way_is_answered_before_it_closes);
	suite_add_tcase(suite, closing);

	TCase *reading = tcase_create("reading");

	tcase_set_timeout(reading, 60);
	tcase_add_checked_fixture(reading, cluster_start, cluster_end);
	tcase_add_loop_test(
		reading,
		what_was_read_is_to_be_committed_though_an_offset_is_doubted,
		REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	tcase_add_test(reading, reading_again_gives_no_partition_back);
	tcase_add_loop_test(reading, a_partition_that_had_ended_is_read_again,
			    REBALANCE_COOPERATIVE, REBALANCE_EAGER + 1);
	suite_add_tcase(suite, reading);
	return suite;
}
