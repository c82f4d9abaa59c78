/* transform/topics/vocabulary_table.h - what a vocabulary is made of. */
#ifndef TRANSFORM_TOPICS_VOCABULARY_TABLE_H
#define TRANSFORM_TOPICS_VOCABULARY_TABLE_H

#include <jansson.h>

#include "transform/topics/names.h"
#include "transform/topics/vocabulary.h"

/* For the files of the vocabulary alone. */
struct vocabulary {
	json_t *root; /* the file; every string below is one of its */
	struct slice version;
	struct topic *topics;
	size_t count;
	struct names names;   /* codes, labels and aliases */
	struct names medtops; /* "medtop:11000000" */
};

/* Fill the vocabulary's topics, of which there are as many as of the file's.
 * FAULT_CONFIG: one is wrong; note says which, and how. */
MUST_CHECK enum fault vocabulary_read_topics(struct vocabulary *vocabulary,
					     const json_t *topics,
					     struct fault_note *note);

static inline struct slice vocabulary_string(const json_t *json)
{
	return (struct slice){ json_string_value(json),
			       json_string_length(json) };
}

/* Whether text may stand in an article as it is: 1 to 256 bytes, clean. */
bool vocabulary_text_fits(struct slice text);

/* The first property of json that is none of known, which NULL ends; NULL:
 * there is none. */
const char *vocabulary_find_unknown(const json_t *json,
				    const char *const *known);

#endif
