#include "producer/avro/write.h"

#include <assert.h>
#include <string.h>

#include "transform/article.h"

enum { VARINT_MAX = 10 };

/* Most pieces are short and find room: a call for each would cost more. */
static inline void add(struct buffer *out, const void *bytes, size_t len)
{
	if (len > out->size - out->len || len == 0) {
		buffer_add(out, (struct slice){ bytes, len });
		return;
	}
	memcpy(out->bytes + out->len, bytes, len);
	out->len += len;
}

static void write_varint(struct buffer *out, uint64_t rest)
{
	unsigned char bytes[VARINT_MAX];
	size_t len = 0;

	while (rest >= 0x80) {
		bytes[len++] = (unsigned char)(rest | 0x80);
		rest >>= 7;
	}
	bytes[len++] = (unsigned char)rest;
	add(out, bytes, len);
}

/* A zig-zag variable-length number: "Primitive Types". Most take one byte. */
static inline void write_long(struct buffer *out, int64_t number)
{
	uint64_t zigzag = (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0);

	if (zigzag < 0x80 && out->len < out->size)
		out->bytes[out->len++] = (char)zigzag;
	else
		write_varint(out, zigzag);
}

static void write_text(struct buffer *out, const struct slice *text)
{
	write_long(out, (int64_t)text->len);
	add(out, text->ptr, text->len);
}

static void write_union(const struct value_class *class, const void *self,
			struct buffer *out)
{
	int branch = 0;

	(void)class->methods.get_discriminant(&class->methods, self, &branch);
	write_long(out, branch);
	if (branch)
		value_write(class->branch, self, out);
}

static void write_list(const struct value_class *class, const char *self,
		       struct buffer *out)
{
	const char *item;
	size_t count;

	memcpy(&item, self + class->list_offset, sizeof item);
	memcpy(&count, self + class->count_offset, sizeof count);
	if (count)
		write_long(out, (int64_t)count);
	for (size_t i = 0; i < count; i++, item += class->item_size) {
		if (class->type == AVRO_ARRAY) {
			value_write(class->item, item, out);
			continue;
		}
		const struct extra *pair = (const struct extra *)item;
		write_text(out, &pair->name);
		write_text(out, &pair->value);
	}
	write_long(out, 0);
}

void value_write(const struct value_class *class, const void *self,
		 struct buffer *out)
{
	switch (class->type) {
	case AVRO_STRING:
		write_text(out, self);
		break;
	case AVRO_ENUM:
	case AVRO_INT32:
		write_long(out, *(const int32_t *)self);
		break;
	case AVRO_INT64:
		write_long(out, *(const int64_t *)self);
		break;
	case AVRO_FIXED:
		add(out, self, HASH_SIZE);
		break;
	case AVRO_UNION:
		write_union(class, self, out);
		break;
	case AVRO_ARRAY:
	case AVRO_MAP:
		write_list(class, self, out);
		break;
	default:
		assert(class->type == AVRO_RECORD);
		for (size_t i = 0; i < class->record->count; i++) {
			const struct field *f = &class->record->fields[i];
			value_write(f->class, (const char *)self + f->offset,
				    out);
		}
	}
}
