#include <stdlib.h>

#include "tests/mock/stage.h"

static const char *const deliveries[] = { "exactly-once", "at-least-once" };

static bool header_is(const struct record *record, const char *name,
		      const char *value)
{
	return slice_equal(record_header(record, slice_from(name)),
			   slice_from(value));
}

static size_t references, record_refused;
static long refused_offset;

/* The third word of wirestage.origin, "narrow/0/2/0". */
static long origin_offset(const struct record *letter)
{
	struct slice rest = record_header(letter, SLICE("wirestage.origin"));
	struct slice word = SLICE_NONE;

	for (int i = 0; i < 3; i++)
		ck_assert(slice_split(&rest, '/', &word));
	return strtol(word.ptr, NULL, 10);
}

static void note_letter(const struct record *letter)
{
	refused_offset = origin_offset(letter);
	references += header_is(letter, "wirestage.reference", "true");
	record_refused +=
		header_is(letter, "wirestage.fault", "record-refused");
}

/* Which rounds the articles are of. */
static unsigned rounds;

static void note_round(const struct record *article)
{
	static const char marker[] = "Round ";
	const char *found = memmem(article->value.ptr, article->value.len,
				   marker, sizeof marker - 1);

	ck_assert_ptr_nonnull(found);
	rounds |= 1u << (found[sizeof marker - 1] - '0');
}

/* Until so many different articles have come out. */
static void await_rounds(int least)
{
	int64_t deadline = clock_steady_ms() + 30000;

	do
		(void)read_topic("articles", note_round);
	while (__builtin_popcount(rounds) < least &&
	       clock_steady_ms() < deadline);
}

/*
 * The mock cluster refuses requests, not records: the first is the whole
 * batch, the last one a message on its own, whichever it is. It throws away
 * what a transaction commits of offsets, so all comes again after an abort.
 */
static const struct {
	const char *delivery;
	rd_kafka_resp_err_t errors[4];
} refusals[] = {
	{ "exactly-once",
	  { RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, 0, 0,
	    RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE } },
	{ "exactly-once",
	  { RD_KAFKA_RESP_ERR_INVALID_RECORD, 0, 0,
	    RD_KAFKA_RESP_ERR_INVALID_RECORD } },
	{ "at-least-once",
	  { RD_KAFKA_RESP_ERR_INVALID_RECORD, 0, 0,
	    RD_KAFKA_RESP_ERR_INVALID_RECORD } },
};

START_TEST(a_record_that_is_refused_holds_up_nothing_but_itself)
{
	const struct setting_flag flags[] = {
		{ "delivery", refusals[_i].delivery },
		{ "input.topics", "narrow" },
	};

	rd_kafka_mock_topic_create(cluster, "narrow", 1, 1);
	send_raw_to("narrow", 5, 0, NULL);
	for (int i = 0; i < COUNT(refusals[_i].errors); i++)
		inject(PRODUCE, refusals[_i].errors[i], 1);
	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	await(COUNTER_DEADLETTERED, 1);
	await_rounds(4);
	await_silence();
	ck_assert_uint_eq(counted(COUNTER_DEADLETTERED), 1);
	ck_assert_uint_ge(counted(COUNTER_ABORTS), 2);
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 1);
	ck_assert_int_eq(stop(), FAULT_NONE);
	ck_assert_uint_eq(read_topic("deadletters", note_letter), 1);
	ck_assert_uint_eq(references, 1);
	ck_assert_uint_eq(record_refused, 1);
	ck_assert_uint_eq(rounds | 1u << refused_offset, 0x1f);
}
END_TEST

/* A life that could not end what was forgotten is no reason to try again at
 * once: the group's coordinator may be away, which the next one waits for. */
START_TEST(who_cannot_end_what_was_forgotten_joins_all_the_same)
{
	rd_kafka_mock_start_request_tracking(cluster);
	inject(OFFSET_FETCH, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
	       1000);
	inject(ADD_OFFSETS, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
	       1000);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_INCARNATIONS, 3);
	ck_assert_uint_ge(count_requests(ADD_OFFSETS), 1);
	wait_for_requests(JOIN_GROUP, count_requests(JOIN_GROUP) + 1);
	rd_kafka_mock_clear_request_errors(cluster, OFFSET_FETCH);
	rd_kafka_mock_clear_request_errors(cluster, ADD_OFFSETS);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

/* As a broker may that has just become the leader, or is not any more. */
START_TEST(an_offset_that_is_there_after_all_is_read_on_from)
{
	send_raw(20, 0, NULL);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_CONSUMED, 20);
	inject(FETCH, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, 1);
	send_raw(5, 0, NULL);
	await(COUNTER_CONSUMED, 25);
	await_silence();
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 25);
	ck_assert_uint_eq(counted(COUNTER_GAPS), 0);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

/* As where a client has lost its way to a partition, and says nothing. */
START_TEST(messages_that_do_not_come_renew_the_incarnation)
{
	enum { FOR_EVER = 1000 };

	send_raw(5, 0, NULL);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_CONSUMED, 5);
	inject(FETCH, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, FOR_EVER);
	send_raw(5, 0, NULL);
	await(COUNTER_INCARNATIONS, 2);
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 2);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 5);
	rd_kafka_mock_clear_request_errors(cluster, FETCH);
	await(COUNTER_CONSUMED, 10);
	ck_assert_uint_ge(counted(COUNTER_CONSUMED), 10);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

