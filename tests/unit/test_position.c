#include "stage/terminal/position.h"

#include "tests/unit/suite.h"

static const struct {
	const char *text;
	size_t offset, line, column;
} cases[] = {
	{ "", 0, 1, 1 },       { "", 9, 1, 1 },	      { "abc", 0, 1, 1 },
	{ "abc", 2, 1, 3 },    { "abc", 9, 1, 4 },    { "a\nbc", 2, 2, 1 },
	{ "a\nbc", 3, 2, 2 },  { "a\r\nb", 3, 2, 1 }, { "\xc3\xa9x", 2, 1, 2 },
	{ "\n\n\n", 3, 4, 1 },
};

START_TEST(offset_is_told_as_people_count)
{
	struct position at =
		position_find(slice_from(cases[_i].text), cases[_i].offset);

	ck_assert_uint_eq(at.line, cases[_i].line);
	ck_assert_uint_eq(at.column, cases[_i].column);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("position");
	TCase *find = tcase_create("find");

	tcase_add_loop_test(find, offset_is_told_as_people_count, 0,
			    COUNT(cases));
	suite_add_tcase(suite, find);
	return suite;
}
