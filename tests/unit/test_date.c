#include <time.h>

#include "tests/unit/suite.h"
#include "transform/text/date.h"

enum { POISON = 77, FIRST_DAY = -719162, LAST_DAY = 2932896 };

static const struct {
	const char *text;
	const char *iso;
} human[] = {
	{ "September 9, 2025", "2025-09-09" },
	{ "Sept. 9, 2025", "2025-09-09" },
	{ "Sep 9, 2025", "2025-09-09" },
	{ "SEPT 9 2025", "2025-09-09" },
	{ "9 September 2025", "2025-09-09" },
	{ "9 Sept. 2025", "2025-09-09" },
	{ "9th September, 2025", "2025-09-09" },
	{ "09 sep 2025", "2025-09-09" },
	{ "Tuesday, 9 Sep 2025", "2025-09-09" },
	{ "Tues. September 9th, 2025", "2025-09-09" },
	{ "Tue, Sep. 9, 2025", "2025-09-09" },
	{ "Thurs., 1 May 2025", "2025-05-01" },
	{ "May 1, 2025", "2025-05-01" },
	{ "June 22nd 2024", "2024-06-22" },
	{ "Feb. 29, 2024", "2024-02-29" },
	{ "  2025-09-09\t", "2025-09-09" },
	{ "Monday 2025-09-09", "2025-09-09" },
	{ "December 31, 9999", "9999-12-31" },
};

START_TEST(human_date_is_read)
{
	int32_t days = POISON;
	char text[DATE_TEXT_SIZE];

	ck_assert(date_parse_human(slice_from(human[_i].text), &days));
	date_format(days, text);
	ck_assert_str_eq(text, human[_i].iso);
}
END_TEST

static const char *const no_date[] = {
	"",
	"September",
	"September 2025",
	"September 9",
	"9 2025",
	"31 February 2025",
	"February 29, 2025",
	"September 0, 2025",
	"September 9, 25",
	"September 9, 20255",
	"September 9, 0000",
	"September9, 2025",
	"9September 2025",
	"Septembers 9, 2025",
	"Se 9, 2025",
	"On September 9, 2025",
	"September 9, 2025, in brief",
	"9/9/2025",
	"Monday",
	"Monday,",
	"2025-9-9",
	"2025-09-31",
	"September 9, 2025 10:00",
};

START_TEST(other_text_is_no_date)
{
	int32_t days = POISON;

	ck_assert(!date_parse_human(slice_from(no_date[_i]), &days));
	ck_assert_int_eq(days, POISON);
}
END_TEST

static const struct {
	const char *text;
	bool is_iso;
	enum fault fault;
	int32_t days;
} iso[] = {
	{ "2025-09-09", true, FAULT_NONE, 20340 },
	{ "1970-01-01", true, FAULT_NONE, 0 },
	{ "1969-12-31", true, FAULT_NONE, -1 },
	{ "0001-01-01", true, FAULT_NONE, FIRST_DAY },
	{ "9999-12-31", true, FAULT_NONE, LAST_DAY },
	{ "2000-02-29", true, FAULT_NONE, 11016 },
	{ "1900-02-29", true, FAULT_DATE_INVALID, POISON },
	{ "2025-02-31", true, FAULT_DATE_INVALID, POISON },
	{ "2025-13-01", true, FAULT_DATE_INVALID, POISON },
	{ "0000-01-01", true, FAULT_DATE_INVALID, POISON },
	{ "2025-09-09 ", false, FAULT_COUNT, POISON },
	{ "2025-09-0", false, FAULT_COUNT, POISON },
	{ "2025-9-09", false, FAULT_COUNT, POISON },
	{ "20250909", false, FAULT_COUNT, POISON },
	{ "", false, FAULT_COUNT, POISON },
};

START_TEST(iso_date_is_read)
{
	int32_t days = POISON;
	enum fault fault = FAULT_COUNT;

	ck_assert_int_eq(date_parse_iso(slice_from(iso[_i].text), &days,
					&fault),
			 iso[_i].is_iso);
	ck_assert_int_eq(fault, iso[_i].fault);
	ck_assert_int_eq(days, iso[_i].days);
}
END_TEST

