#include "base/slice.h"

#include "base/ascii.h"

bool slice_equal_nocase(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_upper(a.ptr[i]) != ascii_upper(b.ptr[i]))
			return false;
	return true;
}

struct slice slice_trim(struct slice s)
{
	while (s.len > 0 && ascii_is_space(s.ptr[0]))
		s = slice_skip(s, 1);
	while (s.len > 0 && ascii_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool slice_split(struct slice *rest, char separator, struct slice *head)
{
	if (!rest->ptr)
		return false;

	const char *found = rest->len ? memchr(rest->ptr, separator, rest->len)
				      : NULL;
	if (!found) {
		*head = *rest;
		*rest = SLICE_NONE;
		return true;
	}
	*head = slice_between(rest->ptr, found);
	*rest = slice_skip(*rest, head->len + 1);
	return true;
}
