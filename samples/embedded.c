#include "samples/embedded.h"

#include "base/embed.h"

#define FOLDER "samples/"

/* X(name, file, content type) */
#define SAMPLE_MAP(X) \
	X(sample_budget_vote, "budget-vote.txt", "text/plain") \
	X(sample_cup_final, "cup-final.txt", "text/plain") \
	X(sample_harbour_merger, "harbour-merger.txt", "text/plain") \
	X(sample_river_flood, "river-flood.txt", "text/plain") \
	X(sample_court_ruling, "court-ruling.txt", "text/plain") \
	X(sample_comet, "comet.json", "application/json") \
	X(sample_bad_date, "bad-date.txt", "text/plain")

#define X(name, file, type) EMBED(name, FOLDER file);
SAMPLE_MAP(X)
#undef X

bool sample_get(size_t number, struct sample *out)
{
	const struct sample samples[] = {
#define X(name, file, type) \
	{ file, type, slice_between(name##_begin, name##_end) },
		SAMPLE_MAP(X)
#undef X
	};

	if (number >= sizeof samples / sizeof *samples)
		return false;
	*out = samples[number];
	return true;
}
