#include "stage/diff/join.h"
#include "tests/unit/article_files.h"

/* Read one side to its end, or to its fault. */
static enum fault read_side(int side)
{
	const avro_value_t *record = NULL;
	enum fault fault = article_file_open(paths[side], &files[side], &note);

	if (fault)
		return fault;
	do {
		fault = article_file_next(files[side], &record, &note);
	} while (!fault && record);
	article_file_close(files[side]);
	files[side] = NULL;
	return fault;
}

static const struct {
	const char *before, *after, *pairs; /* '=' both, '<' '>' one alone */
} joins[] = {
	{ "", "", "" },
	{ "1", "", "<" },
	{ "", "12", ">>" },
	{ "123", "123", "===" },
	{ "12", "34", "<<>>" },
	{ "34", "12", ">><<" },
	{ "135", "234", "<>=><" },
	{ "19", "59", "<>=" },
	{ "1", "1234", "=>>>" },
	{ "1234", "4", "<<<=" },
};

START_TEST(files_are_joined_by_lineage)
{
	char pairs[2 * MANY] = "";
	struct pair pair = { NULL, NULL };
	size_t count = 0;

	write_offsets(0, joins[_i].before);
	write_offsets(1, joins[_i].after);
	ck_assert_int_eq(open_files(), FAULT_NONE);
	struct join join = { .before = files[0], .after = files[1] };
	for (;;) {
		ck_assert_int_eq(join_next(&join, &pair, &note), FAULT_NONE);
		if (!pair.before && !pair.after)
			break;
		pairs[count++] = !pair.after ? '<' : !pair.before ? '>' : '=';
	}
	ck_assert_str_eq(pairs, joins[_i].pairs);
	/* The end stays the end. */
	ck_assert_int_eq(join_next(&join, &pair, &note), FAULT_NONE);
	ck_assert(!pair.before && !pair.after);
}
END_TEST

START_TEST(origins_have_an_order)
{
	static const struct origin origins[] = {
		{ SLICE(""), 9, 9, 9 },	     { SLICE("raw"), 0, 0, 0 },
		{ SLICE("raw"), 0, 0, 1 },   { SLICE("raw"), 0, 7, 0 },
		{ SLICE("raw"), 2, 3, 0 },   { SLICE("raw"), 10, 1, 0 },
		{ SLICE("raw.b"), 0, 0, 0 }, { SLICE("ra\u00fc"), 0, 0, 0 },
	};

	for (int i = 0; i < COUNT(origins); i++)
		for (int j = 0; j < COUNT(origins); j++) {
			int by = origin_order(&origins[i], &origins[j]);
			ck_assert_int_eq((by > 0) - (by < 0),
					 (i > j) - (i < j));
		}
}
END_TEST

static const struct {
	const char *offsets, *why;
} unsorted[] = {
	{ "1243", ": record 4 (raw/0/3/0) comes before the record ahead" },
	{ "122", ": record 3 (raw/0/2/0) is there twice" },
};

START_TEST(file_out_of_order_is_refused)
{
	write_offsets(0, unsorted[_i].offsets);
	ck_assert_int_eq(read_side(0), FAULT_CONFIG);
	ck_assert_msg(strstr(note.text, unsorted[_i].why), "%s", note.text);
	ck_assert(slice_starts(slice_from(note.text), slice_from(paths[0])));
}
END_TEST

START_TEST(cut_file_is_refused)
{
	write_offsets(0, "123");
	const struct slice whole = buffer_slice(&bytes);

	for (size_t len = whole.len - 600; len < whole.len; len += 13) {
		write_bytes(0, slice_head(whole, len));
		enum fault fault = read_side(0);
		/* Behind the header a file without articles is whole. */
		MUST(fault == FAULT_FILE || (!fault && len < whole.len - 300));
		MUST(!fault || strstr(note.text, "the file is cut"));
	}
}
END_TEST

