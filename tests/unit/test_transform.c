#include <openssl/sha.h>
#include <stdlib.h>

#include "schemas/embedded.h"
#include "tests/unit/suite.h"
#include "transform/formats/format.h"
#include "transform/transform.h"

static const char wire[] = "date 2025-03-02 POLITICS pond\n"
			   "Head\nDeck\nBoat. / Reuters\n\n"
			   "One caf\xc3\xa9.\n\nTwo.\n";

static char memory[1 << 18];
static struct arena arena;
static struct vocabulary *vocabulary;
static struct transform_context context;
static struct record record;
static struct transform *transform;

static void set_up(void)
{
	struct fault_note note;

	ck_assert_int_eq(vocabulary_parse(embedded_topics(), &vocabulary,
					  &note),
			 FAULT_NONE);
	context = (struct transform_context){
		.vocabulary = vocabulary,
		.input_max_bytes = 1000,
	};
	record = (struct record){
		.topic = SLICE("raw.wire"),
		.partition = 3,
		.offset = 42,
		.timestamp_ms = 1757414220000,
		.key = SLICE("desk/7 \xc3\xa9~"),
		.value = slice_from(wire),
	};
	transform = transform_new(&context);
	arena_init(&arena, memory, sizeof memory);
}

static void tear_down(void)
{
	transform_free(transform);
	vocabulary_free(vocabulary);
}

static struct part run(void)
{
	struct parts parts = transform_record(transform, &record, &arena);

	ck_assert_uint_eq(parts.count, 1);
	ck_assert_uint_eq(parts.items[0].number, 0);
	return parts.items[0];
}

static const struct article *run_article(void)
{
	struct part part = run();

	ck_assert_int_eq(part.fault, FAULT_NONE);
	ck_assert_ptr_nonnull(part.article);
	return part.article;
}

START_TEST(article_is_whole)
{
	const struct article *a = run_article();

	ck_assert_str_eq(a->headline.ptr, "Head");
	ck_assert_str_eq(a->uri.ptr, "wirestage:key:raw.wire:desk%2F7%20%C3%"
				     "A9~");
	ck_assert_uint_eq(a->topic_count, 1);
	ck_assert_str_eq(a->topics[0].ptr, "POLITICS");
	ck_assert_str_eq(a->subjects[0].uri.ptr, "medtop:11000000");
	ck_assert_str_eq(a->subjects[1].name.ptr, "pond");
	ck_assert_int_eq(a->char_count, 13);
	ck_assert_int_eq(a->word_count, 3);
	ck_assert_uint_eq(a->warning_count, 1);
	ck_assert_str_eq(a->warnings[0].ptr, "topic-unknown");
}
END_TEST

START_TEST(lineage_says_where_and_by_what)
{
	const struct lineage *lineage = &run_article()->lineage;
	unsigned char hash[HASH_SIZE];

	SHA256((const unsigned char *)wire, strlen(wire), hash);
	ck_assert_mem_eq(lineage->raw_hash, hash, HASH_SIZE);
	ck_assert_str_eq(lineage->topic.ptr, "raw.wire");
	ck_assert_int_eq(lineage->partition, 3);
	ck_assert_int_eq(lineage->offset, 42);
	ck_assert_int_eq(lineage->timestamp_ms, 1757414220000);
	ck_assert_uint_eq(lineage->part, 0);
	ck_assert_str_eq(lineage->format.ptr, "wire-text");
	ck_assert_str_eq(lineage->transform.ptr, TRANSFORM_VERSION);
	ck_assert_str_eq(lineage->vocabulary.ptr, "1");
	ck_assert_ptr_null(lineage->rules.ptr);
	ck_assert_ptr_null(lineage->model.ptr);
}
END_TEST

START_TEST(content_hash_is_of_the_text_alone)
{
	static const char text[] = "Head\0Deck\0\0One caf\xc3\xa9.\0Two.\0\0"
				   "Boat.";
	const char *const same = "\xef\xbb\xbf DATE 2025-03-02\r\n "
				 "Head\r\nDeck\r\n"
				 "Boat. / Reuters\r\nMarch 2, 2025\r\n\r\n"
				 "One   cafe\xcc\x81.\r\n\r\n\r\nTwo.";
	unsigned char hash[HASH_SIZE];

	SHA256((const unsigned char *)text, sizeof text, hash);
	ck_assert_mem_eq(run_article()->content_hash, hash, HASH_SIZE);
	record.value = slice_from(same);
	const struct article *a = run_article();
	ck_assert_mem_eq(a->content_hash, hash, HASH_SIZE);
	ck_assert_mem_ne(a->lineage.raw_hash, hash, HASH_SIZE);
}
END_TEST

