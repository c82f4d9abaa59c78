/* producer/avro/summary.h - a few fields of a record, for people to look at. */
#ifndef PRODUCER_AVRO_SUMMARY_H
#define PRODUCER_AVRO_SUMMARY_H

#include <avro.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * The text of a string field of a record, optional or not; SLICE_NONE where it
 * is null. Borrowed from the record.
 *
 *	"headline" -> "Oil slips"
 */
struct slice record_text(const avro_value_t *record, const char *field);

/*
 * The number of an int, long, date or timestamp field, optional or not, or an
 * enum's place among its symbols; none where it is null.
 *
 *	"date", ARTICLE_NO_DATE -> 20340
 */
int64_t record_number(const avro_value_t *record, const char *field,
		      int64_t none);

/* How many items an array field has; *list is then for the functions below,
 * and is written only where there are any. */
size_t record_list(const avro_value_t *record, const char *field,
		   avro_value_t *list);

/* Item index, below the count, of a list of records, or of one of strings.
 * Borrowed from the list. */
avro_value_t record_item(const avro_value_t *list, size_t index);
struct slice record_text_item(const avro_value_t *list, size_t index);

#endif