/* Every day of the calendar, against the C library's. */
START_TEST(every_day_goes_there_and_back)
{
	for (int32_t days = FIRST_DAY; days <= LAST_DAY; days++) {
		time_t seconds = (time_t)days * 86400;
		struct tm tm;
		int32_t back = POISON;

		gmtime_r(&seconds, &tm);
		MUST(!date_from_civil(tm.tm_year + 1900, tm.tm_mon + 1,
				      tm.tm_mday, &back));
		MUST(back == days);
		if (days % 97)
			continue;
		char text[DATE_TEXT_SIZE];
		enum fault fault;
		date_format(days, text);
		ck_assert(date_parse_iso(slice_from(text), &back, &fault));
		ck_assert_int_eq(back, days);
	}
}
END_TEST

static const struct {
	const char *text;
	const char *utc;
} instants[] = {
	{ "2025-09-09T10:37:00Z", "2025-09-09T10:37:00Z" },
	{ "2025-09-09T10:37:00.5+02:00", "2025-09-09T08:37:00.500Z" },
	{ "2025-09-09t10:37:00z", "2025-09-09T10:37:00Z" },
	{ "2025-09-09 10:37:00+0200", "2025-09-09T08:37:00Z" },
	{ "2025-09-09T10:37:00-05", "2025-09-09T15:37:00Z" },
	{ "2025-09-09T23:59:60Z", "2025-09-09T23:59:59Z" },
	{ "2025-09-09T10:37:00.123456789Z", "2025-09-09T10:37:00.123Z" },
	{ "2025-09-09T10:37:00.0009Z", "2025-09-09T10:37:00Z" },
	{ "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z" },
	{ "2024-12-31T22:30:00-02:30", "2025-01-01T01:00:00Z" },
	{ "0001-01-01T00:00:00+01:00", "0000-12-31T23:00:00Z" },
};

START_TEST(instant_is_read)
{
	int64_t ms = POISON;
	char text[INSTANT_TEXT_SIZE];

	ck_assert(instant_parse(slice_from(instants[_i].text), &ms));
	instant_format(ms, text);
	ck_assert_str_eq(text, instants[_i].utc);
}
END_TEST

static const char *const no_instant[] = {
	"",
	"2025-09-09",
	"2025-09-09T10:37:00",
	"2025-09-09T10:37Z",
	"2025-09-09T24:00:00Z",
	"2025-09-09T10:60:00Z",
	"2025-09-09T10:37:61Z",
	"2025-09-09T10:37:00.Z",
	"2025-09-09T10:37:00+2",
	"2025-09-09T10:37:00+02:",
	"2025-09-09T10:37:00+02:0",
	"2025-09-09T10:37:00+24:00",
	"2025-09-09T10:37:00+02:60",
	"2025-02-31T10:37:00Z",
	"2025-09-09T10:37:00Z ",
	"2025-09-09_10:37:00Z",
	"2025-09-09T10:37:00 Z",
};

START_TEST(other_text_is_no_instant)
{
	int64_t ms = POISON;

	ck_assert(!instant_parse(slice_from(no_instant[_i]), &ms));
	ck_assert_int_eq(ms, POISON);
}
END_TEST

START_TEST(extreme_values_are_written)
{
	char instant[INSTANT_TEXT_SIZE], date[DATE_TEXT_SIZE];

	instant_format(INT64_MAX, instant);
	ck_assert_str_eq(instant, "292278994-08-17T07:12:55.807Z");
	instant_format(INT64_MIN, instant);
	ck_assert_str_eq(instant, "-292275055-05-16T16:47:04.192Z");
	date_format(INT32_MAX, date);
	ck_assert_str_eq(date, "5881580-07-11");
	date_format(INT32_MIN, date);
	ck_assert_str_eq(date, "-5877641-06-23");
}
END_TEST

Suite *suite(void)
{
	Suite *suite = suite_create("date");
	TCase *dates = tcase_create("dates");

	tcase_set_timeout(dates, 60);
	tcase_add_loop_test(dates, human_date_is_read, 0, COUNT(human));
	tcase_add_loop_test(dates, other_text_is_no_date, 0, COUNT(no_date));
	tcase_add_loop_test(dates, iso_date_is_read, 0, COUNT(iso));
	tcase_add_test(dates, every_day_goes_there_and_back);
	tcase_add_loop_test(dates, instant_is_read, 0, COUNT(instants));
	tcase_add_loop_test(dates, other_text_is_no_instant, 0,
			    COUNT(no_instant));
	tcase_add_test(dates, extreme_values_are_written);
	suite_add_tcase(suite, dates);
	return suite;
}
