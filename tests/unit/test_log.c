#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/suite.h"

static int pipe_ends[2];
static int64_t now_ms;

static int64_t clock_now(void)
{
	return now_ms;
}

static void set_up(void)
{
	ck_assert_int_eq(pipe(pipe_ends), 0);
	now_ms = 1757414220123;
	log_init(&(struct log_config){ LOG_INFO, LOG_LOGFMT, pipe_ends[1],
				       clock_now });
}

static void use_json(void)
{
	log_init(&(struct log_config){ LOG_INFO, LOG_JSON, pipe_ends[1],
				       clock_now });
}

static void tear_down(void)
{
	close(pipe_ends[0]);
	close(pipe_ends[1]);
}

/* What was written so far. */
static const char *logged(void)
{
	static char text[65536];

	close(pipe_ends[1]);
	pipe_ends[1] = -1;
	ssize_t len = read(pipe_ends[0], text, sizeof text - 1);
	ck_assert_int_ge(len, 0);
	text[len] = '\0';
	return text;
}

#define HEAD "event=gap time=2025-09-09T10:37:00.123Z level=warn"
#define HEAD_JSON \
	"{\"event\":\"gap\",\"time\":\"2025-09-09T10:37:00.123Z\"," \
	"\"level\":\"warn\""

START_TEST(event_stands_first_then_time_and_level)
{
	log_event(LOG_WARN, "gap", LOG_STR("topic", "raw"),
		  LOG_INT("partition", 3), LOG_INT("offset", -1), LOG_END);
	ck_assert_str_eq(logged(), HEAD " topic=raw partition=3 offset=-1\n");
}
END_TEST

START_TEST(json_has_the_same_fields)
{
	use_json();
	log_event(LOG_WARN, "gap", LOG_STR("topic", "raw"),
		  LOG_INT("partition", 3));
	ck_assert_str_eq(logged(), HEAD_JSON ",\"topic\":\"raw\",\"partition\":"
					     "3}\n");
}
END_TEST

static const struct {
	const char *value, *logfmt, *json;
} values[] = {
	{ "raw", "raw", "\"raw\"" },
	{ "", "\"\"", "\"\"" },
	{ "two words", "\"two words\"", "\"two words\"" },
	{ "a=b", "\"a=b\"", "\"a=b\"" },
	{ "say \"no\"", "\"say \\\"no\\\"\"", "\"say \\\"no\\\"\"" },
	{ "C:\\x", "\"C:\\\\x\"", "\"C:\\\\x\"" },
	{ "a\nb\tc\r", "\"a\\nb\\tc\\r\"", "\"a\\nb\\tc\\r\"" },
	{ "\x1b[31m", "\"\\u001b[31m\"", "\"\\u001b[31m\"" },
	{ "\xc2\x9b", "\"\\u009b\"", "\"\\u009b\"" },
	{ "Pétrole", "\"Pétrole\"", "\"Pétrole\"" },
	{ "\xff\xfe", "\"\xef\xbf\xbd\xef\xbf\xbd\"",
	  "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "ab\xe2\x80", "\"ab\xef\xbf\xbd\xef\xbf\xbd\"",
	  "\"ab\xef\xbf\xbd\xef\xbf\xbd\"" },
};

START_TEST(value_is_quoted_and_escaped)
{
	char expected[256];

	log_event(LOG_WARN, "gap", LOG_STR("v", values[_i].value));
	snprintf(expected, sizeof expected, HEAD " v=%s\n", values[_i].logfmt);
	ck_assert_str_eq(logged(), expected);
}
END_TEST

START_TEST(value_is_escaped_in_json)
{
	char expected[256];

	use_json();
	log_event(LOG_WARN, "gap", LOG_STR("v", values[_i].value));
	snprintf(expected, sizeof expected, HEAD_JSON ",\"v\":%s}\n",
		 values[_i].json);
	ck_assert_str_eq(logged(), expected);
}
END_TEST

START_TEST(absent_value_is_left_out)
{
	log_event(LOG_WARN, "gap", LOG_STR("a", NULL),
		  LOG_SLICE("b", SLICE_NONE), LOG_SLICE("c", SLICE("x")));
	ck_assert_str_eq(logged(), HEAD " c=x\n");
}
END_TEST

START_TEST(errno_is_told_in_words)
{
	log_event(LOG_WARN, "gap", LOG_ERRNO(ENOENT));
	ck_assert_str_eq(logged(), HEAD " error=\"No such file or "
					"directory\"\n");
}
END_TEST

