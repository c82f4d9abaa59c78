#include "stage/replay/request.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "transform/text/date.h"

enum { DAY_MS = 86400000 };

bool offset_spec_parse(const char *text, struct offset_spec *out)
{
	struct slice s = slice_from(text);
	enum fault fault = FAULT_NONE;
	int32_t days;
	char *end;

	if (slice_equal(s, SLICE("earliest"))) {
		*out = (struct offset_spec){ OFFSET_EARLIEST, 0 };
		return true;
	}
	if (slice_equal(s, SLICE("latest"))) {
		*out = (struct offset_spec){ OFFSET_LATEST, 0 };
		return true;
	}
	if (date_parse_iso(s, &days, &fault)) {
		*out = (struct offset_spec){ OFFSET_TIME,
					     (int64_t)days * DAY_MS };
		return fault == FAULT_NONE;
	}
	*out = (struct offset_spec){ OFFSET_TIME, 0 };
	if (instant_parse(s, &out->value))
		return true;
	*out = (struct offset_spec){ OFFSET_NUMBER, strtoll(text, &end, 10) };
	return *text && !*end && out->value >= 0;
}

static bool read_number(const char **text, int32_t *out)
{
	char *end;
	long number = strtol(*text, &end, 10);

	if (!ascii_is_digit(**text) || number > INT32_MAX)
		return false;
	*text = end;
	*out = (int32_t)number;
	return true;
}

bool partitions_hold(const char *text, int32_t partition, bool *valid)
{
	bool holds = false;
	int32_t first, last;

	*valid = false;
	do {
		if (!read_number(&text, &first))
			return false;
		last = first;
		if (*text == '-' && (text++, !read_number(&text, &last)))
			return false;
		holds |= partition >= first && partition <= last;
	} while (*text == ',' && text++);
	*valid = *text == '\0';
	return holds && *valid;
}

static void read_spec(const struct arguments *arguments, const char *name,
		      const char *otherwise, const char **text,
		      struct offset_spec *out, struct complaints *complaints)
{
	*text = arguments_get(arguments, name);
	if (!*text)
		*text = otherwise;
	if (!offset_spec_parse(*text, out))
		complaint_add(complaints,
			      "--%s=%.100s is none of earliest, latest, an "
			      "offset, a day (2025-09-01), and an RFC 3339 "
			      "instant",
			      name, *text);
}

struct plan_request plan_request_read(const struct arguments *arguments,
				      const char *prefix,
				      struct complaints *complaints)
{
	struct plan_request request = {
		.topic = arguments_get(arguments, "topic"),
		.partitions = arguments_get(arguments, "partitions"),
		.prefix = prefix,
	};

	read_spec(arguments, "from", "earliest", &request.from_text,
		  &request.from, complaints);
	read_spec(arguments, "to", "latest", &request.to_text, &request.to,
		  complaints);
	return request;
}
