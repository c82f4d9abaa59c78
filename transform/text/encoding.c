#include "transform/text/encoding.h"

#include "base/utf8.h"
#include "transform/text/bytes.h"

enum { UNDEFINED = 0xfffd };

/* windows-1252 from 0x80 to 0x9f; the rest of it is Unicode's own. */
static const uint16_t windows_1252[] = {
	0x20ac, UNDEFINED, 0x201a,    0x0192, 0x201e, 0x2026, 0x2020,
	0x2021, 0x02c6,	   0x2030,    0x0160, 0x2039, 0x0152, UNDEFINED,
	0x017d, UNDEFINED, UNDEFINED, 0x2018, 0x2019, 0x201c, 0x201d,
	0x2022, 0x2013,	   0x2014,    0x02dc, 0x2122, 0x0161, 0x203a,
	0x0153, UNDEFINED, 0x017e,    0x0178,
};

/* One bit for each byte below 0x20 that text does not hold. */
#define BIT(byte) (UINT32_C(1) << (byte))
static const uint32_t not_text =
	~(BIT('\t') | BIT('\n') | BIT('\v') | BIT('\f') | BIT('\r') |
	  BIT(0x01) | BIT(0x02) | BIT(0x03) | BIT(0x04) | BIT(0x1a) |
	  BIT(0x1c) | BIT(0x1d) | BIT(0x1e) | BIT(0x1f));

static bool is_not_text(unsigned char byte)
{
	return byte < 0x20 && (not_text & BIT(byte));
}

/* Controls but for the five that are white space: the usual text has none. */
static bool has_control(bytes16 bytes)
{
	return bytes16_any(bytes16_at_most(bytes, ' ' - 1) &
			   ((bytes < '\t') | (bytes > '\r')));
}

/* The next byte from at on that text does not hold; raw.len: none. */
static size_t find_control(struct slice raw, size_t at)
{
	while (raw.len - at >= BYTES16) {
		if (!has_control(bytes16_load(raw.ptr + at))) {
			at += BYTES16;
			continue;
		}
		for (size_t end = at + BYTES16; at < end; at++)
			if (is_not_text((unsigned char)raw.ptr[at]))
				return at;
	}
	while (at < raw.len && !is_not_text((unsigned char)raw.ptr[at]))
		at++;
	return at;
}

static enum fault check_controls(struct slice raw, size_t *fault_offset)
{
	size_t first = find_control(raw, 0), at = first;

	if (first == raw.len)
		return FAULT_NONE;
	*fault_offset = first;
	while (at < raw.len && raw.ptr[at] == '\0')
		at = find_control(raw, at + 1);
	return at < raw.len ? FAULT_BINARY : FAULT_NUL_BYTE;
}

static size_t encode_byte(unsigned char byte, char *out)
{
	return utf8_encode(byte < 0xa0 ? windows_1252[byte - 0x80] : byte, out);
}

/* Write text to out with its invalid bytes repaired, unless out is NULL;
 * returns the bytes that this takes. */
static size_t repair(struct slice text, char *out)
{
	size_t len = 0;
	char encoded[4];

	while (text.len > 0) {
		size_t valid = utf8_valid_prefix(text);
		if (out && valid)
			memcpy(out + len, text.ptr, valid);
		len += valid;
		text = slice_skip(text, valid);
		if (text.len == 0)
			break;
		size_t size = encode_byte((unsigned char)*text.ptr, encoded);
		if (out)
			memcpy(out + len, encoded, size);
		len += size;
		text = slice_skip(text, 1);
	}
	return len;
}

enum fault encoding_decode(struct slice raw, enum encoding_policy policy,
			   struct arena *arena, struct decoded *out,
			   size_t *fault_offset)
{
	const struct slice bom = SLICE("\xef\xbb\xbf");
	size_t bom_len = slice_starts(raw, bom) ? bom.len : 0;
	struct slice text = slice_skip(raw, bom_len);

	*fault_offset = 0;
	if (slice_trim(text).len == 0)
		return FAULT_EMPTY;
	enum fault fault = check_controls(raw, fault_offset);
	if (fault)
		return fault;

	size_t valid = utf8_valid_prefix(text);
	if (valid == text.len) {
		*out = (struct decoded){ text, bom_len, false };
		return FAULT_NONE;
	}
	*fault_offset = bom_len + valid;
	if (policy == ENCODING_REJECT)
		return FAULT_ENCODING;
	size_t len = repair(text, NULL);
	char *repaired = arena_bytes(arena, len);
	if (!repaired)
		return FAULT_NO_SPACE;
	repair(text, repaired);
	*out = (struct decoded){ { repaired, len }, bom_len, true };
	return FAULT_NONE;
}
