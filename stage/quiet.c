#include "stage/quiet.h"

#include "base/ascii.h"

enum { QUIET_MAX_MS = 604800000 /* a week */ };

static bool number_parse(struct slice text, int *out)
{
	long number = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_digit(text.ptr[i]))
			return false;
		number = number * 10 + (text.ptr[i] - '0');
		if (number > QUIET_MAX_MS)
			return false;
	}
	*out = (int)number;
	return text.len > 0;
}

static bool is_known(const struct quiet_bound *bounds, size_t count,
		     struct slice topic)
{
	for (size_t i = 0; i < count; i++)
		if (bounds[i].topic
			    ? topic.ptr &&
				      slice_equal(slice_from(bounds[i].topic),
						  topic)
			    : !topic.ptr)
			return true;
	return false;
}

/* "raw.afp:60000", or a number alone. */
static bool bound_split(struct slice word, struct slice *topic, int *after_ms)
{
	struct slice rest = word;

	slice_split(&rest, ':', topic);
	if (!rest.ptr) {
		*topic = SLICE_NONE;
		return number_parse(word, after_ms);
	}
	*topic = slice_trim(*topic);
	return topic->len > 0 && number_parse(slice_trim(rest), after_ms);
}

enum fault quiet_parse(struct slice text, struct arena *arena,
		       struct quiet *out)
{
	struct quiet_bound *bounds = NULL;
	struct slice word, topic;
	size_t count = 0;
	int after_ms;

	if (text.len == 0)
		text = SLICE_NONE;
	while (slice_split(&text, ',', &word)) {
		if (!bound_split(slice_trim(word), &topic, &after_ms) ||
		    is_known(bounds, count, topic))
			return FAULT_CONFIG;
		struct quiet_bound *grown =
			arena_grow(arena, bounds, count, sizeof *bounds);
		const char *name = topic.ptr ? arena_copy(arena, topic).ptr
					     : NULL;
		if (!grown || (topic.ptr && !name))
			return FAULT_NO_SPACE;
		bounds = grown;
		bounds[count++] = (struct quiet_bound){ name, after_ms };
	}
	*out = (struct quiet){ bounds, count };
	return FAULT_NONE;
}

int quiet_after_ms(const struct quiet *quiet, const char *topic)
{
	int after_ms = 0;

	for (size_t i = 0; i < quiet->count; i++) {
		const struct quiet_bound *bound = &quiet->items[i];
		if (!bound->topic)
			after_ms = bound->after_ms;
		else if (!strcmp(bound->topic, topic))
			return bound->after_ms;
	}
	return after_ms;
}
