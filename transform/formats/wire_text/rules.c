#include "transform/formats/wire_text/rules.h"

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

/* Marks of one kind: those of ASCII as a string, the others in a list. */
struct marks {
	const char *ascii;
	struct slice others[8];
};

static bool ends_in(struct slice text, struct slice mark)
{
	return mark.len > 0 && text.len >= mark.len &&
	       !memcmp(text.ptr + text.len - mark.len, mark.ptr, mark.len);
}

/* Take one of the marks off the end of text. */
static bool take_last(struct slice *text, const struct marks *marks)
{
	size_t len = 0;

	if (text->len == 0)
		return false;
	char last = text->ptr[text->len - 1];
	if ((unsigned char)last < 0x80)
		len = strchr(marks->ascii, last) ? 1 : 0;
	else
		for (size_t i = 0; i < 8 && len == 0; i++)
			if (ends_in(*text, marks->others[i]))
				len = marks->others[i].len;
	text->len -= len;
	return len > 0;
}

static bool ends_a_sentence(struct slice text)
{
	static const struct marks closing = {
		"\"')", { { "”", 3 }, { "’", 3 }, { "»", 2 }, { "」", 3 } }
	};
	static const struct marks ending = { ".!?,:;",
					     { { "…", 3 },
					       { "。", 3 },
					       { "！", 3 },
					       { "？", 3 },
					       { "，", 3 },
					       { "：", 3 },
					       { "؟", 2 },
					       { "।", 3 } } };

	while (take_last(&text, &closing))
		;
	return take_last(&text, &ending);
}

bool wire_is_short(struct slice text)
{
	if (text.len > CROSSHEAD_MAX_CHARS * CHAR_MAX_BYTES ||
	    ends_a_sentence(text))
		return false;
	struct text_count count = text_count(text);
	return count.chars <= CROSSHEAD_MAX_CHARS &&
	       count.words <= CROSSHEAD_MAX_WORDS;
}
