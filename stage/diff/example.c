#include "stage/diff/example.h"

#include <assert.h>

#include "producer/avro/summary.h"

enum {
	LINE = 72,    /* bytes that fit on a line of a terminal */
	CONTEXT = 24, /* bytes shown ahead of the first difference */
};

size_t code_point_begin(struct slice text, size_t at)
{
	while (at > 0 && at < text.len && (text.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* The next of the example's texts: at most max bytes of text, from on. */
static void add_text(struct example *example, enum example_text which,
		     struct slice text, size_t from, size_t max)
{
	struct buffer *out = &example->texts;

	if (from > 0) {
		buffer_add(out, SLICE("…"));
		text = slice_skip(text, from);
	}
	if (text.len > max) {
		buffer_add(out, slice_head(text, code_point_begin(text, max)));
		buffer_add(out, SLICE("…"));
	} else {
		buffer_add(out, text);
	}
	example->ends[which] = out->len;
}

/* How many bytes at their start to leave out. */
static size_t find_start(struct slice before, struct slice after)
{
	size_t len = before.len < after.len ? before.len : after.len;
	size_t same = 0;

	if (before.len <= LINE && after.len <= LINE)
		return 0;
	while (same < len && before.ptr[same] == after.ptr[same])
		same++;
	if (same <= CONTEXT)
		return 0;
	return code_point_begin(before, same - CONTEXT);
}

enum fault example_fill(struct example *example, const avro_value_t *record,
			struct slice before, struct slice after)
{
	assert(example && record);

	const struct origin origin = origin_of(record);
	size_t from = find_start(before, after);

	buffer_init(&example->texts, SIZE_MAX);
	add_text(example, EXAMPLE_URI, record_text(record, "uri"), 0,
		 EXAMPLE_TEXT_MAX);
	add_text(example, EXAMPLE_HEADLINE, record_text(record, "headline"), 0,
		 EXAMPLE_TEXT_MAX);
	add_text(example, EXAMPLE_TOPIC, origin.topic, 0, EXAMPLE_TEXT_MAX);
	add_text(example, EXAMPLE_BEFORE, before, from, EXAMPLE_VALUE_MAX);
	add_text(example, EXAMPLE_AFTER, after, from, EXAMPLE_VALUE_MAX);
	example->partition = origin.partition;
	example->offset = origin.offset;
	example->part = origin.part;
	return example->texts.fault;
}

void example_release(struct example *example)
{
	buffer_release(&example->texts);
}

struct slice example_text(const struct example *example,
			  enum example_text which)
{
	size_t begin = which ? example->ends[which - 1] : 0;
	struct slice all = buffer_slice(&example->texts);

	return (struct slice){ all.ptr + begin, example->ends[which] - begin };
}