START_TEST(damaged_file_does_no_harm)
{
	write_offsets(0, "12");
	const size_t len = bytes.len;

	for (size_t i = len - 400; i < len; i += 9) {
		bytes.bytes[i] ^= 0x55;
		write_bytes(0, buffer_slice(&bytes));
		enum fault fault = read_side(0);
		MUST(!fault || fault == FAULT_FILE || fault == FAULT_CONFIG);
		MUST(fault || i < len - CONTAINER_SYNC_SIZE);
		bytes.bytes[i] ^= 0x55;
	}
}
END_TEST

/* The block's frame is in order, what it holds is not. */
static const struct {
	struct slice record;
	const char *why;
} no_articles[] = {
	{ SLICE("\x02"), ": the file is damaged: record 1 is no article" },
	{ SLICE("\x01\x01\x01\x01"), "record 1 is no article" },
};

START_TEST(block_of_no_article_is_refused)
{
	struct container container;

	container_init(&container);
	container_start(&container, embedded_article_schema(), &bytes);
	ck_assert(!container_add(&container, no_articles[_i].record, &bytes));
	container_finish(&container, &bytes);
	write_bytes(0, buffer_slice(&bytes));
	container_release(&container);
	ck_assert_int_eq(read_side(0), FAULT_FILE);
	ck_assert_ptr_nonnull(strstr(note.text, no_articles[_i].why));
}
END_TEST

START_TEST(block_with_more_than_it_counts_is_refused)
{
	struct container container;
	struct article article = sample_bare_article();
	struct buffer record;

	container_init(&container);
	buffer_init(&record, SIZE_MAX);
	ck_assert(!article_encode(encoder, &article, &record));
	buffer_add_byte(&record, 'x');
	container_start(&container, embedded_article_schema(), &bytes);
	ck_assert(!container_add(&container, buffer_slice(&record), &bytes));
	container_finish(&container, &bytes);
	write_bytes(0, buffer_slice(&bytes));
	buffer_release(&record);
	container_release(&container);
	ck_assert_int_eq(read_side(0), FAULT_FILE);
	ck_assert_ptr_nonnull(strstr(note.text, "behind record 1 its block "
						"goes on"));
}
END_TEST

static const struct {
	struct slice schema;
	const char *why;
} schemas[] = {
	{ SLICE("\"int\""), "fingerprint 7275d51a3f395c8f, this version's "
			    "has" },
	{ SLICE("{\"type\": \"no\"}"), "" },
	{ SLICE("{"), "" },
};

START_TEST(other_schema_is_refused)
{
	struct container container;

	container_init(&container);
	container_start(&container, schemas[_i].schema, &bytes);
	write_bytes(0, buffer_slice(&bytes));
	container_release(&container);
	ck_assert_int_eq(read_side(0), FAULT_FILE);
	ck_assert_msg(strstr(note.text, schemas[_i].why), "%s", note.text);
}
END_TEST

START_TEST(file_that_is_not_there_is_named)
{
	unlink(paths[0]);
	ck_assert_int_eq(read_side(0), FAULT_FILE);
	ck_assert(slice_starts(slice_from(note.text), slice_from(paths[0])));
	ck_assert_ptr_nonnull(strstr(note.text, "No such file"));
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("article_file");
	TCase *tests = tcase_create("article_file");

	tcase_add_checked_fixture(tests, files_begin, files_end);
	tcase_add_loop_test(tests, files_are_joined_by_lineage, 0,
			    COUNT(joins));
	tcase_add_test(tests, origins_have_an_order);
	tcase_add_loop_test(tests, file_out_of_order_is_refused, 0,
			    COUNT(unsorted));
	tcase_add_test(tests, cut_file_is_refused);
	tcase_add_test(tests, damaged_file_does_no_harm);
	tcase_add_loop_test(tests, block_of_no_article_is_refused, 0,
			    COUNT(no_articles));
	tcase_add_test(tests, block_with_more_than_it_counts_is_refused);
	tcase_add_loop_test(tests, other_schema_is_refused, 0, COUNT(schemas));
	tcase_add_test(tests, file_that_is_not_there_is_named);
	suite_add_tcase(suite, tests);
	return suite;
}