START_TEST(uri_is_made_from_content_where_there_is_no_key)
{
	static const char uri[] = "wirestage:content:";

	context.uri_from = URI_FROM_CONTENT;
	struct slice by_content = run_article()->uri;
	ck_assert(slice_starts(by_content, SLICE("wirestage:content:")));
	ck_assert_uint_eq(by_content.len, strlen(uri) + 2 * HASH_SIZE);
	context.uri_from = URI_FROM_KEY;
	record.key = SLICE_NONE;
	ck_assert(slice_equal(run_article()->uri, by_content));
	record.key = SLICE("");
	ck_assert(slice_equal(run_article()->uri, by_content));
}
END_TEST

static const struct {
	const char *value;
	size_t len;
	enum fault fault;
	size_t offset;
} refused[] = {
	{ NULL, 0, FAULT_TOMBSTONE, 0 },
	{ "", 0, FAULT_EMPTY, 0 },
	{ "\xef\xbb\xbf \n", 5, FAULT_EMPTY, 0 },
	{ "date\0x", 6, FAULT_NUL_BYTE, 4 },
	{ "\x1f\x8b\x08\0\0", 5, FAULT_BINARY, 2 },
	{ "<nitf/>", 7, FAULT_FORMAT_UNKNOWN, 0 },
	{ "Head\n", 5, FAULT_HEADER_MISSING, 0 },
	{ "\n\ndate 2025-02-31 A\n", 20, FAULT_DATE_INVALID, 2 },
	{ "\xef\xbb\xbf\ndate 2025-02-31 A\n", 22, FAULT_DATE_INVALID, 4 },
	{ "date 2025-03-02 A\n", 18, FAULT_HEADLINE_MISSING, 18 },
};

START_TEST(bad_message_is_one_part_with_its_fault)
{
	record.value = (struct slice){ refused[_i].value, refused[_i].len };
	struct part part = run();
	ck_assert_int_eq(part.fault, refused[_i].fault);
	ck_assert_uint_eq(part.fault_offset, refused[_i].offset);
	ck_assert_ptr_null(part.article);
}
END_TEST

START_TEST(limit_is_inclusive)
{
	context.input_max_bytes = strlen(wire);
	ck_assert_int_eq(run().fault, FAULT_NONE);
	context.input_max_bytes--;
	ck_assert_int_eq(run().fault, FAULT_TOO_LARGE);
}
END_TEST

START_TEST(bad_utf8_is_repaired_or_refused)
{
	record.value = SLICE("date 2025-03-02\nCaf\xe9\n");
	const struct article *a = run_article();
	ck_assert_str_eq(a->headline.ptr, "Caf\xc3\xa9");
	ck_assert_str_eq(a->warnings[0].ptr, "utf8-repaired");
	context.encoding = ENCODING_REJECT;
	struct part part = run();
	ck_assert_int_eq(part.fault, FAULT_ENCODING);
	ck_assert_uint_eq(part.fault_offset, 19);
}
END_TEST

START_TEST(format_follows_header_setting_and_bytes)
{
	const struct record_header header = { SLICE("content-type"),
					      SLICE("text/x-wire-text") };

	record.value = SLICE("<b>");
	ck_assert_int_eq(run().fault, FAULT_FORMAT_UNKNOWN);
	record.headers = &header;
	record.header_count = 1;
	ck_assert_int_eq(run().fault, FAULT_HEADER_MISSING);
	record.header_count = 0;
	context.format = format_by_name(SLICE("wire-text"));
	ck_assert_int_eq(run().fault, FAULT_HEADER_MISSING);
	context.format = format_by_name(SLICE("ninjs"));
	record.value = slice_from(wire);
	ck_assert_int_eq(run().fault, FAULT_JSON_SYNTAX);
}
END_TEST

START_TEST(ninjs_keeps_its_uri_and_misses_its_date)
{
	record.value = SLICE("{\"uri\": \"urn:x:1\", \"headline\": \"Head\", "
			     "\"subject\": [{\"name\": \"Sports\"}]}");
	const struct article *a = run_article();
	ck_assert_str_eq(a->uri.ptr, "urn:x:1");
	ck_assert_str_eq(a->lineage.format.ptr, "ninjs");
	ck_assert_uint_eq(a->topic_count, 1);
	ck_assert_str_eq(a->topics[0].ptr, "SPORT");
	ck_assert_uint_eq(a->warning_count, 1);
	ck_assert_str_eq(a->warnings[0].ptr, "date-missing");
}
END_TEST

START_TEST(file_names_that_are_no_utf8_are_encoded)
{
	record.topic = SLICE("wire\xff.txt");
	record.key = SLICE_NONE;
	record.timestamp_ms = -1;
	const struct lineage *lineage = &run_article()->lineage;
	ck_assert_str_eq(lineage->topic.ptr, "wire%FF.txt");
	ck_assert_int_eq(lineage->timestamp_ms, ARTICLE_NO_TIME);
}
END_TEST

