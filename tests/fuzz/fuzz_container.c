#include <assert.h>

#include "producer/avro/container_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_BYTES = 1 << 20 };

/* A container file from anyone: what is read lies within it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct container_block block = { .count = 1 };
	struct container_reader reader;
	struct fault_note note = { "" };
	struct buffer schema;
	FILE *file = fmemopen((void *)(uintptr_t)data, size, "rb");

	assert(file);
	buffer_init(&schema, SIZE_MAX);
	container_reader_init(&reader, file, MAX_BYTES);
	enum fault fault = container_read_header(&reader, &schema, &note);
	assert(fault || (schema.len > 0 && schema.len < size));
	while (!fault && block.count > 0) {
		fault = container_read_block(&reader, &block, &note);
		assert(fault || block.count <= block.records.len);
	}
	assert(reader.at <= size && (fault || reader.at == size));
	assert(!fault || (fault == FAULT_FILE && *note.text));
	container_reader_release(&reader);
	buffer_release(&schema);
	fclose(file);
	return 0;
}
