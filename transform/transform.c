#include "transform/transform.h"

#include <assert.h>
#include <stdlib.h>

#include "transform/finish.h"
#include "transform/formats/format.h"
#include "transform/topics/tagging.h"

/* For each byte of a message: decoding, two hashes, and looking at it. */
enum { MESSAGE_STEPS = 2 };

struct transform {
	const struct transform_context *context;

	/* The message at hand, from step to step. */
	const struct record *record;
	struct parse parse;
	const struct format *format;
	bool repaired;
	enum fault fault;  /* the message's, as a whole */
	struct part whole; /* the part of a message that is bad as a whole */
};

struct transform *transform_new(const struct transform_context *context)
{
	assert(context && context->vocabulary);

	struct transform *transform = calloc(1, sizeof *transform);
	if (transform)
		transform->context = context;
	return transform;
}

void transform_free(struct transform *transform)
{
	free(transform);
}

static enum fault decode(const struct transform_context *context,
			 const struct record *record, struct arena *arena,
			 struct decoded *decoded, size_t *fault_offset)
{
	if (!record->value.ptr)
		return FAULT_TOMBSTONE;
	if (record->value.len > context->input_max_bytes)
		return FAULT_TOO_LARGE;
	if (!arena_work(arena, record->value.len * MESSAGE_STEPS))
		return FAULT_NO_SPACE;
	return encoding_decode(record->value, context->encoding, arena, decoded,
			       fault_offset);
}

static const struct format *find_format(const struct transform_context *context,
					const struct record *record,
					struct slice text)
{
	if (context->format)
		return context->format;
	return format_detect(record_header(record, SLICE("content-type")),
			     text);
}

static enum fault parse(struct transform *transform)
{
	const struct transform_context *context = transform->context;
	struct parse *parse = &transform->parse;
	struct decoded decoded = { 0 };
	enum fault fault = decode(context, transform->record, parse->arena,
				  &decoded, &parse->fault_offset);

	if (fault)
		return fault;
	parse->fault_offset = 0;
	parse->text = decoded.text;
	transform->repaired = decoded.repaired;
	transform->format =
		find_format(context, transform->record, decoded.text);
	if (!transform->format)
		return FAULT_FORMAT_UNKNOWN;
	fault = transform->format->parse(parse);
	parse->fault_offset += decoded.bom_len;
	for (size_t i = 0; i < parse->part_count; i++)
		parse->parts[i].fault_offset += decoded.bom_len;
	return fault;
}

void transform_parse(struct transform *transform, const struct record *record,
		     struct arena *arena)
{
	assert(transform && record && arena);

	const int64_t steps = transform->context->work_max;
	arena_limit(arena, steps > 0 ? steps : ARENA_STEPS_MAX);
	transform->record = record;
	transform->parse = (struct parse){
		.arena = arena,
		.trace = transform->context->trace,
	};
	transform->fault = parse(transform);
}

/* The parser's article, const only for those who get it; NULL: a bad part. */
static struct article *article_of(const struct transform *transform, size_t i)
{
	return (struct article *)transform->parse.parts[i].article;
}

void transform_tag(struct transform *transform)
{
	const struct vocabulary *vocabulary = transform->context->vocabulary;
	const struct parse *parse = &transform->parse;

	for (size_t i = 0; i < parse->part_count && !transform->fault; i++)
		if (article_of(transform, i))
			transform->fault =
				tagging_resolve(article_of(transform, i),
						vocabulary, parse->arena);
}

static enum fault finish(struct transform *transform)
{
	const struct parse *parse = &transform->parse;
	struct finish finish = {
		.context = transform->context,
		.record = transform->record,
		.arena = parse->arena,
		.repaired = transform->repaired,
	};
	enum fault fault = finish_begin(&finish, transform->format);

	for (size_t i = 0; i < parse->part_count && !fault; i++)
		if (article_of(transform, i))
			fault = article_finish(article_of(transform, i),
					       &finish, parse->parts[i].number);
	return fault;
}

struct parts transform_finish(struct transform *transform)
{
	const struct parse *parse = &transform->parse;

	if (!transform->fault)
		transform->fault = finish(transform);
	if (transform->fault == FAULT_NO_SPACE && arena_is_spent(parse->arena))
		transform->fault = FAULT_TOO_SLOW;
	arena_limit(parse->arena, ARENA_STEPS_MAX);
	if (!transform->fault)
		return (struct parts){ parse->parts, parse->part_count };

	transform->whole = (struct part){
		.fault = transform->fault,
		.whole = true,
		.fault_offset = parse->fault_offset,
	};
	return (struct parts){ &transform->whole, 1 };
}

struct parts transform_record(struct transform *transform,
			      const struct record *record, struct arena *arena)
{
	transform_parse(transform, record, arena);
	transform_tag(transform);
	return transform_finish(transform);
}
