#include "tests/mock/stage.h"

static const char *const deliveries[] = { "exactly-once", "at-least-once" };

/* The counters as they must stand whenever all workers have ended. */
static void check_balance(void)
{
	ck_assert_uint_eq(counted(COUNTER_ARTICLES),
			  counted(COUNTER_PUBLISHED) +
				  counted(COUNTER_DEADLETTERED) +
				  counted(COUNTER_SKIPPED));
}

START_TEST(articles_and_dead_letters_come_out)
{
	const struct setting_flag flags[] = { { "delivery", deliveries[_i] } };

	send_raw(20, 0, "no header");
	ck_assert_int_eq(start(flags, 1), FAULT_NONE);
	await(COUNTER_CONSUMED, 21);
	service_stop(service);
	await_end();
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 21);
	ck_assert_uint_eq(counted(COUNTER_PUBLISHED), 20);
	ck_assert_uint_eq(counted(COUNTER_DEADLETTERED), 1);
	ck_assert_uint_eq(counted(COUNTER_ABORTS), 0);
	ck_assert_uint_eq(counted(COUNTER_INCARNATIONS), 1);
	check_balance();
	ck_assert_int_eq(stop(), FAULT_NONE);
	ck_assert_uint_eq(read_topic("articles", NULL), 20);
	ck_assert_uint_eq(read_topic("deadletters", NULL), 1);
}
END_TEST

static uint64_t counted_by(size_t worker)
{
	struct ledger *ledger = &service_counters(service)->ledgers[worker];

	pthread_mutex_lock(&ledger->lock);
	uint64_t count = ledger->totals.values[COUNTER_CONSUMED];
	pthread_mutex_unlock(&ledger->lock);
	return count;
}

START_TEST(workers_share_the_partitions)
{
	const struct setting_flag flags[] = { { "delivery", deliveries[_i] },
					      { "workers", "2" } };

	size_t sent = 0;

	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	/* The second may join late. */
	while (sent < 1000 && (counted_by(0) == 0 || counted_by(1) == 0)) {
		send_raw(20, 0, NULL);
		sent += 20;
	}
	send_raw(200, 0, NULL);
	sent += 200;
	await(COUNTER_CONSUMED, sent);
	ck_assert_uint_gt(counted_by(0), 0);
	ck_assert_uint_gt(counted_by(1), 0);
	ck_assert_int_eq(stop(), FAULT_NONE);
	ck_assert_uint_ge(read_topic("articles", NULL), sent);
}
END_TEST

START_TEST(names_may_be_as_long_as_kafka_allows)
{
	char instance[201], group[250];
	const struct setting_flag flags[] = { { "instance", instance },
					      { "group.id", group },
					      { "membership", "static" } };

	memset(instance, 'i', sizeof instance - 1);
	memset(group, 'g', sizeof group - 1);
	instance[sizeof instance - 1] = group[sizeof group - 1] = '\0';
	send_raw(1, 0, "no header");
	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	await(COUNTER_CONSUMED, 2);
	ck_assert_uint_eq(counted(COUNTER_PUBLISHED), 1);
	ck_assert_uint_eq(counted(COUNTER_DEADLETTERED), 1);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

START_TEST(a_stop_commits_what_is_open)
{
	/* A commit of its own is far off. */
	const struct setting_flag flags[] = {
		{ "delivery", deliveries[_i] },
		{ "commit.interval.ms", "7000" },
		{ "commit.interval.min.ms", "7000" },
	};

	send_raw(3, 0, NULL);
	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	await(COUNTER_COMMITS, 1);
	send_raw(3, 0, NULL);
	/* The mock cluster shows what is not committed. */
	while (read_topic("articles", NULL) < 6)
		clock_sleep_ms(50);
	ck_assert_uint_eq(counted(COUNTER_COMMITS), 1);
	service_stop(service);
	await_end();
	ck_assert_uint_eq(counted(COUNTER_COMMITS), 2);
	ck_assert_uint_eq(counted(COUNTER_PUBLISHED), 6);
	check_balance();
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

static bool header_is(const struct record *record, const char *name,
		      const char *value)
{
	return slice_equal(record_header(record, slice_from(name)),
			   slice_from(value));
}

static size_t references, record_too_large;

static void note_letter(const struct record *letter)
{
	references += header_is(letter, "wirestage.reference", "true");
	record_too_large +=
		header_is(letter, "wirestage.fault", "record-too-large");
}

START_TEST(what_fits_no_topic_is_dead_lettered_by_reference)
{
	const struct setting_flag flags[] = { { "delivery", deliveries[_i] } };

	task = (struct service_task){ 8192, 8192, NULL, NULL };
	send_raw(1, 20000, NULL);
	send_raw(2, 0, NULL);
	ck_assert_int_eq(start(flags, 1), FAULT_NONE);
	await(COUNTER_CONSUMED, 3);
	ck_assert_int_eq(stop(), FAULT_NONE);
	ck_assert_uint_eq(read_topic("deadletters", note_letter), 1);
	ck_assert_uint_eq(references, 1);
	ck_assert_uint_eq(record_too_large, 1);
	ck_assert_uint_eq(read_topic("articles", NULL), 2);
}
END_TEST

START_TEST(a_topic_may_take_more_than_librdkafka_sends)
{
	/* Kafka's most; librdkafka's is 1000000000. */
	task.output_max_bytes = INT32_MAX;
	send_raw(1, 0, NULL);
	ck_assert_int_eq(start(NULL, 0), FAULT_NONE);
	await(COUNTER_CONSUMED, 1);
	ck_assert_uint_eq(counted(COUNTER_CONSUMED), 1);
	ck_assert_int_eq(stop(), FAULT_NONE);
}
END_TEST

static const char *const refused_properties[] = {
	"consumer.no.such.property",
	"producer.no.such.property",
};

START_TEST(a_refused_property_is_a_fault_of_the_configuration)
{
	const struct setting_flag flags[] = {
		{ refused_properties[_i], "1" },
	};

	ck_assert_int_eq(start(flags, COUNT(flags)), FAULT_NONE);
	await_end();
	ck_assert_int_eq(service_close(service, &note), FAULT_CONFIG);
	ck_assert_ptr_nonnull(strstr(note.text, "no.such.property"));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("the worker on a mock cluster");
	TCase *flow = tcase_create("flow");

	tcase_set_timeout(flow, 60);
	tcase_add_checked_fixture(flow, setup, teardown);
	tcase_add_loop_test(flow, articles_and_dead_letters_come_out, 0,
			    COUNT(deliveries));
	tcase_add_loop_test(flow, workers_share_the_partitions, 0,
			    COUNT(deliveries));
	tcase_add_test(flow, names_may_be_as_long_as_kafka_allows);
	tcase_add_loop_test(flow, a_stop_commits_what_is_open, 0,
			    COUNT(deliveries));
	tcase_add_loop_test(flow,
			    what_fits_no_topic_is_dead_lettered_by_reference, 0,
			    COUNT(deliveries));
	tcase_add_test(flow, a_topic_may_take_more_than_librdkafka_sends);
	tcase_add_loop_test(flow,
			    a_refused_property_is_a_fault_of_the_configuration,
			    0, COUNT(refused_properties));
	suite_add_tcase(suite, flow);

	return suite;
}
