/* transform/text/date.h - calendar dates and instants, as wires write them. */
#ifndef TRANSFORM_TEXT_DATE_H
#define TRANSFORM_TEXT_DATE_H

#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"

/*
 * Days since 1970-01-01 of a day of the Gregorian calendar, year 1..9999.
 *
 *	2025, 9, 9 -> 20340
 *
 * FAULT_DATE_INVALID  there is no such day (31 February); *days is not written
 */
MUST_CHECK enum fault date_from_civil(int year, int month, int day,
				      int32_t *days);

/* "2025-09-09" and nothing else. False: not of that form; a day of that form
 * which the calendar lacks is true with *fault FAULT_DATE_INVALID. */
bool date_parse_iso(struct slice text, int32_t *days, enum fault *fault);

/*
 * A date as people write it: "September 9, 2025", "Sept. 9, 2025",
 * "9 September 2025", "Tuesday, 9 Sep 2025", "2025-09-09". Nothing else may
 * stand in text but white space. False: it is no date; *days is not written.
 */
bool date_parse_human(struct slice text, int32_t *days);

/*
 * An instant by RFC 3339: "2025-09-09T10:37:00.5+02:00", "...Z". Also taken:
 * "+0200", "+02", a space for the T, lower case, fractions of any length
 * (cut to ms), second 60 (read as 59). False: not of that form, no such day or
 * time, or no zone: an instant without a zone is none. *ms is then not written.
 */
bool instant_parse(struct slice text, int64_t *ms);

/* ms since 1970 as "2025-09-09T10:37:00Z", with ".500" where ms are not 0. */
enum { INSTANT_TEXT_SIZE = 32 };
void instant_format(int64_t ms, char out[INSTANT_TEXT_SIZE]);

/* days since 1970 as "2025-09-09". */
enum { DATE_TEXT_SIZE = 16 };
void date_format(int32_t days, char out[DATE_TEXT_SIZE]);

#endif
