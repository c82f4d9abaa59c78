#include "tests/unit/settings_load.h"

/* Each a flag, and all of the one complaint about it. */
static const struct {
	const char *name, *value, *complaint;
} wrong[] = {
	{ "workers", "65",
	  "--workers: workers=65 is not valid: it takes 0 to 64" },
	{ "workers", "-1",
	  "--workers: workers=-1 is not valid: it takes 0 to 64" },
	{ "workers", "2x",
	  "--workers: workers=2x is not valid: it takes 0 to 64" },
	{ "workers", "", "--workers: workers is empty: it takes 0 to 64" },
	{ "workers", "99999999999999999999",
	  "--workers: workers=99999999999999999999 is not valid: it takes 0 "
	  "to 64" },
	{ "gap", "contine",
	  "--gap: gap=contine is not valid: it takes continue, stop; did you "
	  "mean continue?" },
	{ "gap", "Stop",
	  "--gap: gap=Stop is not valid: it takes continue, stop; did you "
	  "mean stop?" },
	{ "group.id", "", "--group.id: group.id is empty: it takes text" },
	{ "start", "yesterday",
	  "--start: start=yesterday is not valid: it takes earliest, latest, "
	  "a day, or an RFC 3339 instant" },
	{ "start", "2025-02-31T00:00:00Z",
	  "--start: start=2025-02-31T00:00:00Z is not valid: it takes "
	  "earliest, latest, a day, or an RFC 3339 instant" },
	{ "start", "2025-02-31",
	  "--start: start=2025-02-31 is not valid: it takes earliest, "
	  "latest, a day, or an RFC 3339 instant" },
	{ "output.topic", "a b",
	  "--output.topic: output.topic=a b is not valid: it takes a topic" },
	{ "output.topic", "..",
	  "--output.topic: output.topic=.. is not valid: it takes a topic" },
	{ "input.topics", "a,,b",
	  "--input.topics: input.topics=a,,b is not valid: it takes topics, "
	  "or one ^pattern" },
	{ "input.topics", "a,a",
	  "--input.topics: input.topics=a,a is not valid: it takes topics, "
	  "or one ^pattern" },
	{ "input.topics", "^a(",
	  "--input.topics: input.topics=^a( is not valid: it takes topics, "
	  "or one ^pattern" },
	{ "input.topics", "^a,^b",
	  NULL }, /* one pattern, in which a comma is a comma */
	{ "input.topics", "^art",
	  "--input.topics: input.topics takes in articles, which is "
	  "output.topic: articles would be read as wire copy" },
	{ "input.topics", "raw,deadletters",
	  "--input.topics: input.topics takes in deadletters, which is "
	  "deadletter.topic: what is rejected would be rejected for ever" },
	{ "deadletter.topic", "articles",
	  "default: output.topic and deadletter.topic are both articles: its "
	  "readers expect articles alone" },
	{ "framing", "confluent",
	  "--framing: framing=confluent needs schema.id, the number of the "
	  "schema in the registry" },
	{ "membership", "static",
	  "--membership: membership=static needs instance: a name that stays "
	  "when the process moves" },
	{ "commit.interval.min.ms", "200",
	  "--commit.interval.min.ms: commit.interval.min.ms is more than "
	  "commit.interval.ms, 100" },
	{ "commit.interval.ms", "10000",
	  "default: transaction.timeout.ms is less than twice "
	  "commit.interval.ms, 10000: each pause would lose a transaction" },
	{ "arena.max.bytes", "65536",
	  "--arena.max.bytes: arena.max.bytes is less than input.max.bytes, "
	  "10485760: no message of that size would ever pass" },
	{ "group.idd", "x",
	  "--group.idd: no setting is called group.idd; did you mean "
	  "group.id?" },
	{ "zzz", "x", "--zzz: no setting is called zzz" },
	{ "kafka.", "x", "--kafka.: no setting is called kafka." },
	{ "kafka.acks", "1",
	  "--kafka.acks: kafka.acks may not be set: an article counts once "
	  "all replicas have it" },
	{ "consumer.group.id", "x",
	  "--consumer.group.id: consumer.group.id may not be set: set "
	  "group.id without a prefix" },
	{ "producer.transactional.id", "x",
	  "--producer.transactional.id: producer.transactional.id may not be "
	  "set: it is made from group.id, instance and the worker, so that a "
	  "restart ends what it left open: set instance" },
	{ "consumer.isolation.level", "read_uncommitted",
	  "--consumer.isolation.level: consumer.isolation.level may not be "
	  "set: what an aborted transaction wrote must not become an "
	  "article" },
	{ "consumer.max.poll.interval.ms", "75000",
	  "--consumer.max.poll.interval.ms: consumer.max.poll.interval.ms, "
	  "75000, is not more than 75000, which is how long a commit may wait "
	  "for the output with transaction.timeout.ms=15000: the worker would "
	  "lose the group" },
	{ "consumer.max.poll.interval.ms", "75001", NULL },
	{ "kafka.max.poll.interval.ms", "60000",
	  "--kafka.max.poll.interval.ms: kafka.max.poll.interval.ms, 60000, is "
	  "not more than 75000, which is how long a commit may wait for the "
	  "output with transaction.timeout.ms=15000: the worker would lose the "
	  "group" },
	{ "transaction.timeout.ms", "90000",
	  "--transaction.timeout.ms: consumer.max.poll.interval.ms, 300000, "
	  "is not more than 300000, which is how long a commit may wait for "
	  "the output with transaction.timeout.ms=90000: the worker would "
	  "lose the group" },
	{ "transaction.timeout.ms", "89999", NULL },
	{ "gap.file", "/no/such/file",
	  "--gap.file: gap.file: /no/such/file: No such file or directory" },
};

