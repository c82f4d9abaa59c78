#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "tests/unit/suite.h"
#include "transform/text/line.h"
#include "transform/text/nfc.h"

enum { LAST_CODE = 0x10ffff };

static char memory[8192];
static struct arena arena;

static enum fault clean_text(const char *raw, struct slice *out)
{
	arena_init(&arena, memory, sizeof memory);
	return line_clean(slice_from(raw), &arena, out);
}

static bool is_surrogate(uint32_t code)
{
	return code >= 0xd800 && code <= 0xdfff;
}

static const struct {
	const char *raw, *clean;
} cleaned[] = {
	{ "Oil slips", "Oil slips" },
	{ " Oil\r\n slips\t", "Oil slips" },
	{ "Oil  slips", "Oil slips" },
	{ "Harbour reopens after the storm", "Harbour reopens after the "
					     "storm" },
	{ "  Harbour  reopens   after the storm      ", "Harbour reopens after "
							"the storm" },
	{ "eight on \n eight on \n eight", "eight on eight on eight" },
	{ "seven77 \t seven77 \v\f seven77 ", "seven77 seven77 seven77" },
	{ "a!b ! c", "a!b ! c" },
	{ "\xc2\xa0NBSP\xc2\xa0\xe2\x80\x89thin\xe3\x80\x80", "NBSP thin" },
	{ "next\xc2\x85line\xe2\x80\xa8sep", "next line sep" },
	{ "\xef\xbb\xbfmark", "mark" },
	{ "zero\xe2\x80\x8bwidth\xe2\x81\xa0"
	  "d",
	  "zerowidthd" },
	{ "co\xc2\xad"
	  "op",
	  "coop" },
	{ "c\x01o\x7fn\xc2\x80t", "cont" },
	{ "\xe2\x80\x9cQuoted\xe2\x80\x9d", "\xe2\x80\x9cQuoted\xe2\x80\x9d" },
	{ "join\xe2\x80\x8d"
	  "er",
	  "join\xe2\x80\x8d"
	  "er" },
	{ "Cafe\xcc\x81", "Caf\xc3\xa9" },
	{ "Cafe\xe2\x80\x8b\xcc\x81", "Caf\xc3\xa9" },
	{ "\xe2\x84\xab", "\xc3\x85" },
	{ "a\xe2\x80\x80z", "a z" },
	{ "q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87" },
	{ "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "\xea\xb0\x81" },
	{ "\xea\xb0\x80\xe1\x86\xa8", "\xea\xb0\x81" },
	{ "\xcc\x81", "\xcc\x81" },
};

START_TEST(line_is_cleaned)
{
	struct slice got = SLICE("poison");

	ck_assert_int_eq(clean_text(cleaned[_i].raw, &got), FAULT_NONE);
	ck_assert_str_eq(got.ptr, cleaned[_i].clean);
	ck_assert_uint_eq(got.len, strlen(cleaned[_i].clean));
	ck_assert(!line_is_blank(slice_from(cleaned[_i].raw)));
}
END_TEST

static const char *const blank[] = {
	"", " ", "\r\n\t ", "\xc2\xa0", "\xe2\x80\x8b", "\x01\x02"
};

START_TEST(nothing_left_is_none)
{
	struct slice got = SLICE("poison");

	ck_assert_int_eq(clean_text(blank[_i], &got), FAULT_NONE);
	ck_assert_ptr_null(got.ptr);
	ck_assert_uint_eq(got.len, 0);
	ck_assert(line_is_blank(slice_from(blank[_i])));
}
END_TEST

START_TEST(every_arena_succeeds_or_reports)
{
	const struct slice raw = SLICE("Cafe\xcc\x81  q\xcc\x87\xcc\xa3 au "
				       "lait");
	bool done = false;

	for (size_t room = 0; room < 512; room++) {
		struct slice got = SLICE("poison");

		arena_init(&arena, memory, room);
		enum fault fault = line_clean(raw, &arena, &got);
		ck_assert(fault == FAULT_NONE || fault == FAULT_NO_SPACE);
		ck_assert(!done || fault == FAULT_NONE);
		done = fault == FAULT_NONE;
		ck_assert_str_eq(got.ptr, done ? "Caf\xc3\xa9 q\xcc\xa3\xcc\x87"
						 " au lait"
					       : "poison");
	}
	ck_assert(done);
}
END_TEST

/* Each code point that stands behind the first in any decomposition: these
 * may join what stands before them. */
static void mark_joiners(bool *joins)
{
	for (int32_t code = 0; code <= LAST_CODE; code++) {
		int32_t parts[8];
		int ignored = 0;
		utf8proc_ssize_t count = utf8proc_decompose_char(
			code, parts, 8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
			&ignored);
		for (utf8proc_ssize_t i = 1; i < count; i++)
			joins[parts[i]] = true;
	}
}

static bool is_own_nfc(uint32_t code)
{
	int32_t codes[16];
	int ignored = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char(
		(int32_t)code, codes, 16, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
		&ignored);

	count = utf8proc_normalize_utf32(codes, count,
					 UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return count == 1 && codes[0] == (int32_t)code;
}

START_TEST(stable_code_points_are_stable_in_unicode)
{
	bool *joins = calloc(LAST_CODE + 1, sizeof *joins);

	mark_joiners(joins);
	for (uint32_t code = 0; code <= LAST_CODE; code++) {
		if (is_surrogate(code) || !nfc_is_stable(code))
			continue;
		const utf8proc_property_t *known =
			utf8proc_get_property((int32_t)code);
		MUST(!known->combining_class && !joins[code]);
		MUST(is_own_nfc(code));
		MUST(code < 0x300 || known->category != UTF8PROC_CATEGORY_CN);
	}
	free(joins);
}
END_TEST

/* Cleaning alone, then again: NFC must bring back nothing to remove. */
START_TEST(a_clean_code_point_stays_clean)
{
	for (uint32_t code = 1; code <= LAST_CODE; code++) {
		char raw[8] = "", again[32];
		struct slice first, second;

		if (is_surrogate(code))
			continue;
		utf8_encode(code, raw);
		MUST(clean_text(raw, &first) == FAULT_NONE);
		if (!first.ptr)
			continue;
		memcpy(again, first.ptr, first.len + 1);
		MUST(clean_text(again, &second) == FAULT_NONE);
		MUST(!strcmp(second.ptr, again));
	}
}
END_TEST

/* The library's own normal form, of pairs that meet and do not meet. */
START_TEST(pairs_agree_with_the_library)
{
	static const uint32_t firsts[] = { 'a',	   'e',	   0x41e,  0x627,
					   0x928,  0x304b, 0xac00, 0x1100,
					   0x212b, 0x1e0b, 0x2000 };

	for (uint32_t code = 0x300; code < 0x3200; code++) {
		char raw[16] = "";
		struct slice got;

		size_t len = utf8_encode(firsts[_i], raw);
		utf8_encode(code, raw + len);
		MUST(clean_text(raw, &got) == FAULT_NONE);
		if (!got.ptr)
			continue;
		utf8proc_uint8_t *nfc =
			utf8proc_NFC((const utf8proc_uint8_t *)got.ptr);
		MUST(!strcmp(got.ptr, (const char *)nfc));
		free(nfc);
	}
}
END_TEST

START_TEST(a_long_run_of_marks_is_put_in_order)
{
	enum { PAIRS = 200000 };
	size_t size = PAIRS * 4 + 1;
	char *raw = malloc(size + 1), *room = malloc(PAIRS * 32);
	struct slice got;

	raw[0] = 'a';
	for (size_t i = 0; i < PAIRS; i++)
		memcpy(raw + 1 + i * 4,
		       i < PAIRS / 2 ? "\xcc\x81\xcc\x81" : "\xcc\xa3\xcc\xa3",
		       4);
	raw[size] = '\0';
	arena_init(&arena, room, PAIRS * 32);
	ck_assert_int_eq(line_clean(slice_from(raw), &arena, &got), FAULT_NONE);
	ck_assert(slice_starts(got, SLICE("\xe1\xba\xa1\xcc\xa3")));
	ck_assert_uint_eq(got.len, size);
	free(raw);
	free(room);
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("line");
	TCase *clean = tcase_create("clean");

	tcase_set_timeout(clean, 30);
	tcase_add_loop_test(clean, line_is_cleaned, 0, COUNT(cleaned));
	tcase_add_loop_test(clean, nothing_left_is_none, 0, COUNT(blank));
	tcase_add_test(clean, every_arena_succeeds_or_reports);
	tcase_add_test(clean, stable_code_points_are_stable_in_unicode);
	tcase_add_test(clean, a_clean_code_point_stays_clean);
	tcase_add_loop_test(clean, pairs_agree_with_the_library, 0, 11);
	tcase_add_test(clean, a_long_run_of_marks_is_put_in_order);
	suite_add_tcase(suite, clean);
	return suite;
}
