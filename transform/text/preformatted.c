#include "transform/text/preformatted.h"

#include "base/ascii.h"
#include "transform/text/line.h"

/* Take the run of bytes that are white space, or that are not, off *rest. */
static struct slice take_run(struct slice *rest, bool spaces)
{
	size_t len = 0;

	while (len < rest->len && ascii_is_space(rest->ptr[len]) == spaces)
		len++;
	struct slice run = slice_head(*rest, len);
	*rest = slice_skip(*rest, len);
	return run;
}

static char *put_spaces(char *to, struct slice run)
{
	for (size_t i = 0; i < run.len; i++) {
		bool crlf = run.ptr[i] == '\r' && i + 1 < run.len &&
			    run.ptr[i + 1] == '\n';
		char c = run.ptr[i] == '\r' ? '\n' : run.ptr[i];

		if (!crlf && (c == ' ' || c == '\t' || c == '\n'))
			*to++ = c;
	}
	return to;
}

/* Put the spaces in front of a word: those before a line break show nothing,
 * and before the first word only its own line's count. */
static char *put_gap(char *to, struct slice gap, bool first)
{
	char *begin = to, *word = to;

	to = put_spaces(to, gap);
	for (char *at = begin; at < to; at++) {
		if (*at != '\n')
			*word++ = *at;
		else {
			while (word > begin && word[-1] != '\n')
				word--;
			if (first)
				word = begin;
			else
				*word++ = '\n';
		}
	}
	return word;
}

enum fault preformatted_clean(struct slice raw, struct arena *arena,
			      struct slice *out)
{
	/* NFC may make a word longer, so it is cleaned where it can grow, and
	 * moved; three times the bytes is the most that it makes of any. */
	char *text = arena_bytes(arena, raw.len * 3 + 1), *to = text;

	if (!text)
		return FAULT_NO_SPACE;
	while (raw.len > 0) {
		struct slice gap = take_run(&raw, true);
		struct slice word = take_run(&raw, false), clean;
		char *scratch = arena->next;
		enum fault fault = line_clean(word, arena, &clean);

		if (fault)
			return fault;
		if (clean.len == 0)
			continue;
		to = put_gap(to, gap, to == text);
		memcpy(to, clean.ptr, clean.len);
		to += clean.len;
		arena_trim(arena, scratch, 0);
	}
	*to = '\0';
	arena_trim(arena, text, (size_t)(to - text) + 1);
	*out = to > text ? slice_between(text, to) : SLICE_NONE;
	return FAULT_NONE;
}
