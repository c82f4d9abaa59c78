#include "stage/counters/counters.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/suite.h"

START_TEST(names_keep_their_numbers)
{
	struct labels labels;
	char name[16];

	labels_init(&labels, 100);
	for (int round = 0; round < 2; round++)
		for (size_t i = 1; i < 100; i++) {
			snprintf(name, sizeof name, "raw.%zu", i);
			MUST(labels_number(&labels, slice_from(name)) == i);
			ck_assert_str_eq(labels_name(&labels, i), name);
		}
	ck_assert_uint_eq(labels_count(&labels), 100);
	labels_release(&labels);
}
END_TEST

START_TEST(names_without_room_are_others)
{
	struct labels labels;
	char longest[LABEL_SIZE + 1];

	labels_init(&labels, 2);
	memset(longest, 'x', sizeof longest);
	ck_assert_uint_eq(labels_number(&labels, SLICE("a")), 1);
	ck_assert_uint_eq(labels_number(&labels, SLICE("b")), 0);
	ck_assert_uint_eq(labels_number(&labels, SLICE("")), 0);
	ck_assert_uint_eq(labels_number(&labels, SLICE("a\0b")), 0);
	ck_assert_uint_eq(labels_number(&labels,
					(struct slice){ longest, LABEL_SIZE }),
			  0);
	ck_assert_uint_eq(labels_number(&labels, SLICE("a")), 1);
	ck_assert_str_eq(labels_name(&labels, 0), LABEL_OTHER);
	labels_release(&labels);
}
END_TEST

START_TEST(names_that_begin_alike_differ)
{
	struct labels labels;

	labels_init(&labels, 10);
	ck_assert_uint_eq(labels_number(&labels, SLICE("raw.afp")), 1);
	ck_assert_uint_eq(labels_number(&labels, SLICE("raw")), 2);
	ck_assert_uint_eq(labels_number(&labels, SLICE("raw.afp.fr")), 3);
	ck_assert_uint_eq(labels_number(&labels, SLICE("raw.afp")), 1);
	labels_release(&labels);
}
END_TEST

static const struct {
	int64_t us;
	size_t bucket;
} buckets[] = {
	{ INT64_MIN, 0 },
	{ -1, 0 },
	{ 0, 0 },
	{ 1, 0 },
	{ 2, 1 },
	{ 5, 2 },
	{ 6, 3 },
	{ 1000, 9 },
	{ 1001, 10 },
	{ 1000000000, HISTOGRAM_BOUNDS - 1 },
	{ 1000000001, HISTOGRAM_BOUNDS },
	{ INT64_MAX, HISTOGRAM_BOUNDS },
};

START_TEST(time_falls_into_its_bucket)
{
	struct histogram histogram = { 0 };

	histogram_observe(&histogram, buckets[_i].us);
	ck_assert_uint_eq(histogram.counts[buckets[_i].bucket], 1);
	ck_assert_uint_eq(histogram_count(&histogram), 1);
}
END_TEST

START_TEST(quantile_is_a_bound)
{
	struct histogram histogram = { 0 };

	ck_assert_int_eq(histogram_quantile_us(&histogram, 0.99), -1);
	for (int i = 0; i < 98; i++)
		histogram_observe(&histogram, 3);
	histogram_observe(&histogram, 900);
	histogram_observe(&histogram, INT64_MAX / 2);
	ck_assert_int_eq(histogram_quantile_us(&histogram, 0.5), 5);
	ck_assert_int_eq(histogram_quantile_us(&histogram, 0.99), 1000);
	ck_assert_int_eq(histogram_quantile_us(&histogram, 1), 1000000000);
}
END_TEST

static void reject(struct tally *tally, enum fault fault, int64_t time_ms)
{
	tally_consume(tally, 1);
	tally_reject(tally, fault,
		     &(struct example){ .wire = 1,
					.offset = time_ms,
					.time_ms = time_ms });
}

static bool is_kept(const struct tally *tally, enum fault fault, int64_t offset)
{
	for (size_t i = 0; i < EXAMPLES_MAX; i++)
		if (tally->examples[fault][i].offset == offset)
			return true;
	return false;
}

