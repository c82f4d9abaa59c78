/* producer/avro/write.h - a struct's record in Avro's binary form. */
#ifndef PRODUCER_AVRO_WRITE_H
#define PRODUCER_AVRO_WRITE_H

#include "base/buffer.h"
#include "producer/avro/value.h"

/*
 * Append the struct at self to out: Avro 1.11, "Binary Encoding", by the same
 * table that avro-c reads it through, and with the same bytes as
 * avro_value_write() makes of value_of(), which takes four times as long.
 * A list is one block; an empty one has none. Its faults are out->fault.
 */
void value_write(const struct value_class *class, const void *self,
		 struct buffer *out);

#endif
