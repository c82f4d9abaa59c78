/* transform/text/entity.h - HTML's character references. */
#ifndef TRANSFORM_TEXT_ENTITY_H
#define TRANSFORM_TEXT_ENTITY_H

#include <stdint.h>

#include "base/slice.h"

/*
 * The code point of the reference at the start of text; *len gets its bytes.
 *
 *	"&eacute;s" -> U+00E9, 8	"&#x2019;" -> U+2019, 8
 *	"&#146;"    -> U+2019, 6	"AT&T"     -> 0
 *
 * Named are those of HTML 4 and "&apos;", which all of the wires keep to; the
 * semicolon must be there. Numbers are read as HTML's section 13.2.5.80 says:
 * 128..159 are windows-1252's, and what is no code point is U+FFFD. 0: there
 * is no reference; *len is then not written.
 */
uint32_t entity_decode(struct slice text, size_t *len);

#endif
