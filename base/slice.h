/* base/slice.h - a borrowed run of bytes. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * ptr is NULL for "absent" (then len is 0), non-NULL for "present", which may
 * be empty. Who owns the bytes is said where the slice is declared.
 */
struct slice {
	const char *ptr;
	size_t len; /* bytes */
};

#define SLICE(literal) ((struct slice){ "" literal, sizeof(literal) - 1 })
#define SLICE_NONE ((struct slice){ NULL, 0 })
/* For printf's "%.*s". */
#define SLICE_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

static inline struct slice slice_from(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

/* The bytes from begin up to, not including, end. */
static inline struct slice slice_between(const char *begin, const char *end)
{
	return (struct slice){ begin, (size_t)(end - begin) };
}

/* All but the first n bytes; n is at most s.len. */
static inline struct slice slice_skip(struct slice s, size_t n)
{
	return (struct slice){ s.ptr + n, s.len - n };
}

/* The first n bytes; n is at most s.len. */
static inline struct slice slice_head(struct slice s, size_t n)
{
	return (struct slice){ s.ptr, n };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len &&
	       (prefix.len == 0 || !memcmp(s.ptr, prefix.ptr, prefix.len));
}

/* Equal but for the case of ASCII letters. */
bool slice_equal_nocase(struct slice a, struct slice b);

/* s without ASCII white space at either end. */
struct slice slice_trim(struct slice s);

/* Take the bytes before the first separator off *rest, and the separator;
 * all of it where there is none. False when *rest is used up (ptr NULL).
 *
 *	rest = "a,b"   first call "a", second "b", third false
 */
bool slice_split(struct slice *rest, char separator, struct slice *head);

#endif
