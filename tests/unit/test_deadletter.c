#include <stdlib.h>

#include "producer/deadletter.h"
#include "tests/unit/outgoing.h"
#include "tests/unit/suite.h"

static const struct deadletter_config config = {
	.topic = "deadletters",
	.group_id = "desk",
	.worker = 3,
	.max_bytes = 10000,
	.version = "7",
};
static const struct record_header raw_headers[] = {
	{ { "content-type", 12 }, { "text/plain", 10 } },
	{ { "empty", 5 }, { "", 0 } },
	{ { "null", 4 }, { NULL, 0 } },
};
static struct record raw;
static struct rejection rejection;
static struct deadletter *deadletter;

static void setup(void)
{
	raw = (struct record){
		.topic = SLICE("raw"),
		.partition = 4,
		.offset = 1042,
		.timestamp_ms = 1757376000000,
		.key = SLICE("story-1"),
		.value = SLICE("date 2025-02-31 POLITICS\nA headline\n"),
		.headers = raw_headers,
		.header_count = COUNT(raw_headers),
	};
	rejection = (struct rejection){
		.part = 2,
		.fault = FAULT_DATE_INVALID,
		.offset = 5,
		.attempt = 1,
	};
	deadletter = deadletter_new(&config);
	ck_assert_ptr_nonnull(deadletter);
}

static void teardown(void)
{
	deadletter_free(deadletter);
}

static struct outgoing make(bool by_reference)
{
	struct outgoing out;

	ck_assert_int_eq(deadletter_record(deadletter, &raw, &rejection,
					   by_reference, &out),
			 FAULT_NONE);
	return out;
}

START_TEST(key_value_time_and_headers_are_untouched)
{
	struct outgoing out = make(false);

	ck_assert_str_eq(out.topic, "deadletters");
	ck_assert(out.key.ptr == raw.key.ptr && out.key.len == raw.key.len);
	ck_assert(out.value.ptr == raw.value.ptr &&
		  out.value.len == raw.value.len);
	ck_assert_int_eq(out.timestamp_ms, raw.timestamp_ms);
	ck_assert_mem_eq(out.headers, raw_headers, sizeof raw_headers);
}
END_TEST

static const struct {
	const char *name, *value;
} told[] = {
	{ "__connect.errors.topic", "raw" },
	{ "__connect.errors.partition", "4" },
	{ "__connect.errors.offset", "1042" },
	{ "__connect.errors.connector.name", "desk" },
	{ "__connect.errors.task.id", "3" },
	{ "__connect.errors.stage", "TRANSFORMATION" },
	{ "__connect.errors.class.name", "wirestage" },
	{ "__connect.errors.exception.class.name", "date-invalid" },
	{ "wirestage.fault", "date-invalid" },
	{ "wirestage.part", "2" },
	{ "wirestage.at", "5" },
	{ "wirestage.attempt", "1" },
	{ "wirestage.origin", "raw/4/1042/2" },
	{ "wirestage.version", "7" },
};

START_TEST(headers_tell_what_where_and_why)
{
	struct outgoing out = make(false);

	assert_header(&out, told[_i].name, told[_i].value);
}
END_TEST

START_TEST(a_tombstone_stays_null_and_an_empty_value_empty)
{
	raw.value = SLICE_NONE;
	ck_assert_ptr_null(make(false).value.ptr);
	raw.value = SLICE("");
	struct outgoing out = make(false);
	ck_assert_ptr_nonnull(out.value.ptr);
	ck_assert_uint_eq(out.value.len, 0);
}
END_TEST

