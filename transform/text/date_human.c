#include "transform/text/date.h"
#include "transform/text/scan.h"

/* No date is longer: "Wednesday, 22nd September, 2025" with room to spare. */
enum { MONTHS = 12, LONGEST = 48 };

static const char *const month_names[MONTHS] = {
	"January", "February", "March",	    "April",   "May",	   "June",
	"July",	   "August",   "September", "October", "November", "December",
};

/* White space, with an optional mark before it. */
static bool take_gap(struct slice *text, const char *marks)
{
	bool marked = false;

	while (scan_one(text, marks))
		marked = true;
	return scan_space(text) || marked;
}

/* Whether word is name, or its first letters where these are enough to be one
 * of the short forms in use: "Sep", "Sept", "Thurs". */
static bool is_short_for(struct slice word, const char *name, size_t longest)
{
	if (word.len == 0 || ascii_upper(*word.ptr) != *name)
		return false;
	struct slice full = slice_from(name);
	if (slice_equal_nocase(word, full))
		return true;
	return word.len >= 3 && word.len <= longest && word.len <= full.len &&
	       slice_equal_nocase(word, slice_head(full, word.len));
}

static bool take_month(struct slice *text, int *month)
{
	struct slice rest = *text;
	struct slice word = scan_word(&rest);

	for (*month = 1; *month <= MONTHS; ++*month)
		if (is_short_for(word, month_names[*month - 1], 4)) {
			*text = rest;
			return true;
		}
	return false;
}

static void skip_weekday(struct slice *text)
{
	static const char *const names[] = { "Monday",	 "Tuesday", "Wednesday",
					     "Thursday", "Friday",  "Saturday",
					     "Sunday" };
	struct slice rest = *text;
	struct slice word = scan_word(&rest);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is_short_for(word, names[i], 5) && take_gap(&rest, ".,"))
			*text = rest;
}

/* "9", "09", "9th". */
static bool take_day(struct slice *text, int *day)
{
	static const char *const suffixes[] = { "st", "nd", "rd", "th" };

	if (!scan_digits(text, 2, day) && !scan_digits(text, 1, day))
		return false;
	struct slice rest = *text;
	struct slice word = scan_word(&rest);
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (slice_equal_nocase(word, slice_from(suffixes[i])))
			*text = rest;
	return true;
}

static bool take_month_and_day(struct slice *text, int *month, int *day)
{
	if (take_month(text, month))
		return take_gap(text, ".") && take_day(text, day);
	return take_day(text, day) && take_gap(text, "") &&
	       take_month(text, month);
}

bool date_parse_human(struct slice text, int32_t *days)
{
	int year, month, day;
	enum fault fault;

	text = slice_trim(text);
	if (text.len > LONGEST)
		return false;
	skip_weekday(&text);
	if (date_parse_iso(text, days, &fault))
		return !fault;
	return take_month_and_day(&text, &month, &day) &&
	       take_gap(&text, ".,") && scan_digits(&text, 4, &year) &&
	       text.len == 0 && !date_from_civil(year, month, day, days);
}
