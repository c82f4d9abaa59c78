/* producer/avro/framing.h - what precedes an Avro record in a Kafka message. */
#ifndef PRODUCER_AVRO_FRAMING_H
#define PRODUCER_AVRO_FRAMING_H

#include <stdint.h>

#include "base/slice.h"

enum framing_kind {
	/* C3 01 and the schema's CRC-64-AVRO fingerprint, little-endian:
	 * Avro 1.11, "Single-object encoding" */
	FRAMING_SINGLE_OBJECT,
	/* 00 and the registry's id of the schema, big-endian: "Wire format"
	 * of Confluent's serializers */
	FRAMING_CONFLUENT,
	/* the record alone */
	FRAMING_NONE,
};

/*
 * How a reader finds the schema. Whoever knows the id fills it: a setting
 * today, a registry's answer later; nothing else asks where it came from.
 */
struct framing {
	enum framing_kind kind;
	uint64_t fingerprint; /* FRAMING_SINGLE_OBJECT: schema_fingerprint() */
	uint32_t schema_id;   /* FRAMING_CONFLUENT */
};

enum { FRAMING_HEADER_MAX = 10 };

/*
 * Write the bytes that precede the record to out; returns how many.
 *
 *	{ FRAMING_CONFLUENT, .schema_id = 7 } -> 00 00 00 00 07
 */
size_t framing_header(const struct framing *framing,
		      unsigned char out[FRAMING_HEADER_MAX]);

/*
 * The framing of a message, and the record behind it: the inverse of
 * framing_header(), for whoever reads. body is borrowed from message. False:
 * neither kind of header is there; *out and *body are not written.
 *
 *	C3 01 .. -> FRAMING_SINGLE_OBJECT, the fingerprint, what follows
 */
bool framing_read(struct slice message, struct framing *out,
		  struct slice *body);

#endif
