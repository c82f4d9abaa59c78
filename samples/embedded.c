#include "samples/embedded.h"

/* As in schemas/embedded.c: the assembler reads the files. */
#define EMBED(name, file) \
	__asm__(".section .rodata\n" \
		".global sample_" #name "_begin\nsample_" #name "_begin: " \
								".incbin " \
								"\"samples" \
								"/" file "\"" \
									 "\n" \
		".global sample_" #name "_end\nsample_" #name "_end: .byte " \
							      "0\n" \
		".previous\n"); \
	extern const char sample_##name##_begin[], sample_##name##_end[]

/* X(name, file, content type) */
#define SAMPLE_MAP(X) \
	X(budget_vote, "budget-vote.txt", "text/plain") \
	X(cup_final, "cup-final.txt", "text/plain") \
	X(harbour_merger, "harbour-merger.txt", "text/plain") \
	X(river_flood, "river-flood.txt", "text/plain") \
	X(court_ruling, "court-ruling.txt", "text/plain") \
	X(comet, "comet.json", "application/json") \
	X(bad_date, "bad-date.txt", "text/plain")

#define X(name, file, type) EMBED(name, file);
SAMPLE_MAP(X)
#undef X

bool sample_get(size_t number, struct sample *out)
{
	const struct sample samples[] = {
#define X(name, file, type) \
	{ file, type, \
	  slice_between(sample_##name##_begin, sample_##name##_end) },
		SAMPLE_MAP(X)
#undef X
	};

	if (number >= sizeof samples / sizeof *samples)
		return false;
	*out = samples[number];
	return true;
}
