/* producer/avro/fingerprint.h - an Avro schema's canonical form, and its hash. */
#ifndef PRODUCER_AVRO_FINGERPRINT_H
#define PRODUCER_AVRO_FINGERPRINT_H

#include <stdint.h>

#include "base/buffer.h"

/*
 * CRC-64-AVRO of bytes: Avro 1.11, "Schema Fingerprints".
 *
 *	"" -> 0xc15d213aa4d7a795
 */
uint64_t fingerprint_crc64(struct slice bytes);

/*
 * Append the Parsing Canonical Form of a schema (JSON): Avro 1.11,
 * "Transforming into Parsing Canonical Form". Two schemas that read the same
 * bytes alike have the same one.
 *
 *	{"type": "fixed", "name": "Sha256", "doc": "a hash",
 *	 "namespace": "wirestage", "size": 32}
 *	{"name":"wirestage.Sha256","type":"fixed","size":32}
 *
 * schema is borrowed for the call.
 *
 * FAULT_CONFIG            it is no Avro schema; note says why
 * FAULT_NO_MEMORY, FAULT_RECORD_TOO_LARGE  as buffer_add()
 */
MUST_CHECK enum fault schema_canonical_form(struct slice schema,
					    struct buffer *out,
					    struct fault_note *note);

/*
 * The CRC-64-AVRO of a schema's canonical form, as single-object encoding
 * carries it. *out is written only on FAULT_NONE.
 *
 *	"int" -> 0x7275d51a3f395c8f
 *
 * FAULT_CONFIG     it is no Avro schema; note says why
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault schema_fingerprint(struct slice schema, uint64_t *out,
					 struct fault_note *note);

#endif
