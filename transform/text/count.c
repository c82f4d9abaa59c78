#include "transform/text/count.h"

#include <endian.h>
#include <stdint.h>

enum { WORD = sizeof(uint64_t) };

#define EVERY_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* How many bytes of flags are not 0; each is 0 or 0x80. */
static size_t count_flags(uint64_t flags)
{
	return (size_t)((flags >> 7) * EVERY_BYTE(1) >> 56);
}

/* 0x80 in each byte of word that is at most a space: white space, since
 * normalized text has no other controls. */
static uint64_t flag_spaces(uint64_t word)
{
	uint64_t low = word & EVERY_BYTE(0x7f);

	return ~(low + EVERY_BYTE(0x7f - ' ')) & ~word & EVERY_BYTE(0x80);
}

/* Eight bytes at a time, the first in the low bits; the rest filled up with
 * spaces, which begin no word and are taken off again. */
struct text_count text_count(struct slice text)
{
	struct text_count count = { 0, 0 };
	uint64_t before = 0x80; /* the flag of the byte before, a space */

	for (size_t at = 0; at < text.len; at += WORD) {
		uint64_t word = EVERY_BYTE(' ');
		size_t left = text.len - at;
		memcpy(&word, text.ptr + at, left < WORD ? left : WORD);
		word = le64toh(word);

		uint64_t spaces = flag_spaces(word);
		uint64_t continued = word & ~(word << 1) & EVERY_BYTE(0x80);
		count.words += count_flags(~spaces & (spaces << 8 | before) &
					   EVERY_BYTE(0x80));
		count.chars += WORD - count_flags(continued);
		before = spaces >> 56;
	}
	count.chars -= (WORD - text.len % WORD) % WORD;
	return count;
}
