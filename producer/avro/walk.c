#include "producer/avro/walk.h"

#include <limits.h>

#include "base/utf8.h"

static bool walk(avro_schema_t schema, struct slice *rest);

/* Take a zig-zag varint of at most 64 bits. */
static bool take_long(struct slice *rest, int64_t *out)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < 10 && i < rest->len; i++) {
		uint64_t byte = (unsigned char)rest->ptr[i];

		if (i == 9 && byte > 1)
			return false;
		bits |= (byte & 0x7F) << 7 * i;
		if (byte < 0x80) {
			*rest = slice_skip(*rest, i + 1);
			*out = (int64_t)(bits >> 1 ^ -(bits & 1));
			return true;
		}
	}
	return false;
}

/* Take a number in min..max. */
static bool take_within(struct slice *rest, int64_t min, int64_t max,
			int64_t *out)
{
	return take_long(rest, out) && *out >= min && *out <= max;
}

static bool take_bytes(struct slice *rest, size_t len, struct slice *out)
{
	if (len > rest->len)
		return false;
	*out = slice_head(*rest, len);
	*rest = slice_skip(*rest, len);
	return true;
}

static bool take_text(struct slice *rest, struct slice *out)
{
	int64_t len;

	return take_within(rest, 0, (int64_t)rest->len, &len) &&
	       take_bytes(rest, (size_t)len, out) &&
	       utf8_valid_prefix(*out) == out->len;
}

static bool walk_union(avro_schema_t schema, struct slice *rest)
{
	int64_t branch, last = (int64_t)avro_schema_union_size(schema) - 1;

	return take_within(rest, 0, last, &branch) &&
	       walk(avro_schema_union_branch(schema, (int)branch), rest);
}

static bool walk_record(avro_schema_t schema, struct slice *rest)
{
	int count = (int)avro_schema_record_size(schema);

	for (int i = 0; i < count; i++)
		if (!walk(avro_schema_record_field_get_by_index(schema, i),
			  rest))
			return false;
	return true;
}

/* A block's count of items; a negative one is followed by its size. */
static bool take_count(struct slice *rest, int64_t *count)
{
	int64_t most = (int64_t)rest->len, size;

	if (!take_within(rest, -most, most, count))
		return false;
	if (*count >= 0)
		return true;
	*count = -*count;
	return take_within(rest, 0, most, &size);
}

static bool walk_item(avro_schema_t item, bool keyed, struct slice *rest)
{
	struct slice key;

	if (keyed && (!take_text(rest, &key) || memchr(key.ptr, 0, key.len)))
		return false;
	return walk(item, rest);
}

/* The blocks of an array, or of a map (keyed). */
static bool walk_blocks(avro_schema_t item, bool keyed, struct slice *rest)
{
	int64_t count;

	while (take_count(rest, &count)) {
		if (count == 0)
			return true;
		for (; count > 0; count--)
			if (!walk_item(item, keyed, rest))
				return false;
	}
	return false;
}

static bool walk(avro_schema_t schema, struct slice *rest)
{
	struct slice bytes;
	int64_t number;

	switch (avro_typeof(schema)) {
	case AVRO_NULL:
		return true;
	case AVRO_INT32:
		return take_within(rest, INT32_MIN, INT32_MAX, &number);
	case AVRO_INT64:
		return take_long(rest, &number);
	case AVRO_ENUM:
		return take_within(
			rest, 0, avro_schema_enum_number_of_symbols(schema) - 1,
			&number);
	case AVRO_STRING:
		return take_text(rest, &bytes);
	case AVRO_FIXED:
		return take_bytes(rest, (size_t)avro_schema_fixed_size(schema),
				  &bytes);
	case AVRO_UNION:
		return walk_union(schema, rest);
	case AVRO_RECORD:
		return walk_record(schema, rest);
	case AVRO_ARRAY:
		return walk_blocks(avro_schema_array_items(schema), false,
				   rest);
	case AVRO_MAP:
		return walk_blocks(avro_schema_map_values(schema), true, rest);
	case AVRO_LINK:
		return walk(avro_schema_link_target(schema), rest);
	default:
		return false; /* no article has such a type */
	}
}

bool avro_walk(avro_schema_t schema, struct slice body)
{
	return walk(schema, &body) && body.len == 0;
}

bool avro_walk_one(avro_schema_t schema, struct slice *rest)
{
	return walk(schema, rest);
}
