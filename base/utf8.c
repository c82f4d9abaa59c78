#include "base/utf8.h"

/* Bytes of the whole, valid sequence at p (RFC 3629, section 4), else 0. */
static size_t sequence_length(const unsigned char *p, size_t room)
{
	size_t len = p[0] < 0x80   ? 1
		     : p[0] < 0xc2 ? 0
		     : p[0] < 0xe0 ? 2
		     : p[0] < 0xf0 ? 3
		     : p[0] < 0xf5 ? 4
				   : 0;
	if (len > room)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

enum { BLOCK = 16 };

static bool block_is_ascii(const unsigned char *p)
{
	uint64_t words[2];

	memcpy(words, p, BLOCK);
	return !((words[0] | words[1]) & UINT64_C(0x8080808080808080));
}

size_t utf8_valid_prefix(struct slice text)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t at = 0;

	while (at < text.len) {
		if (text.len - at >= BLOCK && block_is_ascii(bytes + at)) {
			at += BLOCK;
			continue;
		}
		size_t len = sequence_length(bytes + at, text.len - at);
		if (len == 0)
			return at;
		at += len;
	}
	return at;
}

size_t utf8_decode(struct slice text, uint32_t *out)
{
	const unsigned char *p = (const unsigned char *)text.ptr;

	if (p[0] < 0x80) {
		*out = p[0];
		return 1;
	}
	if (p[0] < 0xe0) {
		*out = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
		return 2;
	}
	if (p[0] < 0xf0) {
		*out = (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 |
		       (p[2] & 0x3fu);
		return 3;
	}
	*out = (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 |
	       (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
	return 4;
}

size_t utf8_encode(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

size_t utf8_count(struct slice text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
	return count;
}
