#include "stage/settings.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/suite.h"

static struct settings settings;
static struct complaints complaints;
static char path[] = "/tmp/wirestage-settings-XXXXXX";

static void set_up(void)
{
	complaints.count = 0;
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
}

static void tear_down(void)
{
	settings_release(&settings);
	unlink(path);
}

static void write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static enum fault load(const struct settings_sources *sources)
{
	memset(&settings, 0x55, sizeof settings);
	return settings_load(sources, &settings, &complaints);
}

static enum fault load_text(const char *text)
{
	write_file(text);
	return load(&(struct settings_sources){ .file = path });
}

static enum fault load_variable(const char *variable)
{
	const char *environment[] = { variable, NULL };

	return load(&(struct settings_sources){ .environment = environment });
}

static enum fault load_flag(const char *name, const char *value)
{
	const struct setting_flag flag = { name, value };

	return load(
		&(struct settings_sources){ .flags = &flag, .flag_count = 1 });
}

START_TEST(defaults_are_the_documented_ones)
{
	ck_assert_int_eq(load(&(struct settings_sources){ .file = NULL }),
			 FAULT_NONE);
	ck_assert_str_eq(settings.bootstrap_servers, "localhost:9092");
	ck_assert_str_eq(settings.group_id, "wirestage");
	ck_assert_uint_gt(strlen(settings.instance), 0);
	ck_assert_uint_eq(settings.input_topics.count, 1);
	ck_assert_str_eq(settings.input_topics.items[0], "raw");
	ck_assert_str_eq(settings.output_topic, "articles");
	ck_assert_str_eq(settings.deadletter_topic, "deadletters");
	ck_assert_int_ge(settings.workers, 1);
	ck_assert_int_eq(settings.delivery, DELIVERY_EXACTLY_ONCE);
	ck_assert_int_eq(settings.start.at, START_EARLIEST);
	ck_assert_int_eq(settings.gap, GAP_CONTINUE);
	ck_assert_int_eq(settings.rebalance, REBALANCE_COOPERATIVE);
	ck_assert_int_eq(settings.membership, MEMBERSHIP_DYNAMIC);
	ck_assert_int_eq(settings.commit_interval_ms, 100);
	ck_assert_int_eq(settings.commit_interval_min_ms, 10);
	ck_assert_int_eq(settings.commit_messages, 5000);
	ck_assert_int_eq(settings.shutdown_timeout_ms, 10000);
	ck_assert_int_eq(settings.transaction_timeout_ms, 15000);
	ck_assert_int_eq(settings.input_max_bytes, 10485760);
	ck_assert_int_eq(settings.arena_max_bytes, 67108864);
	ck_assert_int_eq(settings.encoding, ENCODING_REPAIR);
	ck_assert_int_eq(settings.uri_from, URI_FROM_KEY);
	ck_assert_ptr_null(settings.format);
	ck_assert_int_eq(settings.framing, FRAMING_SINGLE_OBJECT);
	ck_assert_str_eq(settings.vocabulary, "");
	ck_assert_uint_eq(settings.headers_pass.count, 2);
	ck_assert_str_eq(settings.headers_pass.items[0], "traceparent");
	ck_assert_str_eq(settings.http_address, "");
	ck_assert_uint_eq(settings.quiet_after.count, 0);
	ck_assert_int_eq(settings.log_level, LOG_INFO);
	ck_assert_uint_eq(settings.consumer.count, 0);
}
END_TEST

START_TEST(file_is_read_as_written)
{
	ck_assert_int_eq(load_text("\xef\xbb\xbf# a comment\r\n\r\n"
				   "! another\n"
				   " gap = stop \r\n"
				   "input.topics=ap, dpa ,efe\n"
				   "start=2025-09-09T10:37:00+02:00\n"
				   "delivery=at-least-once\n"
				   "vocabulary=/srv/a#b=c\n"
				   "commit.messages=100000"),
			 FAULT_NONE);
	ck_assert_int_eq(settings.gap, GAP_STOP);
	ck_assert_uint_eq(settings.input_topics.count, 3);
	ck_assert_str_eq(settings.input_topics.items[1], "dpa");
	ck_assert_int_eq(settings.start.at, START_TIME);
	ck_assert_int_eq(settings.start.time_ms, 1757407020000);
	ck_assert_int_eq(settings.delivery, DELIVERY_AT_LEAST_ONCE);
	ck_assert_str_eq(settings.vocabulary, "/srv/a#b=c");
	ck_assert_int_eq(settings.commit_messages, 100000);
}
END_TEST

START_TEST(later_source_wins)
{
	const char *environment[] = { "WIRESTAGE_GROUP_ID=two",
				      "WIRESTAGE_WORKERS=2", NULL };
	const struct setting_flag flags[] = { { "workers", "3" },
					      { "workers", "4" } };

	write_file("group.id=one\nworkers=1\noutput.topic=out\n");
	ck_assert_int_eq(
		load(&(struct settings_sources){ path, environment, flags, 2 }),
		FAULT_NONE);
	ck_assert_str_eq(settings.output_topic, "out");
	ck_assert_str_eq(settings.group_id, "two");
	ck_assert_int_eq(settings.workers, 4);
}
END_TEST

START_TEST(variable_names_the_file)
{
	char variable[100];

	write_file("group.id=one\n");
	snprintf(variable, sizeof variable, "WIRESTAGE_CONFIG=%s", path);
	ck_assert_int_eq(load_variable(variable), FAULT_NONE);
	ck_assert_str_eq(settings.group_id, "one");
}
END_TEST

