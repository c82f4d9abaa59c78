#include "tests/unit/suite.h"
#include "transform/text/encoding.h"

static char memory[1024];
static struct arena arena;

static const struct {
	const char *raw, *text;
	size_t bom_len;
	bool repaired;
} decoded[] = {
	{ "plain", "plain", 0, false },
	{ "\xef\xbb\xbfmarked", "marked", 3, false },
	{ "\xe2\x80\x9cquoted\xe2\x80\x9d", "\xe2\x80\x9cquoted\xe2\x80\x9d", 0,
	  false },
	{ "caf\xe9", "caf\xc3\xa9", 0, true },
	{ "\x93quoted\x94", "\xe2\x80\x9cquoted\xe2\x80\x9d", 0, true },
	{ "na\xc3\xafve caf\xe9", "na\xc3\xafve caf\xc3\xa9", 0, true },
	{ "\xef\xbb\xbf\x80 5", "\xe2\x82\xac 5", 3, true },
	{ "lost \x81", "lost \xef\xbf\xbd", 0, true },
	{ "cut \xe2\x80", "cut \xc3\xa2\xe2\x82\xac", 0, true },
	{ "surrogate \xed\xa0\x80", "surrogate \xc3\xad\xc2\xa0\xe2\x82\xac", 0,
	  true },
	{ "\xff\xfe", "\xc3\xbf\xc3\xbe", 0, true },
	{ "white\t\n\v\f\rspace", "white\t\n\v\f\rspace", 0, false },
	{ "\x01\x02wire\x03\x04\x1a\x7f", "\x01\x02wire\x03\x04\x1a\x7f", 0,
	  false },
};

START_TEST(bytes_become_text)
{
	struct decoded got;
	size_t offset;

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(encoding_decode(slice_from(decoded[_i].raw),
					 ENCODING_REPAIR, &arena, &got,
					 &offset),
			 FAULT_NONE);
	ck_assert(slice_equal(got.text, slice_from(decoded[_i].text)));
	ck_assert_uint_eq(got.bom_len, decoded[_i].bom_len);
	ck_assert_int_eq(got.repaired, decoded[_i].repaired);
}
END_TEST

START_TEST(valid_text_is_borrowed)
{
	const struct slice raw = SLICE("\xef\xbb\xbfvalid");
	struct decoded got;
	size_t offset;

	arena_init(&arena, NULL, 0);
	ck_assert_int_eq(encoding_decode(raw, ENCODING_REJECT, &arena, &got,
					 &offset),
			 FAULT_NONE);
	ck_assert_ptr_eq(got.text.ptr, raw.ptr + 3);
}
END_TEST

static const struct {
	struct slice raw;
	enum fault fault;
	size_t offset;
} refused[] = {
	{ { "", 0 }, FAULT_EMPTY, 0 },
	{ { " \r\n\t", 4 }, FAULT_EMPTY, 0 },
	{ { "\xef\xbb\xbf\n", 4 }, FAULT_EMPTY, 0 },
	{ { "mid\0dle", 7 }, FAULT_NUL_BYTE, 3 },
	{ { "\0m\0i\0d\0", 7 }, FAULT_NUL_BYTE, 0 },
	{ { "mid\0dle and \x07 later", 19 }, FAULT_BINARY, 3 },
	{ { "a bell \x07 rings", 14 }, FAULT_BINARY, 7 },
	{ { "\x1f\x8b\x08\0\0gzip", 9 }, FAULT_BINARY, 2 },
	{ { "\xef\xbb\xbf\x1b[1m", 7 }, FAULT_BINARY, 3 },
	{ { "caf\xe9", 4 }, FAULT_ENCODING, 3 },
	{ { "\xef\xbb\xbf\xe9", 4 }, FAULT_ENCODING, 3 },
};

START_TEST(bad_bytes_are_refused_and_out_untouched)
{
	struct decoded got = { .bom_len = 77 };
	size_t offset = 77;

	arena_init(&arena, memory, sizeof memory);
	ck_assert_int_eq(encoding_decode(refused[_i].raw, ENCODING_REJECT,
					 &arena, &got, &offset),
			 refused[_i].fault);
	ck_assert_uint_eq(got.bom_len, 77);
	ck_assert_uint_eq(offset, refused[_i].offset);
}
END_TEST

START_TEST(each_control_byte_is_text_or_not)
{
	static const char text[] = "\x01\x02\x03\x04\t\n\v\f\r\x1a\x1c\x1d\x1e"
				   "\x1f";

	for (int byte = 1; byte < 0x20; byte++) {
		const char raw[] = { 'a', (char)byte };
		struct decoded got;
		size_t offset;

		enum fault fault = encoding_decode((struct slice){ raw, 2 },
						   ENCODING_REJECT, &arena,
						   &got, &offset);
		ck_assert_int_eq(fault, strchr(text, byte) ? FAULT_NONE
							   : FAULT_BINARY);
	}
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	const struct slice raw = SLICE("\x93quoted\x94");

	for (size_t room = 0; room < 32; room++) {
		struct decoded got = { .bom_len = 77 };
		size_t offset;

		arena_init(&arena, memory, room);
		enum fault fault = encoding_decode(raw, ENCODING_REPAIR, &arena,
						   &got, &offset);
		ck_assert_int_eq(fault,
				 room < 12 ? FAULT_NO_SPACE : FAULT_NONE);
		ck_assert_uint_eq(got.bom_len, fault ? 77 : 0);
	}
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("encoding");
	TCase *decode = tcase_create("decode");

	tcase_add_loop_test(decode, bytes_become_text, 0, COUNT(decoded));
	tcase_add_test(decode, valid_text_is_borrowed);
	tcase_add_loop_test(decode, bad_bytes_are_refused_and_out_untouched, 0,
			    COUNT(refused));
	tcase_add_test(decode, each_control_byte_is_text_or_not);
	tcase_add_test(decode, every_arena_succeeds_or_reports);
	suite_add_tcase(suite, decode);
	return suite;
}
