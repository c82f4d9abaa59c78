#include "kafka/conf.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/unit/suite.h"

static rd_kafka_conf_t *conf;
static struct fault_note note;

static void setup(void)
{
	conf = rd_kafka_conf_new();
	note.text[0] = '\0';
}

static void teardown(void)
{
	rd_kafka_conf_destroy(conf);
}

static enum fault set(const struct kafka_property *items, size_t count)
{
	return kafka_conf_set(conf, (struct kafka_properties){ items, count },
			      &note);
}

static void assert_value(const char *name, const char *expected)
{
	char value[256];
	size_t size = sizeof value;

	ck_assert_int_eq(rd_kafka_conf_get(conf, name, value, &size),
			 RD_KAFKA_CONF_OK);
	ck_assert_str_eq(value, expected);
}

START_TEST(a_later_property_wins_and_none_is_left_alone)
{
	const struct kafka_property items[] = {
		{ "client.id", "first" },
		{ "linger.ms", NULL },
		{ "client.id", "last" },
		{ "client.id", NULL },
	};

	ck_assert_int_eq(set(items, COUNT(items)), FAULT_NONE);
	assert_value("client.id", "last");
	assert_value("linger.ms", "5");
}
END_TEST

START_TEST(no_properties_are_no_fault)
{
	ck_assert_int_eq(set(NULL, 0), FAULT_NONE);
}
END_TEST

static const struct kafka_property refused[] = {
	{ "no.such.property", "1" },
	{ "socket.timeout.ms", "soon" },
	{ "socket.timeout.ms", "0" },
};

START_TEST(a_refused_property_is_named)
{
	ck_assert_int_eq(set(&refused[_i], 1), FAULT_CONFIG);
	ck_assert_ptr_nonnull(strstr(note.text, refused[_i].name));
}
END_TEST

/* A client with that property, and the two ends of what it logs into. */
static rd_kafka_t *logging_client(const struct kafka_property *property,
				  int ends[2])
{
	ck_assert_int_eq(pipe(ends), 0);
	log_init(&(struct log_config){ .level = LOG_DEBUG, .fd = ends[1] });
	ck_assert_int_eq(set(property, 1), FAULT_NONE);
	kafka_conf_log(conf);
	rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, note.text,
					  sizeof note.text);
	ck_assert_ptr_nonnull(client);
	conf = rd_kafka_conf_new();
	return client;
}

static const char *log_of(rd_kafka_t *client, const int ends[2])
{
	static char text[8192];

	rd_kafka_destroy(client);
	close(ends[1]);
	ssize_t size = read(ends[0], text, sizeof text - 1);
	ck_assert_int_gt(size, 0);
	text[size] = '\0';
	close(ends[0]);
	return text;
}

START_TEST(the_clients_log_is_an_event)
{
	const struct kafka_property debug = { "debug", "generic" };
	int ends[2];

	const char *text = log_of(logging_client(&debug, ends), ends);
	ck_assert_ptr_nonnull(strstr(text, "event=librdkafka"));
	ck_assert_ptr_nonnull(strstr(text, "facility=INIT"));
}
END_TEST

START_TEST(why_a_connection_failed_is_said_once)
{
	enum { TURNS = 10, TURN_MS = 100 };
	const struct kafka_property nobody = { "bootstrap.servers",
					       "127.0.0.1:1" };
	static const char why[] = "Connection refused";
	int ends[2];
	rd_kafka_t *client = logging_client(&nobody, ends);

	for (int i = 0; i < TURNS; i++)
		rd_kafka_poll(client, TURN_MS);
	const char *text = log_of(client, ends);
	const char *first = strstr(text, why);
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_null(strstr(first + strlen(why), why));
	ck_assert_ptr_null(strstr(text, "brokers are down"));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("conf");
	TCase *properties = tcase_create("properties");

	tcase_add_checked_fixture(properties, setup, teardown);
	tcase_add_test(properties,
		       a_later_property_wins_and_none_is_left_alone);
	tcase_add_test(properties, no_properties_are_no_fault);
	tcase_add_loop_test(properties, a_refused_property_is_named, 0,
			    COUNT(refused));
	tcase_add_test(properties, the_clients_log_is_an_event);
	tcase_add_test(properties, why_a_connection_failed_is_said_once);
	suite_add_tcase(suite, properties);
	return suite;
}
