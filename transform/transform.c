#include "transform/transform.h"

#include <assert.h>
#include <stdlib.h>

#include "transform/finish.h"
#include "transform/formats/format.h"

struct transform {
	const struct transform_context *context;
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

static enum fault finish_parts(struct finish *finish,
			       const struct format *format,
			       const struct parse *parse)
{
	enum fault fault = finish_begin(finish, format);

	for (size_t i = 0; i < parse->part_count && !fault; i++) {
		const struct part *part = &parse->parts[i];
		/* The parsers' article, const only for those who get it. */
		if (part->article)
			fault = article_finish((struct article *)part->article,
					       finish, part->number);
	}
	return fault;
}

static enum fault run(struct transform *transform, const struct record *record,
		      struct parse *parse)
{
	const struct transform_context *context = transform->context;
	struct decoded decoded = { 0 };
	enum fault fault = decode(context, record, parse->arena, &decoded,
				  &parse->fault_offset);

	if (fault)
		return fault;
	parse->fault_offset = 0;
	parse->text = decoded.text;
	const struct format *format =
		find_format(context, record, decoded.text);
	if (!format)
		return FAULT_FORMAT_UNKNOWN;
	fault = format->parse(parse);
	parse->fault_offset += decoded.bom_len;
	for (size_t i = 0; i < parse->part_count; i++)
		parse->parts[i].fault_offset += decoded.bom_len;
	if (fault)
		return fault;

	struct finish finish = {
		.context = context,
		.record = record,
		.arena = parse->arena,
		.repaired = decoded.repaired,
	};
	return finish_parts(&finish, format, parse);
}

struct parts transform_record(struct transform *transform,
			      const struct record *record, struct arena *arena)
{
	assert(transform && record && arena);

	struct parse parse = { .arena = arena,
			       .trace = transform->context->trace };
	enum fault fault = run(transform, record, &parse);
	if (!fault)
		return (struct parts){ parse.parts, parse.part_count };

	transform->whole = (struct part){
		.fault = fault,
		.whole = true,
		.fault_offset = parse.fault_offset,
	};
	return (struct parts){ &transform->whole, 1 };
}
