/* transform/text/line.h - clean one-line text. */
#ifndef TRANSFORM_TEXT_LINE_H
#define TRANSFORM_TEXT_LINE_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/slice.h"

/*
 * raw in NFC (Unicode Annex 15), each run of white space one space, none at
 * the ends, control and zero-width characters that show nothing removed:
 * headlines, bylines, and paragraphs wherever lines were wrapped.
 *
 *	" Oil\r\n slips\t" -> "Oil slips"
 *
 * White space is Unicode's White_Space (NBSP, U+2009 …). Removed are C0 and
 * C1 controls, U+200B, U+2060, U+FEFF and soft hyphens (U+00AD); U+200C and
 * U+200D stay, since scripts need them.
 *
 * raw is valid UTF-8, borrowed for the call. *out lives in the arena, a NUL
 * behind it; it is SLICE_NONE when nothing is left.
 *
 * FAULT_NO_SPACE  the arena is full; *out is not written
 */
MUST_CHECK enum fault line_clean(struct slice raw, struct arena *arena,
				 struct slice *out);

/*
 * Whether line_clean() would leave nothing of raw, which is valid UTF-8.
 *
 *	" \t\r" -> true, "\xc2\xa0" -> true, "a" -> false
 */
bool line_is_blank(struct slice raw);

#endif
