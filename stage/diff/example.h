/* stage/diff/example.h - one article that shows what differs. */
#ifndef STAGE_DIFF_EXAMPLE_H
#define STAGE_DIFF_EXAMPLE_H

#include "base/buffer.h"
#include "stage/diff/article_file.h"

enum {
	EXAMPLE_TEXT_MAX = 4096,  /* bytes of a URI, a headline, a topic */
	EXAMPLE_VALUE_MAX = 1024, /* of a value */
};

/* All of it is cut where it is too long, "…" in place of the rest. */
enum example_text {
	EXAMPLE_URI,
	EXAMPLE_HEADLINE, /* empty: it has none */
	EXAMPLE_TOPIC,	  /* the origin's */
	EXAMPLE_BEFORE,	  /* the two values, as JSON */
	EXAMPLE_AFTER,
	EXAMPLE_TEXTS
};

struct example {
	struct buffer texts; /* one behind the other */
	size_t ends[EXAMPLE_TEXTS];
	int64_t partition, offset, part;
};

/*
 * Fill a zeroed example with the article of record, and its two values, which
 * may be SLICE_NONE. Of values too long for a line the part is kept where they
 * begin to differ. All is borrowed for the call; example_release() it whatever
 * comes of it.
 *
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault example_fill(struct example *example,
				   const avro_value_t *record,
				   struct slice before, struct slice after);
void example_release(struct example *example);

/* at, or the place before it where a code point of text begins, so that text
 * may be cut there. */
size_t code_point_begin(struct slice text, size_t at);

/* One of its texts; borrowed from it. */
struct slice example_text(const struct example *example,
			  enum example_text which);

#endif
