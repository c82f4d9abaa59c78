#include "producer/output.h"
#include "tests/unit/outgoing.h"
#include "tests/unit/suite.h"

static char memory[4096];
static struct arena arena;
static struct article article;
static struct slice topics[] = { { "POLITICS", 8 }, { "WORLD", 5 } };
static const struct record_header raw_headers[] = {
	{ { "traceparent", 11 }, { "00-ab-cd-01", 11 } },
	{ { "secret", 6 }, { "s", 1 } },
};
static const char *const pass[] = { "traceparent" };
static const struct output output = { "articles", pass, 1 };
static const struct record raw = {
	.topic = { "raw", 3 },
	.partition = 3,
	.offset = 1042,
	.timestamp_ms = 1757376000000,
	.headers = raw_headers,
	.header_count = 2,
};

static void setup(void)
{
	arena_init(&arena, memory, sizeof memory);
	article_init(&article);
	article.uri = SLICE("wirestage:key:raw:1");
	article.version = SLICE("3");
	article.topics = topics;
	article.topic_count = 2;
	article.signal = SIGNAL_UPDATE;
	article.lineage = (struct lineage){
		.topic = raw.topic,
		.partition = 3,
		.offset = 1042,
		.part = 1,
		.format = SLICE("wire-text"),
	};
}

static struct outgoing make(void)
{
	struct outgoing out;

	ck_assert_int_eq(output_record(&output, &article, &raw, SLICE("value"),
				       &arena, &out),
			 FAULT_NONE);
	return out;
}

START_TEST(the_key_is_the_uri_and_the_time_the_raw_messages)
{
	struct outgoing out = make();

	ck_assert_str_eq(out.topic, "articles");
	ck_assert(slice_equal(out.key, article.uri));
	ck_assert(slice_equal(out.value, SLICE("value")));
	ck_assert_int_eq(out.timestamp_ms, raw.timestamp_ms);
}
END_TEST

static const struct {
	const char *name, *value;
} told[] = {
	{ "wirestage.topics", "POLITICS,WORLD" },
	{ "wirestage.pubStatus", "usable" },
	{ "wirestage.signal", "update" },
	{ "wirestage.version", "3" },
	{ "wirestage.format", "wire-text" },
	{ "wirestage.origin", "raw/3/1042/1" },
	{ "traceparent", "00-ab-cd-01" },
};

START_TEST(headers_let_a_consumer_filter)
{
	struct outgoing out = make();

	assert_header(&out, told[_i].name, told[_i].value);
	ck_assert_uint_eq(out.header_count, COUNT(told));
}
END_TEST

START_TEST(what_is_not_known_has_no_header)
{
	article.topic_count = 0;
	article.version = SLICE_NONE;
	struct outgoing out = make();
	ck_assert_ptr_null(outgoing_header(&out, "wirestage.topics").ptr);
	ck_assert_ptr_null(outgoing_header(&out, "wirestage.version").ptr);
}
END_TEST

START_TEST(every_arena_too_small_is_reported)
{
	struct outgoing out = { .topic = "untouched" };
	size_t room = 0;
	enum fault fault;

	do {
		arena_init(&arena, memory, room++);
		fault = output_record(&output, &article, &raw, SLICE("v"),
				      &arena, &out);
		if (fault) {
			ck_assert_int_eq(fault, FAULT_NO_SPACE);
			ck_assert_str_eq(out.topic, "untouched");
		}
	} while (fault && room <= sizeof memory);
	ck_assert_int_eq(fault, FAULT_NONE);
	ck_assert_uint_gt(room, 100);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("output");
	TCase *record = tcase_create("record");

	tcase_add_checked_fixture(record, setup, NULL);
	tcase_add_test(record,
		       the_key_is_the_uri_and_the_time_the_raw_messages);
	tcase_add_loop_test(record, headers_let_a_consumer_filter, 0,
			    COUNT(told));
	tcase_add_test(record, what_is_not_known_has_no_header);
	tcase_add_test(record, every_arena_too_small_is_reported);
	suite_add_tcase(suite, record);
	return suite;
}
