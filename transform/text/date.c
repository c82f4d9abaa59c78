#include "transform/text/date.h"

#include <stdio.h>

#include "transform/text/scan.h"

enum {
	MONTHS = 12,
	YEAR_LAST = 9999,
	DAYS_PER_ERA = 146097, /* 400 years of the Gregorian calendar */
	YEARS_PER_ERA = 400,
	DAYS_TO_EPOCH = 719468, /* from 1 March of the year 0 to 1970 */
	ISO_LEN = 10,		/* "2025-09-09" */
	MS_PER_DAY = 24 * 60 * 60 * 1000,
};

struct civil {
	int64_t year;
	int month, day;
};

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int lengths[MONTHS] = { 31, 28, 31, 30, 31, 30,
					     31, 31, 30, 31, 30, 31 };

	return lengths[month - 1] + (month == 2 && is_leap(year));
}

static int64_t divide_down(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

enum fault date_from_civil(int year, int month, int day, int32_t *days)
{
	if (year < 1 || year > YEAR_LAST || month < 1 || month > MONTHS)
		return FAULT_DATE_INVALID;
	if (day < 1 || day > month_length(year, month))
		return FAULT_DATE_INVALID;

	/* A year that begins in March has its odd day at the end; 153 days
	 * are five months from there on. */
	int from_march = (month + 9) % MONTHS;
	int y = year - (month <= 2);
	*days = 365 * y + y / 4 - y / 100 + y / 400 +
		(153 * from_march + 2) / 5 + day - 1 - DAYS_TO_EPOCH;
	return FAULT_NONE;
}

static struct civil civil_from_days(int64_t days)
{
	int64_t since = days + DAYS_TO_EPOCH;
	int64_t era = divide_down(since, DAYS_PER_ERA);
	int64_t day_of_era = since - era * DAYS_PER_ERA;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
			       day_of_era / 36524 - day_of_era / 146096) /
			      365;
	int64_t day_of_year =
		day_of_era -
		(365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int from_march = (int)((5 * day_of_year + 2) / 153);
	int month = (from_march + 2) % MONTHS + 1;

	return (struct civil){
		.year = era * YEARS_PER_ERA + year_of_era + (month <= 2),
		.month = month,
		.day = (int)day_of_year - (153 * from_march + 2) / 5 + 1,
	};
}

bool date_parse_iso(struct slice text, int32_t *days, enum fault *fault)
{
	int year, month, day;

	if (!scan_digits(&text, 4, &year) || !scan_one(&text, "-") ||
	    !scan_digits(&text, 2, &month) || !scan_one(&text, "-") ||
	    !scan_digits(&text, 2, &day) || text.len > 0)
		return false;
	*fault = date_from_civil(year, month, day, days);
	return true;
}

static bool take_clock(struct slice *text, int *ms)
{
	int hour, minute, second, digit;

	if (!scan_digits(text, 2, &hour) || !scan_one(text, ":") ||
	    !scan_digits(text, 2, &minute) || !scan_one(text, ":") ||
	    !scan_digits(text, 2, &second))
		return false;
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	if (second == 60)
		second = 59;
	*ms = ((hour * 60 + minute) * 60 + second) * 1000;
	if (!scan_one(text, "."))
		return true;
	if (text->len == 0 || !ascii_is_digit(*text->ptr))
		return false;
	for (int unit = 100; scan_digits(text, 1, &digit); unit /= 10)
		*ms += digit * unit;
	return true;
}

static bool take_zone(struct slice *text, int *ms)
{
	int hour, minute = 0;

	*ms = 0;
	if (scan_one(text, "Zz"))
		return true;
	int sign = text->len > 0 && *text->ptr == '-' ? -1 : 1;
	if (!scan_one(text, "+-") || !scan_digits(text, 2, &hour))
		return false;
	bool colon = scan_one(text, ":");
	if ((colon || text->len > 0) && !scan_digits(text, 2, &minute))
		return false;
	*ms = sign * (hour * 60 + minute) * 60 * 1000;
	return hour <= 23 && minute <= 59;
}

bool instant_parse(struct slice text, int64_t *ms)
{
	int32_t days;
	int clock, zone;
	enum fault fault;

	if (text.len < ISO_LEN ||
	    !date_parse_iso(slice_head(text, ISO_LEN), &days, &fault) || fault)
		return false;
	text = slice_skip(text, ISO_LEN);
	if (!scan_one(&text, "Tt ") || !take_clock(&text, &clock) ||
	    !take_zone(&text, &zone) || text.len > 0)
		return false;
	*ms = (int64_t)days * MS_PER_DAY + clock - zone;
	return true;
}

void instant_format(int64_t ms, char out[INSTANT_TEXT_SIZE])
{
	int64_t days = divide_down(ms, MS_PER_DAY);
	int in_day = (int)((ms % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY);
	struct civil civil = civil_from_days(days);
	int seconds = in_day / 1000, fraction = in_day % 1000;
	int len = snprintf(out, INSTANT_TEXT_SIZE,
			   "%04lld-%02d-%02dT%02d:%02d:%02d",
			   (long long)civil.year, civil.month, civil.day,
			   seconds / 3600, seconds / 60 % 60, seconds % 60);

	if (fraction)
		len += snprintf(out + len, INSTANT_TEXT_SIZE - (size_t)len,
				".%03d", fraction);
	snprintf(out + len, INSTANT_TEXT_SIZE - (size_t)len, "Z");
}

void date_format(int32_t days, char out[DATE_TEXT_SIZE])
{
	struct civil civil = civil_from_days(days);

	snprintf(out, DATE_TEXT_SIZE, "%04lld-%02d-%02d", (long long)civil.year,
		 civil.month, civil.day);
}
