/* producer/avro/container.h - an Avro object container file, block by block. */
#ifndef PRODUCER_AVRO_CONTAINER_H
#define PRODUCER_AVRO_CONTAINER_H

#include "base/buffer.h"

enum { CONTAINER_SYNC_SIZE = 16 };

/*
 * Writes the file format of Avro 1.11, "Object Container Files", codec null,
 * into buffers that the caller empties into its file:
 *
 *	container_init(&container);
 *	container_start(&container, schema, &out);
 *	for each record
 *		container_add(&container, record, &out); write and clear out
 *	container_finish(&container, &out); write out
 *	container_release(&container);
 *
 * The same schema and records make the same bytes: the sync marker is the
 * start of the schema's SHA-256, where other writers roll dice.
 */
struct container {
	unsigned char sync[CONTAINER_SYNC_SIZE];
	struct buffer block; /* the records of the block that is not full */
	size_t count;	     /* of them */
};

void container_init(struct container *container);
void container_release(struct container *container);

/*
 * Append the file's header to out: the schema's text as it is, with its docs,
 * defaults and logical types. Its faults are out->fault.
 */
void container_start(struct container *container, struct slice schema,
		     struct buffer *out);

/*
 * Add one record, Avro without framing, which is borrowed for the call; a
 * block that it fills goes to out.
 *
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault container_add(struct container *container,
				    struct slice record, struct buffer *out);

/* Append the last block, if it holds any record, to out. */
void container_finish(struct container *container, struct buffer *out);

#endif