START_TEST(kubernetes_service_variables_are_no_settings)
{
	const char *environment[] = { "WIRESTAGE_SERVICE_HOST=10.0.0.1",
				      "WIRESTAGE_PORT=tcp://x:1",
				      "WIRESTAGE_PORT_9092_TCP_ADDR=10.0.0.1",
				      "PATH=/bin", NULL };

	ck_assert_int_eq(
		load(&(struct settings_sources){ .environment = environment }),
		FAULT_NONE);
}
END_TEST

START_TEST(properties_go_to_their_clients)
{
	ck_assert_int_eq(load_text("consumer.debug=cgrp\n"
				   "kafka.debug=all\n"
				   "kafka.security.protocol=SSL\n"
				   "producer.linger.ms=5\n"),
			 FAULT_NONE);
	ck_assert_uint_eq(settings.consumer.count, 3);
	ck_assert_str_eq(settings.consumer.items[0].name, "debug");
	ck_assert_str_eq(settings.consumer.items[0].value, "all");
	ck_assert_str_eq(settings.consumer.items[1].name, "security.protocol");
	/* Behind what is for both, so that it wins. */
	ck_assert_str_eq(settings.consumer.items[2].name, "debug");
	ck_assert_str_eq(settings.consumer.items[2].value, "cgrp");
	ck_assert_uint_eq(settings.producer.count, 3);
	ck_assert_str_eq(settings.producer.items[2].name, "linger.ms");
}
END_TEST

START_TEST(value_comes_from_a_file)
{
	write_file("s3cret \n");
	ck_assert_int_eq(load_flag("kafka.sasl.password.file", path),
			 FAULT_NONE);
	ck_assert_uint_eq(settings.producer.count, 1);
	ck_assert_str_eq(settings.producer.items[0].name, "sasl.password");
	ck_assert_str_eq(settings.producer.items[0].value, "s3cret ");
}
END_TEST

START_TEST(file_names_of_librdkafka_stay_names)
{
	const char name[] = "kafka.sasl.oauthbearer.assertion.private.key.file";

	ck_assert_int_eq(load_flag(name, "/run/key"), FAULT_NONE);
	ck_assert_str_eq(settings.consumer.items[0].value, "/run/key");
}
END_TEST

static void print_all(char *text, size_t size)
{
	FILE *file = fmemopen(text, size, "w");

	settings_print(&settings, file);
	fclose(file);
}

static const char *const secrets[] = {
	"kafka.sasl.password",
	"kafka.ssl.key.password",
	"kafka.ssl.key.pem",
	"producer.sasl.oauthbearer.client.secret",
	"kafka.sasl.oauthbearer.assertion.private.key.passphrase",
	"kafka.sasl.oauthbearer.assertion.private.key.pem",
	"kafka.sasl.oauthbearer.config",
	"kafka.ssl.keystore.password",
};

START_TEST(secret_is_not_printed)
{
	static char text[16384];

	ck_assert_int_eq(load_flag(secrets[_i], "s3cret"), FAULT_NONE);
	print_all(text, sizeof text);
	ck_assert_ptr_nonnull(strstr(text, secrets[_i]));
	ck_assert_ptr_null(strstr(text, "s3cret"));
}
END_TEST

START_TEST(print_tells_origins)
{
	static char text[16384];

	ck_assert_int_eq(load_variable("WIRESTAGE_GAP=stop"), FAULT_NONE);
	print_all(text, sizeof text);
	ck_assert_ptr_nonnull(strstr(text, "\n# WIRESTAGE_GAP\ngap = stop\n"));
	ck_assert_ptr_nonnull(strstr(text, "\ngroup.id = wirestage\n"));
}
END_TEST

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
	  "or an RFC 3339 instant" },
	{ "start", "2025-02-31T00:00:00Z",
	  "--start: start=2025-02-31T00:00:00Z is not valid: it takes "
	  "earliest, latest, or an RFC 3339 instant" },
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

START_TEST(setting_names_are_known)
{
	ck_assert(setting_is_known("gap"));
	ck_assert(setting_is_known("gap.file"));
	ck_assert(setting_is_known("kafka.debug"));
	ck_assert(setting_is_known("kafka.sasl.password.file"));
	ck_assert(!setting_is_known("kafka"));
	ck_assert(!setting_is_known("kafka."));
	ck_assert(!setting_is_known("gaps"));
	ck_assert(!setting_is_known(".file"));
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
	Suite *suite = suite_create("settings");
	TCase *load_case = tcase_create("load");

	tcase_add_checked_fixture(load_case, set_up, tear_down);
	tcase_add_test(load_case, defaults_are_the_documented_ones);
	tcase_add_test(load_case, file_is_read_as_written);
	tcase_add_test(load_case, later_source_wins);
	tcase_add_test(load_case, variable_names_the_file);
	tcase_add_test(load_case, kubernetes_service_variables_are_no_settings);
	tcase_add_test(load_case, properties_go_to_their_clients);
	tcase_add_test(load_case, value_comes_from_a_file);
	tcase_add_test(load_case, file_names_of_librdkafka_stay_names);
	tcase_add_loop_test(load_case, secret_is_not_printed, 0,
			    COUNT(secrets));
	tcase_add_test(load_case, print_tells_origins);
	tcase_add_loop_test(load_case, wrong_setting_is_complained_of, 0,
			    COUNT(wrong));
	tcase_add_test(load_case, all_errors_are_told_with_their_places);
	tcase_add_test(load_case, missing_file_is_complained_of);
	tcase_add_test(load_case, setting_names_are_known);
	tcase_add_test(load_case, flood_of_settings_is_refused);
	suite_add_tcase(suite, load_case);
	return suite;
}