START_TEST(a_fatal_error_renews_the_incarnation)
{
	send_raw(5, 0, NULL);
	inject(END_TXN, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 1);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_CONSUMED, 5);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 5);
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 2);
	ck_assert_uint_eq(counted(COUNTER_ABORTS), 1);
	ck_assert_int_eq(stop(), FAULT_NONE);
	(void)read_topic("articles", note_round);
	ck_assert_uint_eq(rounds, 0x1f);
}
END_TEST

/* What is asked when partitions come: answered too late, or never. */
static const struct {
	enum request request;
	rd_kafka_resp_err_t error;
} lookups[] = {
	{ OFFSET_FETCH, RD_KAFKA_RESP_ERR_INVALID_GROUP_ID },
	{ LIST_OFFSETS, RD_KAFKA_RESP_ERR_INVALID_REQUEST },
	{ OFFSET_COMMIT, RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE },
};

START_TEST(an_assignment_that_fails_renews_the_incarnation)
{
	send_raw(5, 0, NULL);
	inject(lookups[_i].request, lookups[_i].error, 2);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_CONSUMED, 5);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 5);
	ck_assert_uint_ge(counted(COUNTER_INCARNATIONS), 2);
	ck_assert_int_eq(stop(), FAULT_NONE);
	(void)read_topic("articles", note_round);
	ck_assert_uint_eq(rounds, 0x1f);
}
END_TEST

START_TEST(an_abortable_error_goes_back_and_on)
{
	send_raw(5, 0, NULL);
	inject(TXN_OFFSET_COMMIT, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, 2);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_CONSUMED, 5);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 5);
	ck_assert_uint_eq(counted(COUNTER_ABORTS), 2);
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 1);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

START_TEST(a_broker_that_is_away_is_waited_for)
{
	const struct setting_flag flags[] = {
		{ "delivery", deliveries[_i] },
		{ "kafka.reconnect.backoff.max.ms", "500" },
	};

	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	send_raw(5, 0, NULL);
	await(COUNTER_CONSUMED, 5);
	send_raw(5, 0, NULL);
	rd_kafka_mock_broker_set_down(cluster, 1);
	clock_sleep_ms(1500);
	rd_kafka_mock_broker_set_up(cluster, 1);
	await(COUNTER_CONSUMED, 10);
	ck_assert_uint_ge(counted(COUNTER_CONSUMED), 10);
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 1);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

START_TEST(ten_renewals_without_a_commit_end_the_worker)
{
	send_raw(1, 0, NULL);
	inject(END_TXN, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, 11);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await_end();
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 11);
	ck_assert_uint_eq(counted(COUNTER_COMMITS), 0);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 0);
	ck_assert_int_eq(service_close(service, &note), FAULT_KAFKA);
	ck_assert_ptr_nonnull(strstr(note.text, "commit-transaction"));
}
END_TEST

/* As where the output is away for long: ending would not bring it back. */
START_TEST(slow_renewals_may_be_many)
{
	/* A request that is given up, and asked again, takes one more. */
	enum { ENDING = 11, MANY = 22, LATE_MS = 1000 };
	const struct setting_flag flags[] = {
		{ "transaction.timeout.ms", "1000" },
	};

	send_raw(1, 0, NULL);
	inject_late(END_TXN, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, MANY, LATE_MS);
	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	await(COUNTER_CONSUMED, 1);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 1);
	ck_assert_uint_gt(counted(COUNTER_INCARNATIONS), ENDING);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("the worker in trouble");
	TCase *refused = tcase_create("refused");
	TCase *renewed = tcase_create("renewed");
	TCase *untold = tcase_create("untold");

	tcase_set_timeout(refused, 60);
	tcase_add_checked_fixture(refused, setup, teardown);
	tcase_add_loop_test(
		refused, a_record_that_is_refused_holds_up_nothing_but_itself,
		0, COUNT(refusals));
	suite_add_tcase(suite, refused);

	tcase_set_timeout(renewed, 120);
	tcase_add_checked_fixture(renewed, setup, teardown);
	tcase_add_test(renewed,
		       an_offset_that_is_there_after_all_is_read_on_from);
	tcase_add_test(renewed,
		       messages_that_do_not_come_renew_the_incarnation);
	tcase_add_test(renewed, a_fatal_error_renews_the_incarnation);
	tcase_add_loop_test(renewed,
			    an_assignment_that_fails_renews_the_incarnation, 0,
			    COUNT(lookups));
	tcase_add_test(renewed, an_abortable_error_goes_back_and_on);
	tcase_add_loop_test(renewed, a_broker_that_is_away_is_waited_for, 0,
			    COUNT(deliveries));
	tcase_add_test(renewed, ten_renewals_without_a_commit_end_the_worker);
	tcase_add_test(renewed, slow_renewals_may_be_many);
	suite_add_tcase(suite, renewed);

	tcase_set_timeout(untold, 120);
	tcase_add_checked_fixture(untold, setup, teardown);
	tcase_add_test(untold,
		       who_cannot_end_what_was_forgotten_joins_all_the_same);
	suite_add_tcase(suite, untold);
	return suite;
}
