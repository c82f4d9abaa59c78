#include <inttypes.h>
#include <stdio.h>

#include "stage/replay/replay.h"

static void print_count(const char *before, uint64_t count, const char *one,
			const char *many)
{
	printf("%s%" PRIu64 " %s", before, count, count == 1 ? one : many);
}

/* " (2 date-invalid, 1 encoding)" of those that are not 0. */
static void print_reasons(const uint64_t *counts, size_t count,
			  const char *(*name)(size_t))
{
	const char *before = " (";

	for (size_t i = 0; i < count; i++) {
		if (!counts[i])
			continue;
		printf("%s%" PRIu64 " %s", before, counts[i], name(i));
		before = ", ";
	}
	if (*before == ',')
		fputs(")", stdout);
}

static const char *name_of_fault(size_t fault)
{
	return fault_name((enum fault)fault);
}

static const char *name_of_skip(size_t reason)
{
	return skip_name((enum skip)reason);
}

bool result_print(const struct replay_result *r, bool dry)
{
	print_count("", r->consumed, "message", "messages");
	print_count(" taken: ", r->published, "article", "articles");
	fputs(dry ? "" : " published", stdout);
	print_count(", ", r->deadlettered, "dead letter", "dead letters");
	print_reasons(r->faults, FAULT_COUNT, name_of_fault);
	printf(", %" PRIu64 " skipped", r->skipped);
	print_reasons(r->skips, SKIP_COUNT, name_of_skip);
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
