#include <stdlib.h>

#include "producer/avro/container_reader.h"
#include "tests/unit/suite.h"

#define SYNC "0123456789abcdef"
#define HEADER \
	"Obj\x01\x04\x16" \
	"avro.schema\x10\"string\"\x14" \
	"avro.codec\x08null\x00" SYNC
/* Two records, "a" and "b". */
#define BLOCK \
	"\x04\x08\x02" \
	"a\x02" \
	"b" SYNC

enum { MAX_BYTES = 1000 };

static struct container_reader reader;
static struct buffer schema;
static struct fault_note note;
static FILE *file;

static void open_bytes(struct slice bytes)
{
	static char copy[4096];

	note.text[0] = '\0';
	ck_assert_uint_lt(bytes.len, sizeof copy);
	memcpy(copy, bytes.ptr, bytes.len);
	file = fmemopen(copy, bytes.len, "rb");
	ck_assert_ptr_nonnull(file);
	buffer_init(&schema, SIZE_MAX);
	container_reader_init(&reader, file, MAX_BYTES);
}

static void close_all(void)
{
	container_reader_release(&reader);
	buffer_release(&schema);
	fclose(file);
}

/* The first fault, or none where the file is read to its end. */
static enum fault read_all(uint64_t *count)
{
	struct container_block block = { .count = 1 };
	enum fault fault = container_read_header(&reader, &schema, &note);

	*count = 0;
	while (!fault && block.count > 0) {
		fault = container_read_block(&reader, &block, &note);
		*count += fault ? 0 : block.count;
	}
	return fault;
}

static const struct {
	struct slice bytes;
	uint64_t count;
} whole[] = {
	{ SLICE(HEADER), 0 },
	{ SLICE(HEADER BLOCK), 2 },
	{ SLICE(HEADER BLOCK BLOCK), 4 },
	{ SLICE(HEADER "\x00\x00" SYNC BLOCK "\x00\x00" SYNC), 2 },
	/* The map in two blocks, one of them with its size; no codec. */
	{ SLICE("Obj\x01\x02\x02"
		"x\x02y\x01\x2a\x16"
		"avro.schema\x10\"string\"\x00" SYNC BLOCK),
	  2 },
};

START_TEST(file_is_read_to_its_end)
{
	uint64_t count;

	open_bytes(whole[_i].bytes);
	ck_assert_int_eq(read_all(&count), FAULT_NONE);
	ck_assert_uint_eq(count, whole[_i].count);
	ck_assert_uint_eq(reader.at, whole[_i].bytes.len);
	ck_assert(slice_equal(buffer_slice(&schema), SLICE("\"string\"")));
	close_all();
}
END_TEST

START_TEST(records_are_the_block_s)
{
	struct container_block block = { .count = 77 };

	open_bytes(SLICE(HEADER BLOCK));
	ck_assert_int_eq(container_read_header(&reader, &schema, &note),
			 FAULT_NONE);
	ck_assert_int_eq(container_read_block(&reader, &block, &note),
			 FAULT_NONE);
	ck_assert_uint_eq(block.count, 2);
	ck_assert(slice_equal(block.records, SLICE("\x02"
						   "a\x02"
						   "b")));
	close_all();
}
END_TEST

