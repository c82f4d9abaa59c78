#include <stdlib.h>

#include "stage/files.h"
#include "stage/http/crowd.h"
#include "stage/http/exposition.h"
#include "stage/http/history.h"
#include "tests/unit/suite.h"

static struct buffer out;

static void begin(void)
{
	buffer_init(&out, SIZE_MAX);
}

static void end(void)
{
	buffer_release(&out);
}

static const char *text(void)
{
	buffer_add_byte(&out, '\0');
	ck_assert_int_eq(out.fault, FAULT_NONE);
	return out.bytes;
}

START_TEST(counter_is_named_by_each_formats_rule)
{
	struct exposition to = { .out = &out, .open_metrics = _i };

	exposition_begin(&to, METRIC_GAPS);
	exposition_add(&to, NULL, 3);
	exposition_end(&to);
	ck_assert_str_eq(text(), _i ? "# HELP wirestage_gaps spans that "
				      "were gone before "
				      "they were read\n"
				      "# TYPE wirestage_gaps counter\n"
				      "wirestage_gaps_total 3\n# EOF\n"
				    : "# HELP wirestage_gaps_total spans that "
				      "were gone "
				      "before they were read\n"
				      "# TYPE wirestage_gaps_total counter\n"
				      "wirestage_gaps_total 3\n");
}
END_TEST

START_TEST(label_values_are_escaped)
{
	struct exposition to = { .out = &out };

	exposition_begin(&to, METRIC_CONSUMED);
	buffer_clear(&out);
	exposition_add(&to,
		       (struct label[]){ { "wire", "a\"b\\c\nd\xc3\xa9" },
					 { NULL, NULL } },
		       18014398509481984.0);
	ck_assert_str_eq(text(), "wirestage_consumed_total{wire=\"a\\\"b\\\\c"
				 "\\nd\xc3\xa9\"} 1.8014398509482e+16\n");
}
END_TEST

START_TEST(histogram_is_cumulative)
{
	struct exposition to = { .out = &out };
	struct histogram histogram = { 0 };

	for (int64_t us = 1; us <= 1000000000000; us *= 10)
		histogram_observe(&histogram, us);
	exposition_begin(&to, METRIC_COMMIT_SECONDS);
	exposition_histogram(&to, NULL, HISTOGRAM_COMMIT, &histogram);
	const char *all = text();
	ck_assert_ptr_nonnull(strstr(all, "_seconds_bucket{le=\"0.001\"} 4\n"));
	ck_assert_ptr_nonnull(strstr(all, "_seconds_bucket{le=\"1.0\"} 7\n"));
	ck_assert_ptr_nonnull(strstr(all, "_seconds_bucket{le=\"25.0\"} 8\n"));
	ck_assert_ptr_nonnull(strstr(all, "_seconds_bucket{le=\"+Inf\"} 13\n"));
	ck_assert_ptr_nonnull(strstr(all, "_seconds_count 13\n"));
	ck_assert_ptr_null(strstr(all, "le=\"0.0001\""));
}
END_TEST

START_TEST(reference_is_the_tables)
{
	const struct slice mark = SLICE("<!-- metrics -->\n");
	struct fault_note note;
	struct slice readme;
	char *table = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&table, &size);

	metrics_markdown(file);
	fclose(file);
	ck_assert_int_eq(file_read("stage/http/README.md", 1 << 20, &readme,
				   &note),
			 FAULT_NONE);
	const char *begin = strstr(readme.ptr, mark.ptr);
	ck_assert_ptr_nonnull(begin);
	ck_assert_msg(!strncmp(begin + mark.len, table, size),
		      "the table of stage/http/README.md is to be:\n%s", table);
	free((char *)readme.ptr);
	free(table);
}
END_TEST

static struct history history;
static struct tally tally;

static void enter(uint64_t published, int64_t now_ms)
{
	tally.values[COUNTER_PUBLISHED] += published;
	tally.topics[5] += published;
	history_enter(&history, &tally, now_ms);
}

static void clear_history(void)
{
	memset(&history, 0, sizeof history);
	memset(&tally, 0, sizeof tally);
	history.begun_ms = 1000;
}

START_TEST(minutes_hold_what_came_in_them)
{
	struct minute_detail hour;

	clear_history();
	enter(3, 1000);
	enter(4, 60999);
	enter(0, 61000);
	enter(5, 61500);
	ck_assert_uint_eq(history_count(&history), 1);
	ck_assert_uint_eq(history_minute(&history, 0)->published, 7);
	ck_assert_uint_eq(history_minute(&history, 1)->published, 5);
	history_hour(&history, &hour);
	ck_assert_uint_eq(hour.topics[5], 12);
}
END_TEST

START_TEST(what_is_old_is_forgotten)
{
	struct minute_detail hour;

	clear_history();
	for (int64_t minute = 0; minute < 1000; minute++)
		enter(1, 1000 + minute * MINUTE_MS);
	ck_assert_uint_eq(history_count(&history), HISTORY_MINUTES - 1);
	history_hour(&history, &hour);
	ck_assert_uint_eq(hour.topics[5], HISTORY_HOUR - 1);
}
END_TEST

static const int64_t sleeps[] = { 2, 59, 60, 61, 359, 360, 361, 100000 };

START_TEST(sleep_leaves_empty_minutes)
{
	struct minute_detail hour;
	uint64_t sum = 0;

	clear_history();
	enter(9, 1000);
	enter(0, 1000 + sleeps[_i] * MINUTE_MS);
	enter(2, 1001 + sleeps[_i] * MINUTE_MS);
	size_t count = history_count(&history);
	for (size_t i = 0; i <= count; i++)
		sum += history_minute(&history, i)->published;
	ck_assert_uint_eq(sum, sleeps[_i] < HISTORY_MINUTES ? 11 : 2);
	ck_assert_uint_eq(history_minute(&history, count)->published, 2);
	history_hour(&history, &hour);
	ck_assert_uint_eq(hour.topics[5], sleeps[_i] < HISTORY_HOUR ? 11 : 2);
}
END_TEST

START_TEST(oldest_connection_gives_way)
{
	struct crowd crowd = { .count = 0 };
	int first = -1, fd = 10;

	while (first < 0 && fd < 1000)
		first = crowd_enter(&crowd, fd++);
	ck_assert_int_eq(first, 10);
	ck_assert_int_eq(crowd_enter(&crowd, fd++), 11);
	crowd_leave(&crowd, 12);
	crowd_leave(&crowd, 99999);
	ck_assert_int_eq(crowd_enter(&crowd, fd++), -1);
	ck_assert_int_eq(crowd_enter(&crowd, fd++), 13);
	ck_assert_uint_lt(crowd.count, CROWD_MAX);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("http");
	TCase *text_case = tcase_create("exposition");
	TCase *history_case = tcase_create("history");

	tcase_add_checked_fixture(text_case, begin, end);
	tcase_add_loop_test(text_case, counter_is_named_by_each_formats_rule, 0,
			    2);
	tcase_add_test(text_case, label_values_are_escaped);
	tcase_add_test(text_case, histogram_is_cumulative);
	tcase_add_test(text_case, reference_is_the_tables);
	suite_add_tcase(suite, text_case);
	tcase_add_test(history_case, minutes_hold_what_came_in_them);
	tcase_add_test(history_case, what_is_old_is_forgotten);
	tcase_add_loop_test(history_case, sleep_leaves_empty_minutes, 0,
			    COUNT(sleeps));
	tcase_add_test(history_case, oldest_connection_gives_way);
	suite_add_tcase(suite, history_case);
	return suite;
}
