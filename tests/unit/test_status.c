#include "stage/http/status.h"

#include <netinet/in.h>
#include <stdio.h>
#include <unistd.h>

#include "stage/http/server.h"
#include "tests/unit/suite.h"

static const char *const topics[] = { "raw.a", "raw.b" };
static struct settings settings;
static struct counters counters;
static struct status *status;
static struct buffer out;

static void set_up(void)
{
	settings = (struct settings){
		.input_topics = { topics, 2 },
		.group_id = "group",
		.instance = "a",
		.output_topic = "articles",
	};
	MUST(counters_init(&counters, 1));
	status = status_new(&settings, &counters, SLICE("1"), NULL);
	ck_assert_ptr_nonnull(status);
	buffer_init(&out, SIZE_MAX);
}

static void tear_down(void)
{
	buffer_release(&out);
	status_free(status);
	counters_release(&counters);
}

static const char *scrape(void)
{
	buffer_clear(&out);
	status_metrics(status, false, &out);
	buffer_add_byte(&out, '\0');
	ck_assert_int_eq(out.fault, FAULT_NONE);
	return out.bytes;
}

/* What a wire's parts come to, and the label that tells them apart. */
struct family {
	const char *name, *label;
};

static const struct family published = { "published", "format" };
static const struct family deadlettered = { "deadlettered", "fault" };
static const struct family skipped = { "skipped", "reason" };

static bool shows(struct family family, const char *wire, const char *kind,
		  int value)
{
	char line[256];

	snprintf(line, sizeof line,
		 "\nwirestage_%s_total{wire=\"%s\",%s=\"%s\"} %d\n",
		 family.name, wire, family.label, kind, value);
	return strstr(scrape(), line);
}

START_TEST(what_may_come_is_told_before_it_comes)
{
	const char *wire = topics[_i];

	for (size_t i = 0; i < FAULT_COUNT; i++) {
		enum fault fault = (enum fault)i;
		ck_assert_msg(shows(deadlettered, wire, fault_name(fault), 0) ==
				      (fault_disposition(fault) ==
				       DISPOSITION_REJECT),
			      "%s", fault_name(fault));
	}
	for (size_t i = 0; i < SKIP_COUNT; i++)
		MUST(shows(skipped, wire, skip_name((enum skip)i), 0));
	MUST(shows(published, wire, "ninjs", 0));
	MUST(shows(published, wire, "wire-text", 0));
}
END_TEST

START_TEST(what_has_no_name_is_not_told_before_it_comes)
{
	ck_assert_ptr_null(strstr(scrape(), LABEL_OTHER));
}
END_TEST

START_TEST(first_dead_letter_is_an_increment)
{
	const struct example example = { .wire = 1, .time_ms = 1 };
	struct ledger *ledger = &counters.ledgers[0];
	static struct tally tally;

	MUST(shows(deadlettered, "raw.b", "date-invalid", 0));
	MUST(labels_number(&ledger->names.wires, SLICE("raw.b")) == 1);
	tally_consume(&tally, 1);
	tally_reject(&tally, FAULT_DATE_INVALID, &example);
	ledger_commit(ledger, &tally, 1);
	MUST(shows(deadlettered, "raw.b", "date-invalid", 1));
	MUST(shows(deadlettered, "raw.a", "date-invalid", 0));
}
END_TEST

START_TEST(pattern_is_no_topic)
{
	static const char *const pattern[] = { "^raw\\..*" };

	tear_down();
	settings.input_topics = (struct words){ pattern, 1 };
	MUST(counters_init(&counters, 1));
	status = status_new(&settings, &counters, SLICE("1"), NULL);
	buffer_init(&out, SIZE_MAX);
	ck_assert_ptr_null(strstr(scrape(), "wire=\""));
}
END_TEST

static struct bound spans[] = { { "raw.a", 0, 10, 40 }, { "raw.a", 7, 5, 5 } };
static const struct bounds plan = { spans, 2 };

START_TEST(plan_is_shown_instead_of_lag)
{
	const int64_t passed[] = { 12, 0 };

	status_free(status);
	status = status_new(&settings, &counters, SLICE("1"), &plan);
	status_replayed(status, passed);
	const char *text = scrape();
	ck_assert_ptr_nonnull(strstr(
		text, "_replay_offsets{wire=\"raw.a\",partition=\"0\"} 30\n"));
	ck_assert_ptr_nonnull(strstr(
		text, "_replay_offsets{wire=\"raw.a\",partition=\"7\"} 0\n"));
	ck_assert_ptr_nonnull(strstr(
		text, "_done_offsets{wire=\"raw.a\",partition=\"0\"} 12\n"));
	ck_assert_ptr_null(strstr(text, "wirestage_partition_lag"));
	ck_assert_ptr_null(strstr(text, "wirestage_wire_silence"));

	buffer_clear(&out);
	status_json(status, &out);
	buffer_add_byte(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.bytes,
				     "\"replay\":{\"done\":12,\"total\":30,"
				     "\"per_second\":null,\"partitions\":[{"));
}
END_TEST

START_TEST(without_a_plan_there_is_no_replay)
{
	ck_assert_ptr_null(strstr(scrape(), "wirestage_replay"));
	ck_assert_ptr_nonnull(strstr(scrape(), "wirestage_partition_lag"));
	buffer_clear(&out);
	status_json(status, &out);
	buffer_add_byte(&out, '\0');
	ck_assert_ptr_nonnull(strstr(out.bytes, "\"replay\":null"));
}
END_TEST

/* 127.0.0.1, and a port that was free a moment ago. */
static const char *free_address(void)
{
	static char text[32];
	struct sockaddr_in address = { .sin_family = AF_INET };
	struct sockaddr *any = (struct sockaddr *)&address;
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	MUST(!bind(fd, any, size) && !getsockname(fd, any, &size));
	close(fd);
	snprintf(text, sizeof text, "127.0.0.1:%d", ntohs(address.sin_port));
	return text;
}

/* A library that is told too late where its words go writes them to stderr,
 * and says so. */
START_TEST(server_starts_without_complaint)
{
	struct server *server = NULL;
	struct fault_note note = { "" };
	const char *address = free_address();
	char text[4096], expected[128];
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_ge(dup2(ends[1], STDERR_FILENO), 0);
	log_init(&(struct log_config){ LOG_DEBUG, LOG_LOGFMT, ends[1], NULL });
	ck_assert_int_eq(server_open(address, status, &server, &note),
			 FAULT_NONE);
	server_close(server);
	ssize_t len = read(ends[0], text, sizeof text - 1);
	ck_assert_int_gt(len, 0);
	text[len] = '\0';
	snprintf(expected, sizeof expected,
		 "event=http level=info address=%s\n", address);
	ck_assert_str_eq(text, expected);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("status");
	TCase *metrics_case = tcase_create("metrics");

	tcase_add_checked_fixture(metrics_case, set_up, tear_down);
	tcase_add_loop_test(metrics_case, what_may_come_is_told_before_it_comes,
			    0, COUNT(topics));
	tcase_add_test(metrics_case,
		       what_has_no_name_is_not_told_before_it_comes);
	tcase_add_test(metrics_case, first_dead_letter_is_an_increment);
	tcase_add_test(metrics_case, pattern_is_no_topic);
	tcase_add_test(metrics_case, plan_is_shown_instead_of_lag);
	tcase_add_test(metrics_case, without_a_plan_there_is_no_replay);
	tcase_add_test(metrics_case, server_starts_without_complaint);
	suite_add_tcase(suite, metrics_case);
	return suite;
}