START_TEST(newest_examples_are_kept)
{
	static struct tally batch, older, all;

	for (int64_t ms = 1; ms <= 10; ms++)
		reject(&batch, FAULT_BINARY, ms);
	reject(&older, FAULT_BINARY, 9);
	reject(&older, FAULT_BINARY, 5);
	tally_add(&all, &batch, NULL);
	tally_add(&all, &older, NULL);
	ck_assert_uint_eq(all.faults[FAULT_BINARY], 12);
	ck_assert(is_kept(&all, FAULT_BINARY, 10));
	ck_assert(is_kept(&all, FAULT_BINARY, 9));
	ck_assert(!is_kept(&all, FAULT_BINARY, 5));
}
END_TEST

START_TEST(numbers_are_translated)
{
	static struct tally from, to;
	struct tally_map map = { .wires = { 0, 7 },
				 .formats = { 0, 3 },
				 .topics = { 0, 0, 9 } };

	tally_consume(&from, 1);
	tally_publish(&from, 1, 1);
	from.topics[2]++;
	reject(&from, FAULT_EMPTY, 4);
	tally_add(&to, &from, &map);
	ck_assert_uint_eq(to.wires[7].consumed, 2);
	ck_assert_uint_eq(to.wires[7].published[3], 1);
	ck_assert_uint_eq(to.topics[9], 1);
	ck_assert(is_kept(&to, FAULT_EMPTY, 4));
	ck_assert_uint_eq(to.wires[1].consumed, 0);
}
END_TEST

/* A worker that commits while another reads: each read balances. */
static void *commit_many(void *opaque)
{
	struct ledger *ledger = opaque;
	struct tally *tally = calloc(1, sizeof *tally);
	size_t wire = labels_number(&ledger->names.wires, SLICE("raw"));

	for (int i = 0; i < 2000; i++) {
		tally_consume(tally, wire);
		tally_publish(tally, wire, 0);
		reject(tally, FAULT_EMPTY, i + 1);
		ledger_commit(ledger, tally, i + 1);
	}
	ledger_settle(ledger, true);
	free(tally);
	return NULL;
}

static void check_balance(struct ledger *ledger)
{
	pthread_mutex_lock(&ledger->lock);
	const uint64_t *values = ledger->totals.values;
	MUST(values[COUNTER_ARTICLES] ==
	     values[COUNTER_PUBLISHED] + values[COUNTER_DEADLETTERED]);
	MUST(values[COUNTER_CONSUMED] == values[COUNTER_ARTICLES]);
	pthread_mutex_unlock(&ledger->lock);
}

START_TEST(reader_sees_whole_commits)
{
	struct counters counters;
	pthread_t thread;

	ck_assert(counters_init(&counters, 2));
	pthread_create(&thread, NULL, commit_many, &counters.ledgers[1]);
	for (int i = 0; i < 2000; i++)
		check_balance(&counters.ledgers[1]);
	pthread_join(thread, NULL);
	ck_assert_uint_eq(counters_get(&counters, COUNTER_PUBLISHED), 2000);
	ck_assert_uint_eq(counters_get(&counters, COUNTER_CONSUMED), 4000);
	counters_release(&counters);
}
END_TEST

START_TEST(trouble_lasts_until_a_commit)
{
	static struct tally tally;
	struct counters counters;

	ck_assert(counters_init(&counters, 1));
	struct ledger *ledger = &counters.ledgers[0];
	ledger_trouble(ledger, "no broker", 10);
	ledger_trouble(ledger, "still none", 20);
	ledger_count(ledger, COUNTER_ABORTS, 1);
	ck_assert_int_eq(ledger->presence.trouble_ms, 10);
	ck_assert_str_eq(ledger->presence.trouble, "still none");
	ledger_commit(ledger, &tally, 30);
	ck_assert_int_eq(ledger->presence.trouble_ms, 0);
	counters_release(&counters);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("counters");
	TCase *names_case = tcase_create("labels");
	TCase *histogram_case = tcase_create("histogram");
	TCase *tally_case = tcase_create("tally");

	tcase_add_test(names_case, names_keep_their_numbers);
	tcase_add_test(names_case, names_without_room_are_others);
	tcase_add_test(names_case, names_that_begin_alike_differ);
	suite_add_tcase(suite, names_case);
	tcase_add_loop_test(histogram_case, time_falls_into_its_bucket, 0,
			    COUNT(buckets));
	tcase_add_test(histogram_case, quantile_is_a_bound);
	suite_add_tcase(suite, histogram_case);
	tcase_add_test(tally_case, newest_examples_are_kept);
	tcase_add_test(tally_case, numbers_are_translated);
	tcase_add_test(tally_case, reader_sees_whole_commits);
	tcase_add_test(tally_case, trouble_lasts_until_a_commit);
	suite_add_tcase(suite, tally_case);
	return suite;
}
