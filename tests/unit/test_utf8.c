#include "base/utf8.h"

#include "tests/unit/suite.h"

static bool is_surrogate(uint32_t code)
{
	return code >= 0xd800 && code <= 0xdfff;
}

static size_t length_of(uint32_t code)
{
	return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/* One assertion a block of codes: a million of them take their time. */
START_TEST(every_code_point_comes_back)
{
	uint32_t wrong = 0;

	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		char bytes[4];
		uint32_t back = UINT32_MAX;
		size_t len = utf8_encode(code, bytes);
		struct slice text = { bytes, len };

		if (is_surrogate(code)) {
			wrong += utf8_valid_prefix(text) != 0;
			continue;
		}
		wrong += len != length_of(code) ||
			 utf8_valid_prefix(text) != len ||
			 utf8_decode(text, &back) != len || back != code ||
			 utf8_count(text) != 1;
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Whether a sequence is one that table 3-7 of Unicode lists. */
static bool is_listed(const unsigned char *b, size_t len)
{
	static const unsigned char rows[][9] = {
		/* length, then the least and the most of each byte */
		{ 1, 0x00, 0x7f },
		{ 2, 0xc2, 0xdf, 0x80, 0xbf },
		{ 3, 0xe0, 0xe0, 0xa0, 0xbf, 0x80, 0xbf },
		{ 3, 0xe1, 0xec, 0x80, 0xbf, 0x80, 0xbf },
		{ 3, 0xed, 0xed, 0x80, 0x9f, 0x80, 0xbf },
		{ 3, 0xee, 0xef, 0x80, 0xbf, 0x80, 0xbf },
		{ 4, 0xf0, 0xf0, 0x90, 0xbf, 0x80, 0xbf, 0x80, 0xbf },
		{ 4, 0xf1, 0xf3, 0x80, 0xbf, 0x80, 0xbf, 0x80, 0xbf },
		{ 4, 0xf4, 0xf4, 0x80, 0x8f, 0x80, 0xbf, 0x80, 0xbf },
	};

	for (int row = 0; row < COUNT(rows); row++) {
		size_t fits = 0;
		while (fits < len && b[fits] >= rows[row][1 + 2 * fits] &&
		       b[fits] <= rows[row][2 + 2 * fits])
			fits++;
		if (rows[row][0] == len && fits == len)
			return true;
	}
	return false;
}

/* Bytes at the edges of every range, in all places. */
static const unsigned char edges[] = {
	0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
	0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
};

static bool starts_valid(const unsigned char *b, size_t len)
{
	for (size_t n = 1; n <= len; n++)
		if (is_listed(b, n))
			return true;
	return false;
}

START_TEST(only_what_unicode_lists_is_valid)
{
	unsigned char b[4];
	uint32_t wrong = 0;

	for (int i = 0; i < COUNT(edges) * COUNT(edges); i++)
		for (int j = 0; j < COUNT(edges) * COUNT(edges); j++) {
			b[0] = edges[i / COUNT(edges)];
			b[1] = edges[i % COUNT(edges)];
			b[2] = edges[j / COUNT(edges)];
			b[3] = edges[j % COUNT(edges)];
			struct slice text = { (const char *)b, sizeof b };
			wrong += (utf8_valid_prefix(text) > 0) !=
				 starts_valid(b, sizeof b);
		}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

static const struct {
	const char *what, *text;
	size_t valid;
} invalid[] = {
	{ "a continuation alone", "ab\x80", 2 },
	{ "two bytes, cut", "ab\xc3", 2 },
	{ "three bytes, cut", "ab\xe2\x82", 2 },
	{ "four bytes, cut", "ab\xf0\x9f\x98", 2 },
	{ "overlong NUL", "\xc0\x80", 0 },
	{ "overlong slash", "\xc0\xaf", 0 },
	{ "overlong slash in three", "\xe0\x80\xaf", 0 },
	{ "overlong slash in four", "\xf0\x80\x80\xaf", 0 },
	{ "the most overlong two", "\xc1\xbf", 0 },
	{ "the most overlong three", "\xe0\x9f\xbf", 0 },
	{ "the most overlong four", "\xf0\x8f\xbf\xbf", 0 },
	{ "the first surrogate", "\xed\xa0\x80", 0 },
	{ "the last surrogate", "\xed\xbf\xbf", 0 },
	{ "a pair of surrogates (CESU-8)", "\xed\xa0\xbd\xed\xb8\x80", 0 },
	{ "U+110000", "\xf4\x90\x80\x80", 0 },
	{ "five bytes", "\xf8\x88\x80\x80\x80", 0 },
	{ "six bytes", "\xfc\x84\x80\x80\x80\x80", 0 },
	{ "FE and FF", "\xfe\xff", 0 },
	{ "Latin-1", "caf\xe9 au lait", 3 },
};

START_TEST(what_is_invalid_ends_the_valid_prefix)
{
	ck_assert_msg(utf8_valid_prefix(slice_from(invalid[_i].text)) ==
			      invalid[_i].valid,
		      "%s", invalid[_i].what);
}
END_TEST

/* Wherever it stands to the blocks that are looked at together. */
START_TEST(an_invalid_byte_is_found_in_each_place)
{
	enum { LONG = 40 };
	char text[LONG];

	for (size_t place = 0; place < LONG; place++) {
		memset(text, 'a', LONG);
		text[place] = '\xff';
		ck_assert_uint_eq(
			utf8_valid_prefix((struct slice){ text, LONG }), place);
	}
	for (size_t place = 0; place + 2 < LONG; place++) {
		memset(text, 'a', LONG);
		memcpy(text + place, "\xc3\xa9\xff", 3);
		ck_assert_uint_eq(
			utf8_valid_prefix((struct slice){ text, LONG }),
			place + 2);
	}
}
END_TEST

START_TEST(a_cut_anywhere_ends_before_the_sequence)
{
	static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z";
	static const size_t valid[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11 };

	for (size_t len = 0; len < sizeof text; len++)
		ck_assert_uint_eq(
			utf8_valid_prefix((struct slice){ text, len }),
			valid[len]);
}
END_TEST

START_TEST(nothing_is_valid)
{
	ck_assert_uint_eq(utf8_valid_prefix(SLICE_NONE), 0);
	ck_assert_uint_eq(utf8_count(SLICE_NONE), 0);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("utf8");
	TCase *codes = tcase_create("codes");

	tcase_add_test(codes, every_code_point_comes_back);
	tcase_add_test(codes, only_what_unicode_lists_is_valid);
	tcase_add_loop_test(codes, what_is_invalid_ends_the_valid_prefix, 0,
			    COUNT(invalid));
	tcase_add_test(codes, an_invalid_byte_is_found_in_each_place);
	tcase_add_test(codes, a_cut_anywhere_ends_before_the_sequence);
	tcase_add_test(codes, nothing_is_valid);
	suite_add_tcase(suite, codes);
	return suite;
}
