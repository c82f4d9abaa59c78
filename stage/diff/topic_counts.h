/* stage/diff/topic_counts.h - which topics came to articles, and which went. */
#ifndef STAGE_DIFF_TOPIC_COUNTS_H
#define STAGE_DIFF_TOPIC_COUNTS_H

#include <avro.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"

/* More topics than any vocabulary has, and longer codes: what is beyond them
 * is counted together, so that memory stays bounded whatever a file holds. */
enum { TOPIC_COUNTS_MAX = 4096, TOPIC_CODE_MAX = 100 };

struct topic_count {
	char *code;
	uint64_t came, went; /* articles */
};

/* A list of codes on its way to be sorted. */
struct topic_list {
	struct slice *items;
	size_t count, room;
};

/* Zeroed at the start. */
struct topic_counts {
	struct topic_count *items; /* by code */
	size_t count, room;
	uint64_t others_came, others_went;
	struct topic_list before, after; /* of the article at hand */
};

void topic_counts_release(struct topic_counts *counts);

/*
 * Count what the topics of one article's two records differ in, as sets: an
 * order that changed is no topic that came. The records are borrowed.
 *
 *	["POLITICS"], ["WORLD", "POLITICS"]: WORLD came
 *
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault topic_counts_add(struct topic_counts *counts,
				       const avro_value_t *before,
				       const avro_value_t *after);

#endif
