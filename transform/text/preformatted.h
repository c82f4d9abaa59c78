/* transform/text/preformatted.h - text whose spaces and lines have meaning. */
#ifndef TRANSFORM_TEXT_PREFORMATTED_H
#define TRANSFORM_TEXT_PREFORMATTED_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/slice.h"

/*
 * raw with its spaces, tabs and line breaks, the rest cleaned as by
 * line_clean(): tables of results, poems. Line breaks become "\n"; spaces at
 * the ends of lines go, as do blank lines at the ends of the text.
 *
 *	"\r\nLeeds   2\r\n  Hull 10 \r\n" -> "Leeds   2\n  Hull 10"
 *
 * raw is valid UTF-8, borrowed for the call. *out lives in the arena, a NUL
 * behind it; it is SLICE_NONE when nothing is left.
 *
 * FAULT_NO_SPACE  the arena is full; *out is not written
 */
MUST_CHECK enum fault preformatted_clean(struct slice raw, struct arena *arena,
					 struct slice *out);

#endif
