/* base/record.h - one raw Kafka message, as slices. */
#ifndef BASE_RECORD_H
#define BASE_RECORD_H

#include <stdint.h>

#include "base/slice.h"

/* One Kafka record header; value.ptr is NULL for a null value. */
struct record_header {
	struct slice name, value;
};

/* Everything is borrowed from the message it describes. */
struct record {
	struct slice topic;
	int32_t partition;
	int64_t offset;
	int64_t timestamp_ms; /* since 1970; -1 when the message has none */
	struct slice key;     /* ptr NULL: no key */
	struct slice value;   /* ptr NULL: a tombstone */
	const struct record_header *headers;
	size_t header_count;
};

/* The last header of that name, as Kafka's lastHeader(); else SLICE_NONE. */
static inline struct slice record_header(const struct record *record,
					 struct slice name)
{
	for (size_t i = record->header_count; i > 0; i--)
		if (slice_equal(record->headers[i - 1].name, name))
			return record->headers[i - 1].value;
	return SLICE_NONE;
}

#endif
