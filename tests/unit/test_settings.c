#include "tests/unit/settings_load.h"

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
	ck_assert_int_eq(settings.work_max, 300000000);
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

START_TEST(a_day_begins_at_midnight_of_utc)
{
	ck_assert_int_eq(load_text("start=2025-09-09\n"), FAULT_NONE);
	ck_assert_int_eq(settings.start.at, START_TIME);
	ck_assert_int_eq(settings.start.time_ms, 1757376000000);
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

START_TEST(static_members_change_hands_in_one_step)
{
	const char *environment[] = { "WIRESTAGE_MEMBERSHIP=static",
				      "WIRESTAGE_INSTANCE=a", NULL };
	static char text[16384];

	ck_assert_int_eq(
		load(&(struct settings_sources){ .environment = environment }),
		FAULT_NONE);
	ck_assert_int_eq(settings.rebalance, REBALANCE_EAGER);
	print_all(text, sizeof text);
	ck_assert_ptr_nonnull(strstr(text, "\nrebalance = eager\n"));
}
END_TEST

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

Suite *suite(void)
{
	Suite *suite = suite_create("settings");
	TCase *load_case = tcase_create("load");

	tcase_add_checked_fixture(load_case, settings_begin, settings_end);
	tcase_add_test(load_case, defaults_are_the_documented_ones);
	tcase_add_test(load_case, file_is_read_as_written);
	tcase_add_test(load_case, a_day_begins_at_midnight_of_utc);
	tcase_add_test(load_case, later_source_wins);
	tcase_add_test(load_case, variable_names_the_file);
	tcase_add_test(load_case, kubernetes_service_variables_are_no_settings);
	tcase_add_test(load_case, properties_go_to_their_clients);
	tcase_add_test(load_case, value_comes_from_a_file);
	tcase_add_test(load_case, file_names_of_librdkafka_stay_names);
	tcase_add_test(load_case, static_members_change_hands_in_one_step);
	tcase_add_loop_test(load_case, secret_is_not_printed, 0,
			    COUNT(secrets));
	tcase_add_test(load_case, print_tells_origins);
	tcase_add_test(load_case, setting_names_are_known);
	suite_add_tcase(suite, load_case);
	return suite;
}
