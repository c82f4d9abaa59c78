/* transform/text/scan.h - take small things off the front of a text. */
#ifndef TRANSFORM_TEXT_SCAN_H
#define TRANSFORM_TEXT_SCAN_H

#include "base/ascii.h"
#include "base/slice.h"

/* Take exactly count digits, at most nine, off *text. False: there are not so
 * many; *text is not changed. */
static inline bool scan_digits(struct slice *text, size_t count, int *value)
{
	int sum = 0;

	if (text->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!ascii_is_digit(text->ptr[i]))
			return false;
		sum = sum * 10 + (text->ptr[i] - '0');
	}
	*text = slice_skip(*text, count);
	*value = sum;
	return true;
}

/* Take one byte of the set off *text. False: another byte, or none. */
static inline bool scan_one(struct slice *text, const char *set)
{
	if (text->len == 0 || !*text->ptr || !strchr(set, *text->ptr))
		return false;
	*text = slice_skip(*text, 1);
	return true;
}

/* Take the ASCII letters off the front of *text; there may be none. */
static inline struct slice scan_word(struct slice *text)
{
	size_t len = 0;

	while (len < text->len && ascii_is_alpha(text->ptr[len]))
		len++;
	struct slice word = slice_head(*text, len);
	*text = slice_skip(*text, len);
	return word;
}

/* Take ASCII white space off the front of *text. False: there is none. */
static inline bool scan_space(struct slice *text)
{
	size_t before = text->len;

	while (text->len > 0 && ascii_is_space(*text->ptr))
		*text = slice_skip(*text, 1);
	return text->len < before;
}

#endif
