/* transform/trace.h - where in the message each value was found. */
#ifndef TRANSFORM_TRACE_H
#define TRANSFORM_TRACE_H

#include "base/arena.h"
#include "base/fault.h"

/* One value's origin: a line of a text, or a path in a document. */
struct trace_entry {
	const char *field; /* the article's field, "headline"; static */
	size_t index;	   /* 0.. in a list */
	unsigned line;	   /* 1..; 0: the format has no lines */
	struct slice path; /* JSON Pointer (RFC 6901) or the like, or none */
	const char *rule;  /* what made the value, in words; static */
};

/* The side table of one article; it lives in the arena. */
struct trace {
	struct trace_entry *entries;
	size_t count;
};

/*
 * Note where a value came from. Does nothing, and costs one comparison, where
 * trace is NULL: the service leaves it off.
 * FAULT_NO_SPACE: the arena is full.
 */
MUST_CHECK enum fault trace_add(struct trace *trace, struct arena *arena,
				struct trace_entry entry);

#endif
