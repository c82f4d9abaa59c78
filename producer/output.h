/* producer/output.h - the record that an article becomes. */
#ifndef PRODUCER_OUTPUT_H
#define PRODUCER_OUTPUT_H

#include "producer/producer.h"
#include "transform/article.h"

/* What every article's record has in common; borrowed. */
struct output {
	const char *topic;
	const char *const *pass; /* raw headers that are let through */
	size_t pass_count;
};

/*
 * The record of an article: its uri as the key, the raw message's timestamp,
 * value as it is (framed Avro), and the headers by which consumers filter
 * without decoding:
 *
 *	wirestage.topics	POLITICS,WORLD	only where there are any
 *	wirestage.pubStatus	usable
 *	wirestage.signal	none
 *	wirestage.version	3		only where the wire counts them
 *	wirestage.format	wire-text
 *	wirestage.origin	raw/3/1042/0	topic/partition/offset/part
 *
 * and then those of raw's that may pass. Everything is borrowed, or lives in
 * the arena; *out is written only on FAULT_NONE.
 * FAULT_NO_SPACE: the arena is full.
 */
MUST_CHECK enum fault output_record(const struct output *output,
				    const struct article *article,
				    const struct record *raw,
				    struct slice value, struct arena *arena,
				    struct outgoing *out);

#endif
