#include "stage/terminal/nearest.h"

#include "base/ascii.h"

enum { WORD_MAX = 64 };

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return ascii_lower(a) == ascii_lower(b);
}

/* Both are at most WORD_MAX long. Three rows of the table are enough. */
static unsigned distance(struct slice a, struct slice b)
{
	unsigned rows[3][WORD_MAX + 1];

	for (unsigned j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3];
		const unsigned *top = rows[(i + 1) % 3];
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			unsigned change = !same(a.ptr[i - 1], b.ptr[j - 1]);
			row[j] = least(above[j - 1] + change,
				       least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 &&
			    same(a.ptr[i - 1], b.ptr[j - 2]) &&
			    same(a.ptr[i - 2], b.ptr[j - 1]))
				row[j] = least(row[j], top[j - 2] + 1);
		}
	}
	return rows[a.len % 3][b.len];
}

void nearest_offer(struct nearest *nearest, struct slice word,
		   const char *candidate)
{
	struct slice other = slice_from(candidate);

	if (word.len > WORD_MAX || other.len > WORD_MAX)
		return;
	unsigned found = distance(word, other);
	unsigned limit = word.len < 6 ? 2 : (unsigned)word.len / 3;
	if (found > limit || found >= other.len ||
	    (nearest->word && found >= nearest->distance))
		return;
	*nearest = (struct nearest){ candidate, found };
}
