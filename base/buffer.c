#include "base/buffer.h"

#include <stdlib.h>

enum { FIRST_SIZE = 4096 };

void buffer_init(struct buffer *buffer, size_t limit)
{
	*buffer = (struct buffer){ .limit = limit };
}

void buffer_release(struct buffer *buffer)
{
	free(buffer->bytes);
	buffer_init(buffer, buffer->limit);
}

void buffer_clear(struct buffer *buffer)
{
	buffer->len = 0;
	buffer->fault = FAULT_NONE;
}

/* The size to grow to, doubled so that many small pieces stay cheap. */
static size_t grown_size(const struct buffer *buffer, size_t needed)
{
	size_t size = buffer->size ? buffer->size : FIRST_SIZE;

	while (size < needed && size <= buffer->limit / 2)
		size *= 2;
	if (size < needed || size > buffer->limit)
		size = buffer->limit;
	return size;
}

enum fault buffer_reserve(struct buffer *buffer, size_t more)
{
	if (buffer->fault || more <= buffer->size - buffer->len)
		return buffer->fault;
	if (more > buffer->limit - buffer->len)
		return buffer->fault = FAULT_RECORD_TOO_LARGE;

	size_t size = grown_size(buffer, buffer->len + more);
	char *bytes = realloc(buffer->bytes, size);
	if (!bytes)
		return buffer->fault = FAULT_NO_MEMORY;
	buffer->bytes = bytes;
	buffer->size = size;
	return FAULT_NONE;
}

void buffer_add(struct buffer *buffer, struct slice bytes)
{
	if (bytes.len == 0 || buffer_reserve(buffer, bytes.len))
		return;
	memcpy(buffer->bytes + buffer->len, bytes.ptr, bytes.len);
	buffer->len += bytes.len;
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
	buffer_add(buffer, (struct slice){ &byte, 1 });
}
