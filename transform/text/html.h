/* transform/text/html.h - HTML and XHTML to blocks of clean text. */
#ifndef TRANSFORM_TEXT_HTML_H
#define TRANSFORM_TEXT_HTML_H

#include "transform/article.h"

/* Lives in the arena, grown by arena_grow(). */
struct html_blocks {
	struct block *items;
	size_t count;
};

/*
 * The text of an HTML fragment or document.
 *
 *	<h2>Vote</h2><p>It was&nbsp;<b>close</b>.</p>
 *	crosshead "Vote", paragraph "It was close."
 *
 * h1..h6 make a crosshead, what a blockquote holds quotes, li a listItem, pre
 * preformatted text with its line breaks, each row of a table one table block
 * with " | " between its cells, and all else paragraphs, text outside of any
 * element too. br is a space; two in a row end a block, since many wires have
 * no other paragraphs. The content of script, style, title and the like is
 * left out, as are comments, attributes and blocks without text.
 *
 * What a browser repairs is repaired more simply: a tag or comment that never
 * ends is text, as is a reference that entity.h does not know. No tree is
 * made, so time and memory are linear in html whatever it holds.
 *
 * html is valid UTF-8, borrowed for the call. The texts live in the arena.
 *
 * FAULT_NO_SPACE  the arena is full; *out is not written
 */
MUST_CHECK enum fault html_blocks(struct slice html, struct arena *arena,
				  struct html_blocks *out);

/*
 * The same text as one line, the blocks parted by a space: captions. *out is
 * SLICE_NONE when there is no text.
 *
 *	<p>A ship<br/>at sea</p><p>in fog</p> -> "A ship at sea in fog"
 *
 * FAULT_NO_SPACE  the arena is full; *out is not written
 */
MUST_CHECK enum fault html_line(struct slice html, struct arena *arena,
				struct slice *out);

#endif
