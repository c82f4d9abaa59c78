#include "transform/text/count.h"

#include "transform/text/bytes.h"

enum {
	FLUSH = 127,	      /* the largest sum that a byte holds */
	CONTINUED_LAST = -65, /* 0xbf: 10xxxxxx is at most this */
};

/* At most a space: white space, since normalized text has no other controls. */
static bool is_space(char c)
{
	return (unsigned char)c <= ' ';
}

static bool is_continued(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Count up to FLUSH times sixteen bytes from at on, which is not the first;
 * returns where it ended. */
static const char *count_many(struct text_count *count, const char *at,
			      const char *end)
{
	bytes16 words = { 0 }, continued = { 0 };

	for (int i = 0; i < FLUSH && end - at >= BYTES16; i++, at += BYTES16) {
		bytes16 now = bytes16_load(at), before = bytes16_load(at - 1);
		words -= bytes16_at_most(before, ' ') &
			 ~bytes16_at_most(now, ' ');
		continued -= now <= CONTINUED_LAST;
	}
	count->words += bytes16_sum(words);
	count->chars -= bytes16_sum(continued);
	return at;
}

struct text_count text_count(struct slice text)
{
	const char *at = text.ptr, *end = text.ptr + text.len;
	struct text_count count = { .chars = text.len };

	if (text.len == 0)
		return count;
	count.words = !is_space(*at++);
	while (end - at >= BYTES16)
		at = count_many(&count, at, end);
	for (; at < end; at++) {
		count.words += is_space(at[-1]) && !is_space(*at);
		count.chars -= is_continued(*at);
	}
	return count;
}
