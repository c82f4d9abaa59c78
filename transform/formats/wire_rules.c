#include "transform/formats/wire_rules.h"

#include "base/ascii.h"
#include "transform/text/count.h"

enum {
	CREDIT_MAX_BYTES = 40,
	CREDIT_MAX_WORDS = 4,
	CROSSHEAD_MAX_WORDS = 8,
	CROSSHEAD_MAX_CHARS = 64,
	CHAR_MAX_BYTES = 4, /* of UTF-8 */
};

static bool is_letter(char c)
{
	return ascii_is_alpha(c) || (unsigned char)c >= 0x80;
}

static bool begins_as_name(struct slice text)
{
	return text.len > 0 && (ascii_is_upper(text.ptr[0]) ||
				(unsigned char)text.ptr[0] >= 0x80);
}

static struct slice last_word(struct slice text)
{
	const char *space = memrchr(text.ptr, ' ', text.len);

	return space ? slice_between(space + 1, text.ptr + text.len) : text;
}

static bool is_credit(struct slice text)
{
	if (text.len > CREDIT_MAX_BYTES || !begins_as_name(text) ||
	    !begins_as_name(last_word(text)))
		return false;
	char last = text.ptr[text.len - 1];
	return (is_letter(last) || ascii_is_digit(last)) &&
	       text_count(text).words <= CREDIT_MAX_WORDS;
}

bool wire_split_caption(struct slice text, struct slice *caption,
			struct slice *credit)
{
	const struct slice mark = SLICE(" / ");
	size_t reach = CREDIT_MAX_BYTES + mark.len;
	size_t from = text.len > reach ? text.len - reach : 0;
	const char *slash =
		text.len ? memrchr(text.ptr + from, '/', text.len - from)
			 : NULL;
	const char *end = text.ptr + text.len;

	if (!slash || slash < text.ptr + 2 || end - slash < 3 ||
	    memcmp(slash - 1, mark.ptr, mark.len) != 0)
		return false;
	if (!is_credit(slice_between(slash + 2, end)))
		return false;
	*credit = slice_between(slash + 2, end);
	*caption = slice_between(text.ptr, slash - 1);
	return true;
}

/* Take the last of the marks that text ends in off it. */
static bool take_last(struct slice *text, const char *const *marks)
{
	for (; *marks; marks++) {
		struct slice mark = slice_from(*marks);
		if (text->len < mark.len ||
		    memcmp(text->ptr + text->len - mark.len, mark.ptr,
			   mark.len) != 0)
			continue;
		text->len -= mark.len;
		return true;
	}
	return false;
}

static bool ends_a_sentence(struct slice text)
{
	static const char *const closing[] = { "\"", "'", ")",	"”",
					       "’",  "»", "」", NULL };
	static const char *const ending[] = { ".", "!",	 "?",  ",",  ":",  ";",
					      "…", "。", "！", "？", "，", "：",
					      "؟", "۔",	 "।",  NULL };

	while (take_last(&text, closing))
		;
	return take_last(&text, ending);
}

bool wire_is_short(struct slice text)
{
	if (text.len > CROSSHEAD_MAX_CHARS * CHAR_MAX_BYTES)
		return false;
	struct text_count count = text_count(text);
	return count.chars <= CROSSHEAD_MAX_CHARS &&
	       count.words <= CROSSHEAD_MAX_WORDS && !ends_a_sentence(text);
}
