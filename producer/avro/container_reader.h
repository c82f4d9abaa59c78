/* producer/avro/container_reader.h - an Avro object container file, read. */
#ifndef PRODUCER_AVRO_CONTAINER_READER_H
#define PRODUCER_AVRO_CONTAINER_READER_H

#include <stdint.h>
#include <stdio.h>

#include "producer/avro/container.h"

/*
 * Reads the file format of Avro 1.11, "Object Container Files", codec null,
 * block by block, whoever wrote it. Nothing in it is trusted: lengths are
 * bounded, and memory follows what was read, not what a length promises.
 *
 *	container_reader_init(&reader, file, SIZE_MAX);
 *	container_read_header(&reader, &schema, &note);
 *	while (!container_read_block(&reader, &block, &note) && block.count)
 *		look at block.records
 *	container_reader_release(&reader);
 */
struct container_reader {
	FILE *file;
	struct buffer block;
	uint64_t at; /* bytes taken from the file */
	unsigned char sync[CONTAINER_SYNC_SIZE];
};

/* Some records, one behind the other, without framing. */
struct container_block {
	uint64_t count;	      /* at most records.len; 0: the file has ended */
	struct slice records; /* the reader's, until it reads on */
};

/* Read from file, which is borrowed, at its start; blocks of at most max_bytes
 * of records. */
void container_reader_init(struct container_reader *reader, FILE *file,
			   size_t max_bytes);
void container_reader_release(struct container_reader *reader);

/*
 * Read the header. The schema's text, as the file has it, comes in place of
 * what schema held.
 *
 * FAULT_FILE       it is no such file, it is cut, its codec is not null, or it
 *                  cannot be read; note says which
 * FAULT_NO_MEMORY, FAULT_RECORD_TOO_LARGE  as buffer_add()
 */
MUST_CHECK enum fault container_read_header(struct container_reader *reader,
					    struct buffer *schema,
					    struct fault_note *note);

/*
 * Read the next block that holds records, or come to the end. After a fault
 * there is no use in reading on. *out is written only on FAULT_NONE.
 *
 * FAULT_FILE       the block is cut, damaged or larger than max_bytes, or the
 *                  file cannot be read; note says which, and at what byte
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault container_read_block(struct container_reader *reader,
					   struct container_block *out,
					   struct fault_note *note);

#endif
