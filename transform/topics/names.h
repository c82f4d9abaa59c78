/* transform/topics/names.h - look up topics by any of their names. */
#ifndef TRANSFORM_TOPICS_NAMES_H
#define TRANSFORM_TOPICS_NAMES_H

#include "base/slice.h"

struct topic;

struct name {
	struct slice text; /* borrowed; ptr NULL: the slot is free */
	const struct topic *topic;
};

/* A hash table with open addressing, at most half full. */
struct names {
	struct name *slots;
	size_t slot_count; /* a power of two */
	size_t longest;	   /* bytes of the longest name */
};

/* Room for count names. False: out of memory. */
bool names_init(struct names *names, size_t count);
void names_release(struct names *names);

/* The topic of that name, in any case of ASCII; NULL: none. */
const struct topic *names_find(const struct names *names, struct slice text);

/* Give topic a name, borrowed as long as the table is used. Returns the topic
 * that has the name now: another one if it was taken. */
const struct topic *names_add(struct names *names, struct slice text,
			      const struct topic *topic);

#endif
