#include "base/slice.h"

#include "base/record.h"
#include "tests/unit/suite.h"

static const struct {
	const char *a, *b;
	bool equal, equal_nocase, starts;
} pairs[] = {
	{ "", "", true, true, true },
	{ "a", "", false, false, true },
	{ "", "a", false, false, false },
	{ "Quay", "quay", false, true, false },
	{ "Quay", "Quay", true, true, true },
	{ "quayside", "quay", false, false, true },
	{ "quay", "quayside", false, false, false },
	/* only ASCII's letters have a case here */
	{ "\xc3\x89t\xc3\xa9", "\xc3\xa9t\xc3\xa9", false, false, false },
	{ "[", "{", false, false, false },
	{ "@", "`", false, false, false },
};

START_TEST(slices_are_compared)
{
	struct slice a = slice_from(pairs[_i].a);
	struct slice b = slice_from(pairs[_i].b);

	ck_assert_int_eq(slice_equal(a, b), pairs[_i].equal);
	ck_assert_int_eq(slice_equal_nocase(a, b), pairs[_i].equal_nocase);
	ck_assert_int_eq(slice_starts(a, b), pairs[_i].starts);
}
END_TEST

START_TEST(absent_is_equal_to_empty)
{
	ck_assert(slice_equal(SLICE_NONE, SLICE("")));
	ck_assert(slice_equal_nocase(SLICE_NONE, SLICE("")));
	ck_assert(slice_starts(SLICE_NONE, SLICE_NONE));
}
END_TEST

static const struct {
	const char *text, *trimmed;
} trims[] = {
	{ "", "" },
	{ " \t\r\n\v\f", "" },
	{ "quay", "quay" },
	{ "  the quay\n", "the quay" },
	/* a no-break space is no ASCII */
	{ "\xc2\xa0quay ", "\xc2\xa0quay" },
};

START_TEST(ascii_white_space_is_trimmed)
{
	ck_assert(slice_equal(slice_trim(slice_from(trims[_i].text)),
			      slice_from(trims[_i].trimmed)));
}
END_TEST

START_TEST(nothing_trimmed_is_nothing)
{
	ck_assert_ptr_null(slice_trim(SLICE_NONE).ptr);
}
END_TEST

static const struct {
	const char *text;
	const char *parts[4]; /* NULL: no more */
} splits[] = {
	{ "a,b", { "a", "b" } },
	{ "a", { "a" } },
	{ "", { "" } },
	{ ",", { "", "" } },
	{ "a,,b", { "a", "", "b" } },
	{ "a,b,", { "a", "b", "" } },
};

START_TEST(text_is_split_at_each_separator)
{
	struct slice rest = slice_from(splits[_i].text), head;

	for (size_t i = 0; splits[_i].parts[i]; i++) {
		ck_assert(slice_split(&rest, ',', &head));
		ck_assert(slice_equal(head, slice_from(splits[_i].parts[i])));
	}
	ck_assert(!slice_split(&rest, ',', &head));
	ck_assert(!slice_split(&rest, ',', &head));
}
END_TEST

START_TEST(the_last_header_of_a_name_is_the_one)
{
	const struct record_header headers[] = {
		{ SLICE("a"), SLICE("first") },
		{ SLICE("b"), SLICE_NONE },
		{ SLICE("a"), SLICE("last") },
	};
	const struct record record = { .headers = headers, .header_count = 3 };

	ck_assert(
		slice_equal(record_header(&record, SLICE("a")), SLICE("last")));
	ck_assert_ptr_null(record_header(&record, SLICE("b")).ptr);
	ck_assert_ptr_null(record_header(&record, SLICE("c")).ptr);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("slice");
	TCase *bytes = tcase_create("bytes");

	tcase_add_loop_test(bytes, slices_are_compared, 0, COUNT(pairs));
	tcase_add_test(bytes, absent_is_equal_to_empty);
	tcase_add_loop_test(bytes, ascii_white_space_is_trimmed, 0,
			    COUNT(trims));
	tcase_add_test(bytes, nothing_trimmed_is_nothing);
	tcase_add_loop_test(bytes, text_is_split_at_each_separator, 0,
			    COUNT(splits));
	tcase_add_test(bytes, the_last_header_of_a_name_is_the_one);
	suite_add_tcase(suite, bytes);
	return suite;
}
