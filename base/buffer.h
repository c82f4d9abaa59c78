/* base/buffer.h - bytes on the heap that grow up to a bound. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/fault.h"
#include "base/slice.h"

/*
 * Made once and used again: clearing keeps the memory. The first fault stays,
 * and what is added after it is not; so a writer of many pieces looks at fault
 * once, at its end.
 *
 *	buffer_init(&buffer, SIZE_MAX);
 *	buffer_add(&buffer, SLICE("POLITICS"));
 *	if (buffer.fault) ...
 *	buffer_release(&buffer);
 */
struct buffer {
	char *bytes;
	size_t len, size;
	size_t limit; /* size never passes it */
	enum fault fault;
};

/* An empty buffer, which allocates nothing yet. */
void buffer_init(struct buffer *buffer, size_t limit);

/* Free the bytes; the buffer may be released again, or initialized. */
void buffer_release(struct buffer *buffer);

/* Forget the bytes and the fault. */
void buffer_clear(struct buffer *buffer);

/*
 * Room for more bytes behind those that are there, which may move. Returns
 * buffer->fault, which this may set:
 *
 * FAULT_RECORD_TOO_LARGE  it would pass the limit
 * FAULT_NO_MEMORY
 */
enum fault buffer_reserve(struct buffer *buffer, size_t more);

/* Append a copy of bytes; as buffer_reserve() where there is no room. */
void buffer_add(struct buffer *buffer, struct slice bytes);

/* Append one byte. */
void buffer_add_byte(struct buffer *buffer, char byte);

/* The bytes; borrowed until the buffer changes. */
static inline struct slice buffer_slice(const struct buffer *buffer)
{
	return (struct slice){ buffer->bytes ? buffer->bytes : "",
			       buffer->len };
}

#endif
