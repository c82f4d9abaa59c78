#include "base/ascii.h"
#include "producer/deadletter.h"

/* A whole number of digits alone, of at most 18. */
static bool read_number(struct slice text, int64_t *out)
{
	int64_t number = 0;

	if (!text.ptr || text.len == 0 || text.len > 18)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_digit(text.ptr[i]))
			return false;
		number = number * 10 + (text.ptr[i] - '0');
	}
	*out = number;
	return true;
}

static bool number_header(const struct record *record, struct slice name,
			  int64_t most, int64_t *out)
{
	return read_number(record_header(record, name), out) && *out <= most;
}

/* How many of the headers are the raw message's own: ours stand behind them,
 * and begin with this one. */
static size_t raw_header_count(const struct record *record)
{
	for (size_t i = record->header_count; i > 0; i--)
		if (slice_equal(record->headers[i - 1].name, SLICE("__connect."
								   "errors."
								   "topic")))
			return i - 1;
	return 0;
}

bool deadletter_read(const struct record *record, struct letter *out)
{
	int64_t partition, offset, part, at, attempt;
	struct letter letter = {
		.raw = *record,
		.fault_name = record_header(record, SLICE("wirestage.fault")),
		.by_reference = record_header(record, SLICE("wirestage."
							    "reference"))
					.ptr != NULL,
	};

	letter.raw.topic = record_header(record, SLICE("__connect.errors."
						       "topic"));
	if (!letter.fault_name.ptr || !letter.raw.topic.ptr ||
	    !number_header(record, SLICE("__connect.errors.partition"),
			   INT32_MAX, &partition) ||
	    !number_header(record, SLICE("__connect.errors.offset"), INT64_MAX,
			   &offset) ||
	    !number_header(record, SLICE("wirestage.part"), INT32_MAX, &part) ||
	    !number_header(record, SLICE("wirestage.at"), INT64_MAX, &at) ||
	    !number_header(record, SLICE("wirestage.attempt"), INT32_MAX,
			   &attempt))
		return false;
	letter.raw.partition = (int32_t)partition;
	letter.raw.offset = offset;
	letter.raw.header_count = raw_header_count(record);
	letter.rejection = (struct rejection){
		.part = (unsigned)part,
		.whole = record_header(record, SLICE("wirestage.whole")).ptr !=
			 NULL,
		.offset = (size_t)at,
		.attempt = (unsigned)attempt,
	};
	*out = letter;
	return true;
}
