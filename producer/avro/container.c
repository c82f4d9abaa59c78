#include "producer/avro/container.h"

#include <openssl/sha.h>
#include <stdint.h>

/* Large enough that a block's own bytes do not count, small enough that a
 * reader may hold it; Java's writer has the same. */
enum { BLOCK_SIZE = 64000 };

static const char magic[] = { 'O', 'b', 'j', 1 };

void container_init(struct container *container)
{
	*container = (struct container){ .count = 0 };
	buffer_init(&container->block, SIZE_MAX);
}

void container_release(struct container *container)
{
	buffer_release(&container->block);
}

/* Avro's zig-zag varint of a number that is not negative. */
static void add_long(struct buffer *out, size_t number)
{
	uint64_t rest = (uint64_t)number << 1;

	for (; rest > 0x7F; rest >>= 7)
		buffer_add_byte(out, (char)(rest | 0x80));
	buffer_add_byte(out, (char)rest);
}

static void add_bytes(struct buffer *out, struct slice bytes)
{
	add_long(out, bytes.len);
	buffer_add(out, bytes);
}

static void add_sync(const struct container *container, struct buffer *out)
{
	buffer_add(out, (struct slice){ (const char *)container->sync,
					sizeof container->sync });
}

void container_start(struct container *container, struct slice schema,
		     struct buffer *out)
{
	unsigned char hash[SHA256_DIGEST_LENGTH];

	SHA256((const unsigned char *)schema.ptr, schema.len, hash);
	memcpy(container->sync, hash, sizeof container->sync);

	buffer_add(out, (struct slice){ magic, sizeof magic });
	add_long(out, 2);
	add_bytes(out, SLICE("avro.schema"));
	add_bytes(out, schema);
	add_bytes(out, SLICE("avro.codec"));
	add_bytes(out, SLICE("null"));
	add_long(out, 0);
	add_sync(container, out);
}

enum fault container_add(struct container *container, struct slice record,
			 struct buffer *out)
{
	buffer_add(&container->block, record);
	if (container->block.fault)
		return container->block.fault;
	container->count++;
	if (container->block.len >= BLOCK_SIZE)
		container_finish(container, out);
	return out->fault;
}

void container_finish(struct container *container, struct buffer *out)
{
	if (container->count == 0)
		return;
	add_long(out, container->count);
	add_bytes(out, buffer_slice(&container->block));
	add_sync(container, out);
	buffer_clear(&container->block);
	container->count = 0;
}
