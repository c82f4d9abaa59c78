#include "transform/text/line.h"

#include <endian.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "transform/text/bytes.h"
#include "transform/text/nfc.h"

enum { WORD = sizeof(uint64_t) };

#define EVERY_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* One text on its way to its clean form. */
struct cleaner {
	const char *at, *end;
	char *begin, *to;
	bool unstable; /* has a code point that NFC may change */
};

/* Unicode's White_Space (PropList.txt). */
static bool is_space(uint32_t code)
{
	if (code < 0x80)
		return ascii_is_space((char)code);
	if (code < 0x2000)
		return code == 0x85 || code == 0xa0 || code == 0x1680;
	return code <= 0x200a || code == 0x2028 || code == 0x2029 ||
	       code == 0x202f || code == 0x205f || code == 0x3000;
}

static bool shows_nothing(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad ||
	       code == 0x200b || code == 0x2060 || code == 0xfeff;
}

static bool after_space(const struct cleaner *c)
{
	return c->to == c->begin || c->to[-1] == ' ';
}

/* How many of the next eight bytes can be copied as they are, up to the first
 * that is not printable ASCII, or a space behind a space. */
static size_t count_clean(const struct cleaner *c)
{
	uint64_t word, before = after_space(c) ? 0x80 : 0;

	memcpy(&word, c->at, WORD);
	word = le64toh(word);
	/* Carries between bytes come from flagged bytes, and go upwards: the
	 * lowest flag is right. */
	uint64_t spaces = ~((word ^ EVERY_BYTE(' ')) + EVERY_BYTE(0x7f));
	uint64_t flags = word | (word - EVERY_BYTE(0x20)) |
			 (word + EVERY_BYTE(0x01)) |
			 (spaces & (spaces << 8 | before));
	flags &= EVERY_BYTE(0x80);
	return flags ? (size_t)__builtin_ctzll(flags) / 8 : WORD;
}

static void add_space(struct cleaner *c)
{
	if (!after_space(c))
		*c->to++ = ' ';
}

static void clean_wide(struct cleaner *c)
{
	uint32_t code;
	size_t len = utf8_decode(slice_between(c->at, c->end), &code);

	if (is_space(code)) {
		add_space(c);
	} else if (!shows_nothing(code)) {
		memcpy(c->to, c->at, len);
		c->to += len;
		c->unstable |= !nfc_is_stable(code);
	}
	c->at += len;
}

static void clean_one(struct cleaner *c)
{
	char byte = *c->at;

	if ((unsigned char)byte >= 0x80) {
		clean_wide(c);
		return;
	}
	if (ascii_is_space(byte))
		add_space(c);
	else if (byte > ' ' && byte < 0x7f)
		*c->to++ = byte;
	c->at++;
}

/* Copy sixteen bytes at a time, as long as all can be copied as they are. */
static void copy_clean(struct cleaner *c)
{
	if (c->at < c->end && *c->at == ' ' && after_space(c))
		return;
	while (c->end - c->at > BYTES16) {
		bytes16 now = bytes16_load(c->at);
		bytes16 next = bytes16_load(c->at + 1);
		if (bytes16_any((now < ' ') | (now == 0x7f) |
				((now == ' ') & (next == ' '))))
			return;
		memcpy(c->to, &now, BYTES16);
		c->at += BYTES16;
		c->to += BYTES16;
	}
}

static void clean_all(struct cleaner *c)
{
	copy_clean(c);
	/* All eight are written, since there is room: what was cleaned is
	 * never longer than what was read. */
	while (c->end - c->at >= WORD) {
		size_t clean = count_clean(c);
		memcpy(c->to, c->at, WORD);
		c->at += clean;
		c->to += clean;
		if (clean == WORD)
			continue;
		clean_one(c);
		copy_clean(c);
	}
	while (c->at < c->end)
		clean_one(c);
	if (c->to > c->begin && c->to[-1] == ' ')
		c->to--;
}

enum fault line_clean(struct slice raw, struct arena *arena, struct slice *out)
{
	struct slice clean = SLICE_NONE;

	if (raw.len > 0) {
		char *text = arena_bytes(arena, raw.len + 1);
		if (!text)
			return FAULT_NO_SPACE;

		struct cleaner c = { raw.ptr, raw.ptr + raw.len, text, text,
				     false };
		clean_all(&c);
		*c.to = '\0';
		clean = slice_between(text, c.to);
		arena_trim(arena, text, clean.len ? clean.len + 1 : 0);
		/* Last, since what was removed may have parted a letter from
		 * its mark; NFC makes no white space of anything else. */
		if (c.unstable && nfc_compose(arena, &clean))
			return FAULT_NO_SPACE;
	}
	*out = clean.len ? clean : SLICE_NONE;
	return FAULT_NONE;
}

bool line_is_blank(struct slice raw)
{
	uint32_t code;

	while (raw.len > 0) {
		if (*raw.ptr > ' ' && *raw.ptr < 0x7f)
			return false;
		raw = slice_skip(raw, utf8_decode(raw, &code));
		if (!is_space(code) && !shows_nothing(code))
			return false;
	}
	return true;
}