static const struct {
	struct slice bytes;
	const char *why;
} bad[] = {
	{ SLICE("{\"a\": 1}"), "it is no Avro object container file" },
	{ SLICE("Ob"), "it is no Avro object container file" },
	{ SLICE("Obj\x02"), "it is no Avro object container file" },
	{ SLICE("Obj\x01\x00" SYNC), "names no schema" },
	{ SLICE("Obj\x01\x02\x14"
		"avro.codec\x0e"
		"deflate\x00" SYNC),
	  "(codec deflate)" },
	{ SLICE("Obj\x01\x02\x14"
		"avro.codec\x06\x1b[m\x00" SYNC),
	  "(codec unknown)" },
	{ SLICE("Obj\x01\x02\x01"), "before byte 6: a length of the header" },
	{ SLICE("Obj\x01\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), "a "
									"length"
									" of "
									"the "
									"heade"
									"r" },
	{ SLICE("Obj\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "too many "
								    "entries" },
	{ SLICE(HEADER BLOCK "\x01"), "no block begins there" },
	{ SLICE(HEADER "\x02\x01"), "larger than what is read at once" },
	{ SLICE(HEADER "\x02\xd2\x0f"), "larger than what is read at once" },
	{ SLICE(HEADER "\x06\x04"
		       "ab" SYNC),
	  "more records than bytes" },
	{ SLICE(HEADER "\x02\x02"
		       "a0123456789abcdeX"),
	  "sync marker" },
};

START_TEST(bad_file_is_refused_and_said_why)
{
	uint64_t count;

	open_bytes(bad[_i].bytes);
	ck_assert_int_eq(read_all(&count), FAULT_FILE);
	ck_assert_msg(strstr(note.text, bad[_i].why), "%s", note.text);
	close_all();
}
END_TEST

/* Only behind the header and behind each block may a file end. */
START_TEST(cut_file_is_refused_wherever_it_is_cut)
{
	const struct slice bytes = SLICE(HEADER BLOCK BLOCK);
	const size_t header = sizeof HEADER - 1, block = sizeof BLOCK - 1;

	for (size_t len = 1; len <= bytes.len; len++) {
		uint64_t count;
		bool at_end = len >= header && (len - header) % block == 0;

		open_bytes(slice_head(bytes, len));
		ck_assert_int_eq(read_all(&count),
				 at_end ? FAULT_NONE : FAULT_FILE);
		if (!at_end && len > 4)
			ck_assert_ptr_nonnull(strstr(note.text, "is cut"));
		close_all();
	}
}
END_TEST

START_TEST(length_that_lies_takes_no_memory)
{
	struct container_block block;

	open_bytes(SLICE(HEADER "\x02\xfe\xff\xff\xff\x0f"
				"a"));
	container_reader_init(&reader, file, SIZE_MAX);
	ck_assert_int_eq(container_read_header(&reader, &schema, &note),
			 FAULT_NONE);
	ck_assert_int_eq(container_read_block(&reader, &block, &note),
			 FAULT_FILE);
	ck_assert_uint_le(reader.block.size, 64 << 10);
	close_all();
}
END_TEST

/* The writer's own files, of blocks larger than what is read at once. */
START_TEST(what_the_writer_writes_is_read)
{
	enum { RECORDS = 50, LEN = 40000 };
	static char record[LEN];
	struct container container;
	struct container_block block;
	struct buffer out;
	uint64_t count = 0, bytes = 0;

	container_init(&container);
	buffer_init(&out, SIZE_MAX);
	container_start(&container, SLICE("\"bytes\""), &out);
	for (int i = 0; i < RECORDS; i++)
		ck_assert(!container_add(&container,
					 (struct slice){ record, LEN }, &out));
	container_finish(&container, &out);

	file = fmemopen(out.bytes, out.len, "rb");
	container_reader_init(&reader, file, SIZE_MAX);
	buffer_init(&schema, SIZE_MAX);
	ck_assert(!container_read_header(&reader, &schema, &note));
	do {
		ck_assert(!container_read_block(&reader, &block, &note));
		count += block.count;
		bytes += block.count ? block.records.len : 0;
	} while (block.count > 0);
	ck_assert_uint_eq(count, RECORDS);
	ck_assert_uint_eq(bytes, RECORDS * LEN);
	close_all();
	buffer_release(&out);
	container_release(&container);
}
END_TEST

START_TEST(folder_is_no_file)
{
	uint64_t count;

	file = fopen("/", "rb");
	container_reader_init(&reader, file, MAX_BYTES);
	buffer_init(&schema, SIZE_MAX);
	ck_assert_int_eq(read_all(&count), FAULT_FILE);
	ck_assert_str_eq(note.text, "Is a directory");
	close_all();
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("container_reader");
	TCase *files = tcase_create("container_reader");

	tcase_add_loop_test(files, file_is_read_to_its_end, 0, COUNT(whole));
	tcase_add_test(files, records_are_the_block_s);
	tcase_add_loop_test(files, bad_file_is_refused_and_said_why, 0,
			    COUNT(bad));
	tcase_add_test(files, cut_file_is_refused_wherever_it_is_cut);
	tcase_add_test(files, length_that_lies_takes_no_memory);
	tcase_add_test(files, what_the_writer_writes_is_read);
	tcase_add_test(files, folder_is_no_file);
	suite_add_tcase(suite, files);
	return suite;
}
