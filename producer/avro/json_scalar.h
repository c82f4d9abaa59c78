/* producer/avro/json_scalar.h - single JSON values, appended to a buffer. */
#ifndef PRODUCER_AVRO_JSON_SCALAR_H
#define PRODUCER_AVRO_JSON_SCALAR_H

#include <stdint.h>

#include "base/buffer.h"

/* Each appends one value to out; a fault is in out->fault, as buffer_add()
 * leaves it. */

/*
 * A string of valid UTF-8, escaped where RFC 8259, section 7, demands it and
 * nowhere else.
 *
 *	She said "no"  ->  "She said \"no\""
 */
void json_add_text(struct buffer *out, struct slice text);

void json_add_number(struct buffer *out, int64_t number);

/* Bytes as a string of lower-case hex digits. */
void json_add_hex(struct buffer *out, struct slice bytes);

/* Days since 1970 as "2025-09-09"; outside the years 1 to 9999, which RFC
 * 3339 cannot write, the number itself. */
void json_add_date(struct buffer *out, int32_t days);

/* ms since 1970 as "2025-09-09T10:37:00Z"; outside those years the number. */
void json_add_instant(struct buffer *out, int64_t ms);

#endif
