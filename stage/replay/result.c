#include <inttypes.h>
#include <stdio.h>

#include "stage/replay/replay.h"

static void print_count(const char *before, uint64_t count, const char *one,
			const char *many)
{
	printf("%s%" PRIu64 " %s", before, count, count == 1 ? one : many);
}

/* " (2 date-invalid, 1 encoding)" of those that are not 0. */
static void print_faults(const struct replay_result *r)
{
	const char *before = " (";

	for (enum fault fault = FAULT_NONE; fault < FAULT_COUNT; fault++) {
		if (!r->faults[fault])
			continue;
		printf("%s%" PRIu64 " %s", before, r->faults[fault],
		       fault_name(fault));
		before = ", ";
	}
	if (*before == ',')
		fputs(")", stdout);
}

static void print_skips(const struct replay_result *r)
{
	const char *before = " (";

	for (size_t i = 0; i < SKIP_COUNT; i++) {
		if (!r->skips[i])
			continue;
		printf("%s%" PRIu64 " %s", before, r->skips[i],
		       skip_name((enum skip)i));
		before = ", ";
	}
	if (*before == ',')
		fputs(")", stdout);
}

bool result_print(const struct replay_result *r, bool dry)
{
	print_count("", r->consumed, "message", "messages");
	print_count(" taken: ", r->published, "article", "articles");
	fputs(dry ? "" : " published", stdout);
	print_count(", ", r->deadlettered, "dead letter", "dead letters");
	print_faults(r);
	printf(", %" PRIu64 " skipped", r->skipped);
	print_skips(r);
	fputs("\n", stdout);
	if (r->gap_messages) {
		print_count("", r->gap_messages, "message was",
			    "messages were");
		puts(" deleted by retention before it could be read");
	}
	if (r->state.done < r->state.total)
		printf("stopped at offset %" PRId64 " of %" PRId64
		       "; run the same plan again to go on from there\n",
		       r->state.done, r->state.total);
	return fflush(stdout) == 0;
}
