/* producer/avro/walk.h - whether bytes are an Avro value of a schema. */
#ifndef PRODUCER_AVRO_WALK_H
#define PRODUCER_AVRO_WALK_H

#include <avro.h>

#include "base/slice.h"

/*
 * Walk body, one value in Avro's binary encoding, along schema, and allocate
 * nothing. True: it is whole, nothing follows it, each number, symbol, branch
 * and length is in range, each string is UTF-8, no map key holds a NUL, and
 * no array or map counts more items than there are bytes; so avro-c reads it
 * without harm. Avro 1.11, "Binary Encoding".
 *
 * schema must not refer to itself: the depth of the walk is the schema's.
 */
bool avro_walk(avro_schema_t schema, struct slice body);

/* The same of the one value that *rest begins with: it is taken off. After
 * false *rest is anywhere. */
bool avro_walk_one(avro_schema_t schema, struct slice *rest);

#endif