START_TEST(wrong_setting_is_complained_of)
{
	enum fault fault = load_flag(wrong[_i].name, wrong[_i].value);

	if (!wrong[_i].complaint) {
		ck_assert_int_eq(fault, FAULT_NONE);
		return;
	}
	ck_assert_int_eq(fault, FAULT_CONFIG);
	ck_assert_str_eq(complaints.text[0], wrong[_i].complaint);
	ck_assert_uint_eq(complaints.count, 1);
}
END_TEST

START_TEST(static_members_take_no_two_steps)
{
	const char *environment[] = { "WIRESTAGE_MEMBERSHIP=static",
				      "WIRESTAGE_INSTANCE=a", NULL };
	const struct setting_flag flag = { "rebalance", "cooperative" };

	ck_assert_int_eq(
		load(&(struct settings_sources){ NULL, environment, &flag, 1 }),
		FAULT_CONFIG);
	ck_assert_str_eq(complaints.text[0],
			 "--rebalance: rebalance=cooperative takes two steps, "
			 "and a static member killed between them comes back "
			 "to partitions that nobody reads: set "
			 "rebalance=eager, or consumer");
	ck_assert_uint_eq(complaints.count, 1);
}
END_TEST

/* A record is waited for longer there. */
START_TEST(at_least_once_takes_a_longer_poll_interval)
{
	const char *environment[] = {
		"WIRESTAGE_DELIVERY=at-least-once",
		"WIRESTAGE_CONSUMER_MAX_POLL_INTERVAL_MS=240000", NULL
	};
	const struct settings_sources sources = { .environment = environment };

	ck_assert_int_eq(load(&sources), FAULT_CONFIG);
	ck_assert_str_eq(
		complaints.text[0],
		"WIRESTAGE_CONSUMER_MAX_POLL_INTERVAL_MS: "
		"consumer.max.poll.interval.ms, 240000, is not more than "
		"240000, which is how long a commit may wait for the output "
		"with transaction.timeout.ms=15000: the worker would lose the "
		"group");
	ck_assert_uint_eq(complaints.count, 1);
}
END_TEST

START_TEST(all_errors_are_told_with_their_places)
{
	const char *environment[] = { "WIRESTAGE_WORKERS=many",
				      "WIRESTAGE_OUTPUT_TOPICS=x", NULL };
	const struct setting_flag flag = { "gap", "maybe" };
	char expected[100];

	write_file("gap\n\n=x\nlog.levle=info\ngroup.id=a\ngroup.id=b\n");
	ck_assert_int_eq(
		load(&(struct settings_sources){ path, environment, &flag, 1 }),
		FAULT_CONFIG);
	ck_assert_uint_eq(complaints.count, 7);
	snprintf(expected, sizeof expected, "%s:1: the line is not name=value",
		 path);
	ck_assert_str_eq(complaints.text[0], expected);
	snprintf(expected, sizeof expected, "%s:3: the line is not name=value",
		 path);
	ck_assert_str_eq(complaints.text[1], expected);
	snprintf(expected, sizeof expected,
		 "%s:4: no setting is called log.levle; did you mean "
		 "log.level?",
		 path);
	ck_assert_str_eq(complaints.text[2], expected);
	snprintf(expected, sizeof expected,
		 "%s:6: group.id was set by %s:5 already", path, path);
	ck_assert_str_eq(complaints.text[3], expected);
	ck_assert_str_eq(complaints.text[4], "WIRESTAGE_WORKERS: workers=many "
					     "is not valid: it "
					     "takes 0 to 64");
	ck_assert_str_eq(complaints.text[5], "WIRESTAGE_OUTPUT_TOPICS: no "
					     "setting is called "
					     "output.topics; did you mean "
					     "output.topic?");
	ck_assert_str_eq(complaints.text[6], "--gap: gap=maybe is not valid: "
					     "it takes continue, "
					     "stop");
}
END_TEST

START_TEST(missing_file_is_complained_of)
{
	const struct settings_sources sources = { .file = "/no/such/file" };

	ck_assert_int_eq(load(&sources), FAULT_CONFIG);
	ck_assert_str_eq(complaints.text[0], "/no/such/file: No such file or "
					     "directory");
}
END_TEST

START_TEST(flood_of_settings_is_refused)
{
	size_t size = 240 * 1024;
	char *text = malloc(size + 1);

	ck_assert_ptr_nonnull(text);
	size_t len = 0;
	for (int i = 0; len + 40 < size; i++)
		len += (size_t)snprintf(text + len, size - len, "kafka.p%d=\n",
					i);
	enum fault fault = load_text(text);
	free(text);
	ck_assert_int_eq(fault, FAULT_CONFIG);
	ck_assert_uint_eq(complaints.count, 1);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("settings_wrong");
	TCase *load_case = tcase_create("load");

	tcase_add_checked_fixture(load_case, settings_begin, settings_end);
	tcase_add_loop_test(load_case, wrong_setting_is_complained_of, 0,
			    COUNT(wrong));
	tcase_add_test(load_case, static_members_take_no_two_steps);
	tcase_add_test(load_case, at_least_once_takes_a_longer_poll_interval);
	tcase_add_test(load_case, all_errors_are_told_with_their_places);
	tcase_add_test(load_case, missing_file_is_complained_of);
	tcase_add_test(load_case, flood_of_settings_is_refused);
	suite_add_tcase(suite, load_case);
	return suite;
}
