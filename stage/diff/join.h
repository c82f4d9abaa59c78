/* stage/diff/join.h - two files of articles, side by side. */
#ifndef STAGE_DIFF_JOIN_H
#define STAGE_DIFF_JOIN_H

#include "stage/diff/article_file.h"

/* Zeroed at the start, but for the files, which are the caller's. */
struct join {
	struct article_file *before, *after;
	const avro_value_t *before_record, *after_record; /* NULL: at its end */
	bool begun;
	bool before_is_used, after_is_used; /* by the last pair */
};

/* The two versions of one article; NULL where a file has none. Both NULL: the
 * files have ended. */
struct pair {
	const avro_value_t *before, *after;
};

/*
 * The next article by lineage that is in either file, in constant memory,
 * since both are sorted by it. *out's records are borrowed until the next
 * call; it is written only on FAULT_NONE.
 *
 *	before: raw/0/1/0 raw/0/2/0    after: raw/0/2/0
 *	raw/0/1/0 and NULL, then raw/0/2/0 twice, then NULL and NULL
 *
 * FAULT_FILE, FAULT_CONFIG, FAULT_NO_MEMORY  as article_file_next()
 */
MUST_CHECK enum fault join_next(struct join *join, struct pair *out,
				struct fault_note *note);

#endif
