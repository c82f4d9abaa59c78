/* producer/deadletter.h - the record of what could not become an article. */
#ifndef PRODUCER_DEADLETTER_H
#define PRODUCER_DEADLETTER_H

#include "producer/producer.h"

struct deadletter_config {
	const char *topic, *group_id;
	unsigned worker;
	size_t max_bytes;    /* the topic's max.message.bytes */
	const char *version; /* the transform's */
};

/* Why a part of a message is a dead letter. */
struct rejection {
	unsigned part; /* 0.. within the message */
	enum fault fault;
	bool whole;	  /* the message as a whole is bad */
	size_t offset;	  /* bytes into the text where it failed */
	unsigned attempt; /* 1 the first */
};

/* A worker's scratch space for dead letters. */
struct deadletter;

/* config is borrowed. NULL: out of memory. */
struct deadletter *deadletter_new(const struct deadletter_config *config);
void deadletter_free(struct deadletter *deadletter);

/*
 * The dead letter of one part: key, value and headers of the raw message
 * untouched, its timestamp, and behind its headers
 *
 *	__connect.errors.{topic, partition, offset, connector.name, task.id,
 *	stage, class.name, exception.class.name, exception.message}
 *		as Kafka Connect names them (KIP-298), for tools that know it
 *	wirestage.fault		date-invalid
 *	wirestage.part		0
 *	wirestage.whole		true	only where no part of it was published
 *	wirestage.at		17	byte of the text where it failed
 *	wirestage.attempt	1
 *	wirestage.origin	raw/3/1042/0
 *	wirestage.version	the transform's
 *
 * A message that would be larger than the topic takes is sent by reference:
 * of its value what fits, at most four kilobytes, none of its headers, its key
 * if that is short, and
 *
 *	wirestage.reference	true
 *	wirestage.size		52428800
 *	wirestage.sha256	of the whole value, in hex
 *
 * by_reference asks for that form whatever the size. The record borrows from
 * raw and from deadletter, until the next call.
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault deadletter_record(struct deadletter *deadletter,
					const struct record *raw,
					const struct rejection *rejection,
					bool by_reference,
					struct outgoing *out);

/* A dead letter, read back. */
struct letter {
	struct record raw;	    /* as it was taken from the raw topic */
	struct rejection rejection; /* its fault is by name alone: */
	struct slice fault_name;
	bool by_reference; /* raw's value is cut, its headers are gone */
};

/*
 * The raw message and the reason that a dead letter holds: the inverse of
 * deadletter_record(). Everything is borrowed from record. False: record is no
 * dead letter of ours; *out is not written.
 */
bool deadletter_read(const struct record *record, struct letter *out);

#endif
