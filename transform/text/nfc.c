#include "transform/text/nfc.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { CLASSES = 256, FIRST_UNSTABLE = 0x300, CODE_STEPS = 16 };

/* In order; what lies between is seldom met, or not stable. Assigned code
 * points alone: later versions of Unicode may say anything of the others. */
static const struct {
	uint32_t first, last;
} stable[] = {
	{ 0x0400, 0x0482 },   /* Cyrillic */
	{ 0x048a, 0x052f },   /* Cyrillic, behind its marks */
	{ 0x05d0, 0x05ea },   /* Hebrew letters */
	{ 0x0620, 0x064a },   /* Arabic letters */
	{ 0x0660, 0x066f },   /* Arabic digits */
	{ 0x0671, 0x06d3 },   /* letters of Persian, Urdu … */
	{ 0x06f0, 0x06ff },   /* their digits */
	{ 0x0904, 0x0928 },   /* Devanagari letters */
	{ 0x0e01, 0x0e30 },   /* Thai letters */
	{ 0x1e00, 0x1e99 },   /* Latin with marks */
	{ 0x1ea0, 0x1eff },   /* Vietnamese */
	{ 0x2002, 0x2064 },   /* punctuation */
	{ 0x20a0, 0x20c0 },   /* currencies */
	{ 0x2190, 0x21ff },   /* arrows */
	{ 0x2500, 0x26ff },   /* boxes, symbols */
	{ 0x3000, 0x3029 },   /* CJK punctuation */
	{ 0x3041, 0x3096 },   /* Hiragana */
	{ 0x309b, 0x30ff },   /* Katakana */
	{ 0x4e00, 0x9fff },   /* Han */
	{ 0xac00, 0xd7a3 },   /* Hangul syllables */
	{ 0xff01, 0xffbe },   /* full and half width */
	{ 0x1f300, 0x1f64f }, /* emoji */
};

bool nfc_is_stable(uint32_t code)
{
	if (code < FIRST_UNSTABLE)
		return true;
	size_t low = 0, high = sizeof stable / sizeof *stable;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (code > stable[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof stable / sizeof *stable &&
	       code >= stable[low].first;
}

static unsigned class_of(utf8proc_int32_t code)
{
	return (unsigned)utf8proc_get_property(code)->combining_class;
}

/* Write the canonical decomposition of text to out, which has room for room
 * code points; returns how many there are, although they may not fit. */
static size_t decompose(struct slice text, utf8proc_int32_t *out, size_t room)
{
	size_t count = 0;

	while (text.len > 0) {
		uint32_t code;
		int ignored = 0;
		size_t left = count < room ? room - count : 0;

		text = slice_skip(text, utf8_decode(text, &code));
		count += (size_t)utf8proc_decompose_char(
			(utf8proc_int32_t)code, left ? out + count : NULL,
			(utf8proc_ssize_t)left,
			UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &ignored);
	}
	return count;
}

static bool is_ordered(const utf8proc_int32_t *marks, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (class_of(marks[i - 1]) > class_of(marks[i]))
			return false;
	return true;
}

/* Sort marks by class, stably. utf8proc's own ordering is quadratic, and a run
 * of marks may be as long as the message. */
static void sort_marks(utf8proc_int32_t *marks, size_t count,
		       utf8proc_int32_t *scratch)
{
	size_t starts[CLASSES + 1] = { 0 };

	for (size_t i = 0; i < count; i++)
		starts[class_of(marks[i]) + 1]++;
	for (size_t i = 0; i < CLASSES; i++)
		starts[i + 1] += starts[i];
	for (size_t i = 0; i < count; i++)
		scratch[starts[class_of(marks[i])]++] = marks[i];
	memcpy(marks, scratch, count * sizeof *marks);
}

/* The canonical ordering algorithm (Unicode, section 3.11, D109). */
static void order(utf8proc_int32_t *codes, size_t count,
		  utf8proc_int32_t *scratch)
{
	for (size_t begin = 0, end; begin < count; begin = end + 1) {
		for (end = begin; end < count && class_of(codes[end]); end++)
			;
		if (!is_ordered(codes + begin, end - begin))
			sort_marks(codes + begin, end - begin, scratch);
	}
}

enum fault nfc_compose(struct arena *arena, struct slice *text)
{
	size_t count = decompose(*text, NULL, 0);
	/* A code point more: utf8proc writes a NUL behind its result. */
	utf8proc_int32_t *codes = arena_array(arena, count + 1, sizeof *codes);
	utf8proc_int32_t *scratch = arena_array(arena, count, sizeof *scratch);
	if (!codes || !scratch || !arena_work(arena, count * CODE_STEPS)) {
		arena_trim(arena, (char *)text->ptr, text->len + 1);
		return FAULT_NO_SPACE;
	}

	decompose(*text, codes, count);
	order(codes, count, scratch);
	size_t len =
		(size_t)utf8proc_reencode(codes, (utf8proc_ssize_t)count,
					  UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	char *begin = (char *)text->ptr;
	memmove(begin, codes, len + 1);
	arena_trim(arena, begin, len + 1);
	text->len = len;
	return FAULT_NONE;
}
