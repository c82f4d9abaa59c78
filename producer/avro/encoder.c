#include "producer/avro/encoder.h"

#include <assert.h>
#include <stdlib.h>

#include "producer/avro/fields.h"
#include "producer/avro/walk.h"
#include "producer/avro/write.h"

struct article_encoder {
	avro_schema_t schema;
	avro_value_iface_t *iface;
	avro_value_t decoded; /* what article_decode() read last */
	avro_reader_t reader;
};

static enum fault encoder_fill(struct article_encoder *encoder,
			       struct slice schema, struct fault_note *note)
{
	if (avro_schema_from_json_length(schema.ptr, schema.len,
					 &encoder->schema))
		return fault_noted(FAULT_CONFIG, note, "the Avro schema: %s",
				   avro_strerror());
	if (avro_typeof(encoder->schema) != AVRO_RECORD)
		return fault_noted(FAULT_CONFIG, note,
				   "the Avro schema is not a record's");

	enum fault fault =
		value_check(&article_class, encoder->schema, "Article", note);
	if (fault)
		return fault;
	encoder->iface = avro_generic_class_from_schema(encoder->schema);
	if (!encoder->iface ||
	    avro_generic_value_new(encoder->iface, &encoder->decoded))
		return FAULT_NO_MEMORY;
	encoder->reader = avro_reader_memory("", 0);
	return encoder->reader ? FAULT_NONE : FAULT_NO_MEMORY;
}

enum fault article_encoder_new(struct slice schema,
			       struct article_encoder **out,
			       struct fault_note *note)
{
	assert(schema.ptr && out && note);

	struct article_encoder *encoder = calloc(1, sizeof *encoder);
	if (!encoder)
		return FAULT_NO_MEMORY;
	enum fault fault = encoder_fill(encoder, schema, note);
	if (fault)
		article_encoder_free(encoder);
	else
		*out = encoder;
	return fault;
}

void article_encoder_free(struct article_encoder *encoder)
{
	if (!encoder)
		return;
	if (encoder->reader)
		avro_reader_free(encoder->reader);
	if (encoder->decoded.self)
		avro_value_decref(&encoder->decoded);
	if (encoder->iface)
		avro_value_iface_decref(encoder->iface);
	if (encoder->schema)
		avro_schema_decref(encoder->schema);
	free(encoder);
}

avro_value_t article_value(const struct article *article)
{
	return value_of(&article_class, article);
}

enum fault article_encode(struct article_encoder *encoder,
			  const struct article *article, struct buffer *out)
{
	assert(encoder && article && out && !out->fault);

	size_t before = out->len;
	value_write(&article_class, article, out);
	enum fault fault = out->fault;
	if (fault) {
		out->len = before;
		out->fault = FAULT_NONE;
	}
	return fault;
}

/* body is known to be a whole record. */
static bool read_record(struct article_encoder *encoder, struct slice body,
			avro_value_t *out)
{
	avro_reader_memory_set_source(encoder->reader, body.ptr,
				      (int64_t)body.len);
	if (avro_value_read(encoder->reader, &encoder->decoded))
		return false;
	*out = encoder->decoded;
	return true;
}

bool article_decode(struct article_encoder *encoder, struct slice body,
		    avro_value_t *out)
{
	assert(encoder && out);

	return avro_walk(encoder->schema, body) &&
	       read_record(encoder, body, out);
}

bool article_decode_next(struct article_encoder *encoder, struct slice *rest,
			 avro_value_t *out)
{
	assert(encoder && rest && out);

	struct slice behind = *rest;

	if (!avro_walk_one(encoder->schema, &behind) ||
	    !read_record(encoder, slice_head(*rest, rest->len - behind.len),
			 out))
		return false;
	*rest = behind;
	return true;
}
