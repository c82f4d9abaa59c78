/* stage/diff/compare.h - what two versions of articles say differently. */
#ifndef STAGE_DIFF_COMPARE_H
#define STAGE_DIFF_COMPARE_H

#include "stage/diff/example.h"
#include "stage/diff/join.h"
#include "stage/diff/topic_counts.h"

enum { EXAMPLES_MAX = 100, VERSION_SIZE = 64 };

/* The versions that a lineage states: X(constant, its field). They differ by
 * nature, and are told once, not for each article. */
#define DIFF_VERSION_MAP(X) \
	X(TRANSFORM, "transform") \
	X(VOCABULARY, "vocabulary") \
	X(RULES, "rules") \
	X(MODEL, "model")

enum diff_version {
#define X(constant, field) DIFF_VERSION_##constant,
	DIFF_VERSION_MAP(X)
#undef X
		DIFF_VERSIONS
};

const char *diff_version_name(enum diff_version version);

struct version {
	char text[VERSION_SIZE]; /* the first article's, cut; "": none */
	bool varies;		 /* another article has another one */
};

/* The first few articles of a kind; as many as comparison_new() was told. */
struct examples {
	struct example *items;
	size_t count;
};

/* One of the two files. */
struct side {
	uint64_t articles, only; /* only: the other file lacks them */
	struct version versions[DIFF_VERSIONS];
	struct examples examples; /* of only */
};

/* One field of the article, or of its lineage. */
struct field_change {
	char name[64];	   /* "body", "lineage.format" */
	const char *outer; /* "body", "lineage" */
	const char *inner; /* "format"; NULL */
	bool is_hash;	   /* it follows from others, and shows nothing */
	uint64_t articles; /* in which it changed */
	struct examples examples;
};

/* What has been found so far; for reading only. */
struct comparison {
	size_t examples_max;
	struct side before, after;
	uint64_t equal, changed;     /* of the articles in both */
	struct field_change *fields; /* all there are, in the schema's order */
	size_t field_count;
	struct topic_counts topics; /* of the articles in both */
	struct json_form *form;
	struct buffer before_text, after_text; /* of the values at hand */
};

/*
 * A comparison of nothing yet, which keeps at most examples (to EXAMPLES_MAX)
 * articles of each kind. Its memory is bounded by that, however many articles
 * are added. The caller frees *out, which is written only on FAULT_NONE.
 *
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault comparison_new(size_t examples, struct comparison **out,
				     struct fault_note *note);
void comparison_free(struct comparison *comparison);

/*
 * Compare the two records of a pair field by field, or count the one; at least
 * one is there. They are borrowed for the call. Of the lineage, what they were
 * joined by is the same, and versions are told apart.
 *
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault comparison_add(struct comparison *comparison,
				     const struct pair *pair);

/* Whether anything differs but the versions. */
bool comparison_differs(const struct comparison *comparison);

#endif
