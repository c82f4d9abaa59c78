#include <stdlib.h>

#include "base/utf8.h"
#include "tests/unit/suite.h"
#include "transform/text/count.h"

static const struct {
	const char *text;
	size_t chars, words;
} counted[] = {
	{ "", 0, 0 },
	{ "a", 1, 1 },
	{ " ", 1, 0 },
	{ "na\xc3\xafve caf\xc3\xa9", 10, 2 },
	{ "one two three four five six seven", 33, 7 },
	{ "one\ntwo\t\tthree  ", 16, 3 },
	{ "\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad\xe6\x96\x87\xe4\xb8\xad\xe6"
	  "\x96\x87\xe4\xb8\xad\xe6\x96\x87",
	  8, 1 },
};

START_TEST(text_is_counted)
{
	struct text_count got = text_count(slice_from(counted[_i].text));

	ck_assert_uint_eq(got.chars, counted[_i].chars);
	ck_assert_uint_eq(got.words, counted[_i].words);
}
END_TEST

/* Every length, so that each way through is taken at each place. */
START_TEST(counting_agrees_with_going_byte_by_byte)
{
	static const char *const units[] = { "a", " ", "\xc3\xa9",
					     "\xe2\x80\x9c", "\n" };
	char text[8000];
	size_t len = 0;

	srand(7);
	while (len < sizeof text - 4) {
		const char *unit = units[rand() % COUNT(units)];
		memcpy(text + len, unit, strlen(unit));
		len += strlen(unit);
	}
	for (size_t n = 0; n <= len; n += n < 100 ? 1 : 97) {
		struct slice part = { text, n };
		struct text_count got = text_count(part);
		size_t words = 0;

		for (size_t i = 0; i < n; i++)
			words += !strchr(" \n", text[i]) &&
				 (i == 0 || strchr(" \n", text[i - 1]));
		ck_assert_uint_eq(got.words, words);
		ck_assert_uint_eq(got.chars, utf8_count(part));
	}
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("count");
	TCase *count = tcase_create("count");

	tcase_add_loop_test(count, text_is_counted, 0, COUNT(counted));
	tcase_add_test(count, counting_agrees_with_going_byte_by_byte);
	suite_add_tcase(suite, count);
	return suite;
}
