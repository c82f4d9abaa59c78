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

/* The tail of text, filled up with spaces, which begin no word. */
static uint64_t load_tail(const char *tail, size_t len)
{
	uint64_t word = EVERY_BYTE(' ');

	memcpy(&word, tail, len);
	return word;
}

/* Count word, whose first byte is the lowest; returns the flag of its last:
 * before is that of the word before. */
static uint64_t add_word(struct text_count *count, uint64_t word,
			 uint64_t before)
{
	uint64_t spaces = flag_spaces(word);
	uint64_t continued = word & ~(word << 1) & EVERY_BYTE(0x80);

	count->words += count_flags(~spaces & (spaces << 8 | before) &
				    EVERY_BYTE(0x80));
	count->chars -= count_flags(continued);
	return spaces >> 56;
}

struct text_count text_count(struct slice text)
{
	struct text_count count = { .chars = text.len };
	uint64_t before = 0x80; /* as if a space came before */
	uint64_t word;
	size_t at = 0;

	for (; text.len - at >= WORD; at += WORD) {
		memcpy(&word, text.ptr + at, WORD);
		before = add_word(&count, le64toh(word), before);
	}
	if (at < text.len) {
		word = load_tail(text.ptr + at, text.len - at);
		add_word(&count, le64toh(word), before);
	}
	return count;
}
