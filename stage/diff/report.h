/* stage/diff/report.h - a comparison, told to people and to tools. */
#ifndef STAGE_DIFF_REPORT_H
#define STAGE_DIFF_REPORT_H

#include <stdio.h>

#include "stage/diff/compare.h"

/* What was compared, and who is to read of it. All is borrowed. */
struct report {
	const struct comparison *comparison;
	const char *before_path, *after_path;
	bool colour; /* out is a terminal */
};

/*
 * Write the totals, the fields and the topics that changed, and examples, for
 * people. What is from the files is safe to show.
 *
 *	       2  changed
 */
void report_print(const struct report *report, FILE *out);

/*
 * Append the same as one JSON object and a newline to out:
 *
 *	{"before":{"file":"a.avro","articles":7,"versions":{"transform":"1",
 *	"vocabulary":"1","rules":null,"model":null},"varying":[]},"after":{…},
 *	"equal":5,"changed":2,"onlyBefore":0,"onlyAfter":0,
 *	"fields":[{"field":"topics","changed":2,"examples":[{"uri":"…",
 *	"headline":"…","lineage":{"topic":"raw","partition":0,"offset":3,
 *	"part":0},"before":"[\"WORLD\"]","after":"[]"}]}],
 *	"topics":[{"topic":"WORLD","came":0,"went":2}],
 *	"otherTopics":{"came":0,"went":0},
 *	"examplesOnlyBefore":[…],"examplesOnlyAfter":[…]}
 *
 * An example's before and after are JSON in a string, cut where it is long.
 * varying names the versions that are not the same in all of a file. Returns
 * out->fault: FAULT_NO_MEMORY, FAULT_RECORD_TOO_LARGE.
 */
MUST_CHECK enum fault report_json(const struct report *report,
				  struct buffer *out);

#endif
