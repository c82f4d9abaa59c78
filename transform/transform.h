/* transform/transform.h - one raw message in, its articles out; pure. */
#ifndef TRANSFORM_TRANSFORM_H
#define TRANSFORM_TRANSFORM_H

#include "base/record.h"
#include "transform/article.h"
#include "transform/text/encoding.h"
#include "transform/topics/vocabulary.h"

/* The version that lineage carries: raise it with any change of output. */
#define TRANSFORM_VERSION "1"

struct format;

/* What an article's uri is made from where the wire has no identifier. */
enum uri_source {
	URI_FROM_KEY, /* the message key, or the content where it has none */
	URI_FROM_CONTENT,
};

/* What decides the output beside the record. All borrowed, never changed
 * while a transform uses it; shared by every worker. */
struct transform_context {
	const struct vocabulary *vocabulary;
	const struct format *format; /* pinned; NULL: detect */
	enum encoding_policy encoding;
	enum uri_source uri_from;
	size_t input_max_bytes; /* a larger message is FAULT_TOO_LARGE */
	int64_t work_max;	/* arena steps a message; 0: no limit; what
				   takes more is FAULT_TOO_SLOW */
	bool trace;		/* note where each value was found */
};

/* One article of a message, or why there is none. */
struct part {
	unsigned number; /* 0.. within the message */
	enum fault fault;
	bool whole;	     /* the fault is the message's, not one part's */
	size_t fault_offset; /* bytes into the decoded text; for people */
	const struct article *article; /* in the arena; NULL after a fault */
};

/* A message's parts. count 0: the message holds no article (skip it). */
struct parts {
	const struct part *items; /* in the arena, or in the transform */
	size_t count;
};

/* A worker's scratch state; not to be shared between threads. */
struct transform;

/* NULL: out of memory. context is borrowed until transform_free(). */
struct transform *transform_new(const struct transform_context *context);
void transform_free(struct transform *transform);

/*
 * Transform one message. Every fault of the input is in the parts; a fault of
 * the message as a whole is a single part of number 0.
 *
 * The same record, context and versions give the same parts, byte for byte.
 * record is borrowed while the parts are used; they live until the arena is
 * reset or the next call.
 */
struct parts transform_record(struct transform *transform,
			      const struct record *record, struct arena *arena);

/*
 * The same in its three steps, for those who time them: find what the wire
 * says, find the topics of that, add what follows from both. Each is called
 * once for a message, in this order, whatever the one before has found.
 */
void transform_parse(struct transform *transform, const struct record *record,
		     struct arena *arena);
void transform_tag(struct transform *transform);
struct parts transform_finish(struct transform *transform);

#endif
