/* producer/avro/summary.h - a few words of a record, for a line on a screen. */
#ifndef PRODUCER_AVRO_SUMMARY_H
#define PRODUCER_AVRO_SUMMARY_H

#include <avro.h>

#include "base/slice.h"

/*
 * The text of a string field of an Article record, optional or not; SLICE_NONE
 * where it is null. Borrowed from the record.
 *
 *	"headline" -> "Oil slips"
 */
struct slice record_text(const avro_value_t *record, const char *field);

#endif