START_TEST(what_does_not_fit_goes_by_reference)
{
	char *large = malloc(20000);

	memset(large, 'a', 20000);
	raw.value = (struct slice){ large, 20000 };
	struct outgoing out = make(false);
	ck_assert_uint_eq(out.value.len, 4096);
	ck_assert_uint_le(outgoing_size(&out), config.max_bytes);
	ck_assert(slice_equal(out.key, raw.key));
	ck_assert_ptr_null(outgoing_header(&out, "content-type").ptr);
	assert_header(&out, "wirestage.reference", "true");
	assert_header(&out, "wirestage.size", "20000");
	/* python3 -c 'import hashlib as h;
	 * print(h.sha256(b"a" * 20000).hexdigest())' */
	assert_header(&out, "wirestage.sha256",
		      "cc17faaad36649c4603dda4d8ff97cb1"
		      "49722af0bcac0746305a2134ad2d0b97");
	assert_header(&out, "wirestage.origin", "raw/4/1042/2");
	free(large);
}
END_TEST

START_TEST(a_long_key_is_left_out_of_a_reference)
{
	char *large = malloc(20000);

	memset(large, 'k', 20000);
	raw.key = (struct slice){ large, 20000 };
	struct outgoing out = make(false);
	ck_assert_ptr_null(out.key.ptr);
	ck_assert(slice_equal(out.value, raw.value));
	free(large);
}
END_TEST

/* What a topic takes, and what stays of a value and a key of 3000 bytes. */
static const struct {
	size_t max_bytes;
	bool value, key;
} tight[] = {
	{ 8000, true, true },
	{ 6000, true, true },
	{ 2048, false, false },
};

START_TEST(a_reference_is_cut_to_what_the_topic_takes)
{
	char bytes[3000];

	memset(bytes, 'b', sizeof bytes);
	raw.key = raw.value = (struct slice){ bytes, sizeof bytes };
	struct deadletter_config less = config;
	less.max_bytes = tight[_i].max_bytes;
	deadletter_free(deadletter);
	deadletter = deadletter_new(&less);
	struct outgoing out = make(true);
	ck_assert_uint_le(outgoing_size(&out), less.max_bytes);
	ck_assert_int_eq(out.value.len > 0, tight[_i].value);
	ck_assert_ptr_nonnull(out.value.ptr);
	ck_assert_int_eq(out.key.ptr != NULL, tight[_i].key);
	assert_header(&out, "wirestage.size", "3000");
}
END_TEST

START_TEST(a_reference_is_made_on_demand)
{
	struct outgoing out = make(true);

	assert_header(&out, "wirestage.reference", "true");
	ck_assert(slice_equal(out.value, raw.value));
}
END_TEST

/* What consumers get back of a record that was sent. */
static struct record received(const struct outgoing *out)
{
	return (struct record){
		.topic = SLICE("deadletters"),
		.partition = 0,
		.offset = 7,
		.timestamp_ms = out->timestamp_ms,
		.key = out->key,
		.value = out->value,
		.headers = out->headers,
		.header_count = out->header_count,
	};
}

START_TEST(what_is_read_back_is_what_was_sent)
{
	struct outgoing out = make(false);
	struct record record = received(&out);
	struct letter letter;

	ck_assert(deadletter_read(&record, &letter));
	ck_assert(slice_equal(letter.raw.topic, raw.topic));
	ck_assert_int_eq(letter.raw.partition, raw.partition);
	ck_assert_int_eq(letter.raw.offset, raw.offset);
	ck_assert_int_eq(letter.raw.timestamp_ms, raw.timestamp_ms);
	ck_assert(slice_equal(letter.raw.key, raw.key));
	ck_assert(slice_equal(letter.raw.value, raw.value));
	ck_assert_uint_eq(letter.raw.header_count, COUNT(raw_headers));
	ck_assert(slice_equal(letter.fault_name, SLICE("date-invalid")));
	ck_assert_uint_eq(letter.rejection.part, 2);
	ck_assert_uint_eq(letter.rejection.attempt, 1);
	ck_assert(!letter.rejection.whole && !letter.by_reference);
}
END_TEST

