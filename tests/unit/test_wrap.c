#include "stage/terminal/wrap.h"

#include <stdlib.h>

#include "tests/unit/suite.h"

#define TEN "wirestage "
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN

static const struct {
	const char *text;
	unsigned column;
	const char *written;
} cases[] = {
	{ "", 4, "\n" },
	{ "  ", 4, "\n" },
	{ "one  word", 4, "one word\n" },
	{ "one\ntwo", 2, "one\n  two\n" },
	{ "one\n\ntwo", 2, "one\n\n  two\n" },
	/* the last column is used, and no further one */
	{ SEVENTY "12345678", 0, SEVENTY "12345678\n" },
	{ SEVENTY "123456789", 0,
	  TEN TEN TEN TEN TEN TEN "wirestage\n123456789\n" },
	{ SEVENTY "1234567", 2,
	  TEN TEN TEN TEN TEN TEN "wirestage\n  1234567\n" },
	/* two bytes a column */
	{ SEVENTY "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", 0,
	  SEVENTY "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\n" },
	/* what a terminal might obey, and what is no UTF-8 */
	{ "a\x1b[2Jb", 0, "a [2Jb\n" },
	{ "a\xff", 0, "a\ufffd\n" },
};

static char *wrap(struct slice text, unsigned column)
{
	char *written = NULL;
	size_t size;
	FILE *out = open_memstream(&written, &size);

	ck_assert_ptr_nonnull(out);
	wrap_print(text, column, out);
	ck_assert_int_eq(fclose(out), 0);
	return written;
}

START_TEST(lines_break_between_words)
{
	char *written = wrap(slice_from(cases[_i].text), cases[_i].column);

	ck_assert_str_eq(written, cases[_i].written);
	free(written);
}
END_TEST

START_TEST(long_word_has_a_line_to_itself)
{
	char text[2 * WRAP_COLUMNS + 5];
	struct slice whole = { text, sizeof text - 1 };

	memset(text, 'x', sizeof text);
	text[1] = ' ';
	text[sizeof text - 3] = ' ';
	char *written = wrap(whole, 0);
	ck_assert_uint_eq(strlen(written), whole.len + 1);
	ck_assert_int_eq(written[1], '\n');
	ck_assert_int_eq(written[sizeof text - 3], '\n');
	free(written);
}
END_TEST

START_TEST(absent_text_is_an_empty_line)
{
	char *written = wrap(SLICE_NONE, 9);

	ck_assert_str_eq(written, "\n");
	free(written);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("wrap");
	TCase *print = tcase_create("print");

	tcase_add_loop_test(print, lines_break_between_words, 0, COUNT(cases));
	tcase_add_test(print, long_word_has_a_line_to_itself);
	tcase_add_test(print, absent_text_is_an_empty_line);
	suite_add_tcase(suite, print);
	return suite;
}