/* The same in other memory, by another transform: the same arena, but for
 * its pointers, which are the same too where the memory is. */
START_TEST(same_input_gives_same_bytes)
{
	char *first = malloc(sizeof memory);

	memset(memory, 0xa5, sizeof memory);
	run();
	size_t used = (size_t)(arena.next - arena.begin);
	memcpy(first, memory, used);
	transform_free(transform);
	transform = transform_new(&context);
	memset(memory, 0xa5, sizeof memory);
	arena_reset(&arena);
	run();
	ck_assert_uint_eq((size_t)(arena.next - arena.begin), used);
	ck_assert_mem_eq(first, memory, used);
	free(first);
}
END_TEST

static const char *const values[] = {
	wire,
	"date 2025-03-02\nCaf\xe9\n\nOne.\n",
	"{\"uri\": \"urn:x:1\", \"headline\": \"Head\", "
	"\"body_html\": \"<p>A\\u030a<pre> b </pre>\", \"x\": [{}]}",
};

START_TEST(every_arena_succeeds_or_reports)
{
	bool done = false;

	record.value = slice_from(values[_i]);
	context.trace = true;
	for (size_t room = 0; room < 20000; room++) {
		arena_init(&arena, memory, room);
		struct part part = run();
		ck_assert(!part.fault || part.fault == FAULT_NO_SPACE);
		ck_assert(!part.fault == !!part.article);
		done = !part.fault;
	}
	ck_assert(done);
}
END_TEST

/* The least work that the message passes with; each less is too little. */
static int64_t work_needed(void *room, size_t size)
{
	int64_t work = 0;
	struct part part;

	do {
		context.work_max = ++work;
		arena_init(&arena, room, size);
		part = run();
		ck_assert(!part.fault || part.fault == FAULT_TOO_SLOW);
		ck_assert(!part.fault == !!part.article);
	} while (part.fault && work < 10000);
	ck_assert(!part.fault);
	return work;
}

START_TEST(every_limit_of_work_succeeds_or_reports_alike)
{
	char *elsewhere = malloc(sizeof memory + 1);

	record.value = slice_from(values[_i]);
	context.trace = true;
	int64_t needed = work_needed(memory, sizeof memory);
	ck_assert_int_gt(needed, (int64_t)strlen(values[_i]));
	ck_assert_int_eq(work_needed(elsewhere + 1, sizeof memory / 2), needed);
	free(elsewhere);
	arena_init(&arena, memory, sizeof memory);
	/* More of it makes no difference, nor does none at all. */
	context.work_max = needed + 1;
	ck_assert_int_eq(run().fault, FAULT_NONE);
	context.work_max = 0;
	ck_assert_int_eq(run().fault, FAULT_NONE);
}
END_TEST

START_TEST(too_little_memory_is_told_from_too_much_work)
{
	context.work_max = 1000000;
	arena_init(&arena, memory, 64);
	ck_assert_int_eq(run().fault, FAULT_NO_SPACE);
	arena_init(&arena, memory, sizeof memory);
	context.work_max = 10;
	ck_assert_int_eq(run().fault, FAULT_TOO_SLOW);
	/* The arena itself is as good as new. */
	ck_assert_ptr_nonnull(arena_bytes(&arena, 1000));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("transform");
	TCase *record_case = tcase_create("record");

	tcase_set_timeout(record_case, 30);
	tcase_add_checked_fixture(record_case, set_up, tear_down);
	tcase_add_test(record_case, article_is_whole);
	tcase_add_test(record_case, lineage_says_where_and_by_what);
	tcase_add_test(record_case, content_hash_is_of_the_text_alone);
	tcase_add_test(record_case,
		       uri_is_made_from_content_where_there_is_no_key);
	tcase_add_loop_test(record_case, bad_message_is_one_part_with_its_fault,
			    0, COUNT(refused));
	tcase_add_test(record_case, limit_is_inclusive);
	tcase_add_test(record_case, bad_utf8_is_repaired_or_refused);
	tcase_add_test(record_case, format_follows_header_setting_and_bytes);
	tcase_add_test(record_case, ninjs_keeps_its_uri_and_misses_its_date);
	tcase_add_test(record_case, file_names_that_are_no_utf8_are_encoded);
	tcase_add_test(record_case, same_input_gives_same_bytes);
	tcase_add_loop_test(record_case, every_arena_succeeds_or_reports, 0,
			    COUNT(values));
	tcase_add_loop_test(record_case,
			    every_limit_of_work_succeeds_or_reports_alike, 0,
			    COUNT(values));
	tcase_add_test(record_case,
		       too_little_memory_is_told_from_too_much_work);
	suite_add_tcase(suite, record_case);
	return suite;
}
