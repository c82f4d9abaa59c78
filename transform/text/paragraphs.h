/* transform/text/paragraphs.h - plain text to paragraphs. */
#ifndef TRANSFORM_TEXT_PARAGRAPHS_H
#define TRANSFORM_TEXT_PARAGRAPHS_H

#include "transform/article.h"

/*
 * Add the paragraphs of a plain text to the article's body: what blank lines
 * part, their own line breaks made spaces. A text without a blank line has a
 * paragraph in each line, since whoever wraps lines parts paragraphs.
 *
 *	"Rain fell\nall day.\n\nIt stopped." -> "Rain fell all day.",
 *						"It stopped."
 *
 * text is valid UTF-8, borrowed for the call.
 *
 * FAULT_NO_SPACE  the arena is full; some paragraphs may be there
 */
MUST_CHECK enum fault paragraphs_add(struct slice text, struct arena *arena,
				     struct article *article);

#endif
