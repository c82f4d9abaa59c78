#include <assert.h>

#include "transform/text/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = { (const char *)data, size };
	int32_t days, again;
	int64_t ms, ms_again;
	char written[INSTANT_TEXT_SIZE];
	enum fault fault;

	if (date_parse_human(text, &days)) {
		date_format(days, written);
		assert(date_parse_human(slice_from(written), &again));
		assert(days == again);
	}
	(void)date_parse_iso(text, &days, &fault);
	if (instant_parse(text, &ms)) {
		instant_format(ms, written);
		/* A zone can carry an instant out of the years 1 to 9999. */
		assert(!instant_parse(slice_from(written), &ms_again) ||
		       ms == ms_again);
	}
	return 0;
}
