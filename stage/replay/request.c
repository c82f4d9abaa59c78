#include "stage/replay/request.h"

#include <stdlib.h>

#include "base/ascii.h"

bool offset_spec_parse(const char *text, struct offset_spec *out)
{
	static const enum offset_at at[] = {
		[START_EARLIEST] = OFFSET_EARLIEST,
		[START_LATEST] = OFFSET_LATEST,
		[START_TIME] = OFFSET_TIME,
	};
	struct start start;
	char *end;

	if (start_parse(slice_from(text), &start)) {
		*out = (struct offset_spec){ at[start.at], start.time_ms };
		return true;
	}
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
