/* transform/topics/vocabulary.h - the topic codes, and the names for them. */
#ifndef TRANSFORM_TOPICS_VOCABULARY_H
#define TRANSFORM_TOPICS_VOCABULARY_H

#include "base/fault.h"
#include "base/slice.h"

struct topic {
	struct slice code;   /* "POLITICS" */
	struct slice label;  /* "politics and government" */
	struct slice medtop; /* "medtop:11000000"; none for a desk's own */
	const struct topic *parent; /* NULL: top level */
};

/* Never changes once made; may be shared between threads. */
struct vocabulary;

/*
 * Read a vocabulary file, whose format schemas/README.md describes. json is
 * borrowed for the call. The caller frees *out, which is written only on
 * FAULT_NONE.
 *
 *	{"version": "1", "topics": [{"code": "SPORT", "label": "sport",
 *	 "medtop": "medtop:15000000", "aliases": ["SPORTS"]}]}
 *
 * FAULT_CONFIG     the file is wrong; note says where in it, and what is
 *                  expected: 'topic 3 ("SPORT"): no "label"'
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault vocabulary_parse(struct slice json,
				       struct vocabulary **out,
				       struct fault_note *note);
void vocabulary_free(struct vocabulary *vocabulary);

/* The version that the file states; it lands in each article's lineage. */
struct slice vocabulary_version(const struct vocabulary *vocabulary);

/* How many topics there are, and which of them, 0.., a topic is. */
size_t vocabulary_size(const struct vocabulary *vocabulary);
size_t vocabulary_index(const struct vocabulary *vocabulary,
			const struct topic *topic);

/*
 * The topic of a desk's word: a code, a label or an alias, in any case of
 * ASCII. NULL: none.
 *
 *	"Politics" -> POLITICS, "SPORTS" -> SPORT
 */
const struct topic *vocabulary_by_name(const struct vocabulary *vocabulary,
				       struct slice name);

/*
 * The topic of an IPTC identifier: a Media Topic ("medtop:11000000",
 * "http://cv.iptc.org/newscodes/mediatopic/11000000"), or an IPTC Subject
 * Code, whose first two digits are a top level's ("subj:11006000",
 * "http://cv.iptc.org/newscodes/subjectcode/11006000"). NULL: none.
 */
const struct topic *vocabulary_by_uri(const struct vocabulary *vocabulary,
				      struct slice uri);

/* What IPTC's NewsCodes say of an identifier, whatever the vocabulary has. */
enum newscode {
	NEWSCODE_NONE,	  /* of another scheme */
	NEWSCODE_MEDTOP,  /* a Media Topic */
	NEWSCODE_SUBJECT, /* an older Subject Code */
};
enum newscode newscode_of(struct slice uri);

#endif
