#include <avro.h>
#include <stdio.h>
#include <stdlib.h>

#include "producer/avro/container.h"
#include "tests/unit/suite.h"

static struct container container;
static struct buffer out;

static void open_all(void)
{
	container_init(&container);
	buffer_init(&out, SIZE_MAX);
}

static void close_all(void)
{
	container_release(&container);
	buffer_release(&out);
}

static void add(struct slice record)
{
	ck_assert_int_eq(container_add(&container, record, &out), FAULT_NONE);
}

/* The first half of the SHA-256 of "string" with its quotes. */
#define SYNC "\xe9\xe5\xc1\xc9\xe4\xf6\x27\x73\x39\xd1\xbc\xde\x07\x33\xa5\x9b"
#define HEADER \
	"Obj\x01\x04\x16" \
	"avro.schema\x10\"string\"\x14" \
	"avro.codec\x08null\x00" SYNC

START_TEST(file_is_that_of_the_specification)
{
	container_start(&container, SLICE("\"string\""), &out);
	add(SLICE("\x02"
		  "a"));
	add(SLICE("\x02"
		  "b"));
	container_finish(&container, &out);
	ck_assert(slice_equal(buffer_slice(&out), SLICE(HEADER "\x04\x08\x02"
							       "a\x02"
							       "b" SYNC)));
}
END_TEST

START_TEST(file_without_records_is_its_header)
{
	container_start(&container, SLICE("\"string\""), &out);
	container_finish(&container, &out);
	ck_assert(slice_equal(buffer_slice(&out), SLICE(HEADER)));
}
END_TEST

/* avro-c's own reader counts the records, and knows each. */
START_TEST(blocks_are_read_by_others)
{
	enum { RECORDS = 300, LEN = 1000 };
	static char record[2 + LEN];
	avro_file_reader_t reader;
	const char *text;
	size_t len;

	record[0] = (char)0xd0, record[1] = 0x0f; /* 1000, zig-zag */
	container_start(&container, SLICE("\"string\""), &out);
	for (int i = 0; i < RECORDS; i++) {
		memset(record + 2, 'a' + i % 26, LEN);
		add((struct slice){ record, sizeof record });
	}
	container_finish(&container, &out);

	FILE *file = fmemopen(out.bytes, out.len, "rb");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(avro_file_reader_fp(file, "memory", 1, &reader), 0);
	avro_value_iface_t *iface = avro_generic_string_class();
	avro_value_t value;
	avro_generic_value_new(iface, &value);
	for (int i = 0; i < RECORDS; i++) {
		ck_assert_int_eq(avro_file_reader_read_value(reader, &value),
				 0);
		avro_value_get_string(&value, &text, &len);
		ck_assert_uint_eq(len, LEN + 1);
		ck_assert_int_eq(text[LEN - 1], 'a' + i % 26);
	}
	ck_assert_int_ne(avro_file_reader_read_value(reader, &value), 0);
	avro_value_decref(&value);
	avro_value_iface_decref(iface);
	avro_file_reader_close(reader);
}
END_TEST

START_TEST(blocks_go_out_while_records_come_in)
{
	static char record[50000];

	container_start(&container, SLICE("\"bytes\""), &out);
	buffer_clear(&out);
	add((struct slice){ record, sizeof record });
	ck_assert_uint_eq(out.len, 0);
	add((struct slice){ record, sizeof record });
	ck_assert_uint_gt(out.len, 2 * sizeof record);
	buffer_clear(&out);
	container_finish(&container, &out);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

START_TEST(full_buffer_is_reported)
{
	struct slice record = SLICE("\x02"
				    "a");

	container_start(&container, SLICE("\"string\""), &out);
	add(record);
	container_finish(&container, &out);
	for (size_t limit = 0; limit <= out.len; limit++) {
		struct buffer small;

		buffer_init(&small, limit);
		container_start(&container, SLICE("\"string\""), &small);
		enum fault fault = container_add(&container, record, &small);
		ck_assert(fault == small.fault);
		container_finish(&container, &small);
		ck_assert_int_eq(small.fault, limit < out.len
						      ? FAULT_RECORD_TOO_LARGE
						      : FAULT_NONE);
		ck_assert_uint_le(small.len, limit);
		buffer_release(&small);
	}
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("container");
	TCase *files = tcase_create("container");

	tcase_add_checked_fixture(files, open_all, close_all);
	tcase_add_test(files, file_is_that_of_the_specification);
	tcase_add_test(files, file_without_records_is_its_header);
	tcase_add_test(files, blocks_are_read_by_others);
	tcase_add_test(files, blocks_go_out_while_records_come_in);
	tcase_add_test(files, full_buffer_is_reported);
	suite_add_tcase(suite, files);
	return suite;
}