START_TEST(a_letter_of_a_letter_holds_the_first_message)
{
	struct outgoing out = make(false);
	struct record record = received(&out);
	struct deadletter *again = deadletter_new(&config);
	struct letter letter, second;

	ck_assert(deadletter_read(&record, &letter));
	rejection.attempt = letter.rejection.attempt + 1;
	rejection.whole = true;
	ck_assert_int_eq(deadletter_record(again, &letter.raw, &rejection,
					   false, &out),
			 FAULT_NONE);
	record = received(&out);
	ck_assert(deadletter_read(&record, &second));
	ck_assert(slice_equal(second.raw.topic, raw.topic));
	ck_assert_uint_eq(second.raw.header_count, COUNT(raw_headers));
	ck_assert_uint_eq(second.rejection.attempt, 2);
	ck_assert(second.rejection.whole);
	deadletter_free(again);
}
END_TEST

START_TEST(a_reference_says_so_when_read_back)
{
	struct outgoing out = make(true);
	struct record record = received(&out);
	struct letter letter;

	ck_assert(deadletter_read(&record, &letter));
	ck_assert(letter.by_reference);
}
END_TEST

static const struct {
	const char *name, *value;
} damaged[] = {
	{ "wirestage.fault", NULL },
	{ "wirestage.part", "x" },
	{ "wirestage.part", "" },
	{ "wirestage.part", "99999999999" },
	{ "wirestage.at", "-1" },
	{ "wirestage.attempt", NULL },
	{ "__connect.errors.offset", "1042 " },
	{ "__connect.errors.offset", "9999999999999999999" },
	{ "__connect.errors.partition", "4294967296" },
	{ "__connect.errors.topic", NULL },
};

START_TEST(what_is_no_letter_of_ours_is_not_read)
{
	struct outgoing out = make(false);
	struct record record = received(&out);
	struct record_header headers[32];
	struct letter letter = { .fault_name = SLICE("untouched") };

	memcpy(headers, record.headers, record.header_count * sizeof *headers);
	record.headers = headers;
	for (size_t i = 0; i < record.header_count; i++)
		if (slice_equal(headers[i].name, slice_from(damaged[_i].name)))
			headers[i].value =
				damaged[_i].value
					? slice_from(damaged[_i].value)
					: SLICE_NONE;
	ck_assert(!deadletter_read(&record, &letter));
	ck_assert(slice_equal(letter.fault_name, SLICE("untouched")));
}
END_TEST

START_TEST(endless_header_values_are_cut_not_overrun)
{
	char topic[9000];

	memset(topic, 't', sizeof topic);
	raw.topic = (struct slice){ topic, sizeof topic };
	struct outgoing out = make(true);
	ck_assert_uint_lt(outgoing_header(&out, "wirestage.origin").len, 4096);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("deadletter");
	TCase *record = tcase_create("record");

	tcase_add_checked_fixture(record, setup, teardown);
	tcase_add_test(record, key_value_time_and_headers_are_untouched);
	tcase_add_loop_test(record, headers_tell_what_where_and_why, 0,
			    COUNT(told));
	tcase_add_test(record, a_tombstone_stays_null_and_an_empty_value_empty);
	tcase_add_test(record, what_does_not_fit_goes_by_reference);
	tcase_add_test(record, a_long_key_is_left_out_of_a_reference);
	tcase_add_loop_test(record, a_reference_is_cut_to_what_the_topic_takes,
			    0, COUNT(tight));
	tcase_add_test(record, a_reference_is_made_on_demand);
	tcase_add_test(record, endless_header_values_are_cut_not_overrun);
	tcase_add_test(record, what_is_read_back_is_what_was_sent);
	tcase_add_test(record, a_letter_of_a_letter_holds_the_first_message);
	tcase_add_test(record, a_reference_says_so_when_read_back);
	tcase_add_loop_test(record, what_is_no_letter_of_ours_is_not_read, 0,
			    COUNT(damaged));
	suite_add_tcase(suite, record);
	return suite;
}