START_TEST(quiet_event_is_left_out)
{
	ck_assert(!log_wants(LOG_DEBUG));
	log_event(LOG_DEBUG, "gap", LOG_END);
	ck_assert_str_eq(logged(), "");
}
END_TEST

/* Every length about the line's end: whole, closed, and marked where cut. */
START_TEST(long_line_is_cut_and_stays_whole)
{
	static char value[LOG_LINE_SIZE + 10];

	use_json();
	memset(value, 'x', sizeof value);
	value[LOG_LINE_SIZE - 100 + _i] = '\0';
	log_event(LOG_WARN, "gap", LOG_STR("v", value), LOG_INT("n", 7));
	const char *line = logged();
	size_t len = strlen(line);
	ck_assert_uint_le(len, LOG_LINE_SIZE);
	ck_assert_str_eq(line + len - 2, "}\n");
	ck_assert(strstr(line, "\"n\":7}") || strstr(line, "x\"}") ||
		  strstr(line, "x...\"}"));
}
END_TEST

START_TEST(cut_does_not_split_a_character)
{
	static char value[LOG_LINE_SIZE * 2];

	for (size_t i = 0; i + 3 < sizeof value; i += 2)
		memcpy(value + i, "\xc3\xa9", 2);
	log_event(LOG_WARN, "gap", LOG_STR("v", value + _i));
	const char *end = strstr(logged(), "...\"\n");
	ck_assert_ptr_nonnull(end);
	ck_assert_int_eq((unsigned char)end[-1], 0xa9);
}
END_TEST

START_TEST(repeated_event_passes_once_a_minute)
{
	struct log_limit limit = { 0, 0 };

	ck_assert(log_limit_passes(&limit));
	for (int i = 0; i < 5; i++)
		ck_assert(!log_limit_passes(&limit));
	now_ms += LOG_LIMIT_MS - 1;
	ck_assert(!log_limit_passes(&limit));
	now_ms += 1;
	ck_assert(log_limit_passes(&limit));
	ck_assert_int_eq(log_limit_take(&limit), 6);
	ck_assert_int_eq(log_limit_take(&limit), 0);
}
END_TEST

START_TEST(clock_put_back_does_not_silence)
{
	struct log_limit limit = { 0, 0 };

	ck_assert(log_limit_passes(&limit));
	now_ms -= 3600000;
	ck_assert(log_limit_passes(&limit));
}
END_TEST

static void *write_lines(void *text)
{
	for (int i = 0; i < 50; i++)
		log_event(LOG_WARN, "gap", LOG_STR("v", text));
	return NULL;
}

START_TEST(lines_of_threads_do_not_mix)
{
	char texts[2][500];
	pthread_t threads[2];
	const char *line;

	for (int i = 0; i < 2; i++) {
		memset(texts[i], 'a' + i, sizeof texts[i] - 1);
		texts[i][sizeof texts[i] - 1] = '\0';
		pthread_create(&threads[i], NULL, write_lines, texts[i]);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	int count = 0;
	for (line = logged(); *line; line = strchr(line, '\n') + 1, count++) {
		ck_assert(!strncmp(line, HEAD " v=", strlen(HEAD " v=")));
		const char *value = line + strlen(HEAD " v=");
		ck_assert(!strncmp(value, texts[*value - 'a'], 499));
		ck_assert_int_eq(value[499], '\n');
	}
	ck_assert_int_eq(count, 100);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("log");
	TCase *lines = tcase_create("lines");

	tcase_add_checked_fixture(lines, set_up, tear_down);
	tcase_add_test(lines, event_stands_first_then_time_and_level);
	tcase_add_test(lines, json_has_the_same_fields);
	tcase_add_loop_test(lines, value_is_quoted_and_escaped, 0,
			    COUNT(values));
	tcase_add_loop_test(lines, value_is_escaped_in_json, 0, COUNT(values));
	tcase_add_test(lines, absent_value_is_left_out);
	tcase_add_test(lines, errno_is_told_in_words);
	tcase_add_test(lines, quiet_event_is_left_out);
	tcase_add_loop_test(lines, long_line_is_cut_and_stays_whole, 0, 110);
	tcase_add_loop_test(lines, cut_does_not_split_a_character, 0, 2);
	tcase_add_test(lines, repeated_event_passes_once_a_minute);
	tcase_add_test(lines, clock_put_back_does_not_silence);
	tcase_add_test(lines, lines_of_threads_do_not_mix);
	suite_add_tcase(suite, lines);
	return suite;
}
