#include "producer/output.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { OWN_HEADERS = 6 };

/* "POLITICS,WORLD"; no text where there are none or the arena is full. */
static struct slice join_topics(const struct article *article,
				struct arena *arena)
{
	size_t size = 0;
	for (size_t i = 0; i < article->topic_count; i++)
		size += article->topics[i].len + 1;
	char *text = size ? arena_bytes(arena, size) : NULL;
	if (!text)
		return SLICE_NONE;

	char *end = text;
	for (size_t i = 0; i < article->topic_count; i++) {
		struct slice topic = article->topics[i];
		end = mempcpy(end, topic.ptr, topic.len);
		*end++ = ',';
	}
	return slice_between(text, end - 1);
}

static struct slice origin(const struct article *article, struct arena *arena)
{
	const struct lineage *l = &article->lineage;

	return arena_printf(arena, "%.*s/%" PRId32 "/%" PRId64 "/%u",
			    SLICE_ARG(l->topic), l->partition, l->offset,
			    l->part);
}

static bool may_pass(const struct output *output, struct slice name)
{
	for (size_t i = 0; i < output->pass_count; i++)
		if (slice_equal(slice_from(output->pass[i]), name))
			return true;
	return false;
}

static void add(struct outgoing *out, struct record_header *headers,
		const char *name, struct slice value)
{
	if (value.ptr)
		headers[out->header_count++] =
			(struct record_header){ slice_from(name), value };
}

enum fault output_record(const struct output *output,
			 const struct article *article,
			 const struct record *raw, struct slice value,
			 struct arena *arena, struct outgoing *out)
{
	struct outgoing record = {
		.topic = output->topic,
		.key = article->uri,
		.value = value,
		.timestamp_ms = raw->timestamp_ms,
	};
	struct record_header *headers = arena_array(
		arena, OWN_HEADERS + raw->header_count, sizeof *headers);
	struct slice topics = join_topics(article, arena);
	struct slice where = origin(article, arena);
	if (!headers || !where.ptr || (article->topic_count && !topics.ptr))
		return FAULT_NO_SPACE;

	record.headers = headers;
	add(&record, headers, "wirestage.topics", topics);
	add(&record, headers, "wirestage.pubStatus",
	    slice_from(pub_status_word(article->pub_status)));
	add(&record, headers, "wirestage.signal",
	    slice_from(signal_word(article->signal)));
	add(&record, headers, "wirestage.version", article->version);
	add(&record, headers, "wirestage.format", article->lineage.format);
	add(&record, headers, "wirestage.origin", where);
	assert(record.header_count <= OWN_HEADERS);

	for (size_t i = 0; i < raw->header_count; i++)
		if (may_pass(output, raw->headers[i].name))
			headers[record.header_count++] = raw->headers[i];
	*out = record;
	return FAULT_NONE;
}
