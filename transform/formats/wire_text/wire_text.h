/* transform/formats/wire_text/wire_text.h - the project's own wire text. */
#ifndef TRANSFORM_FORMATS_WIRE_TEXT_WIRE_TEXT_H
#define TRANSFORM_FORMATS_WIRE_TEXT_WIRE_TEXT_H

#include "transform/formats/format.h"

/*
 *	date 2025-03-02 POLITICS WORLD	header
 *	Harbour treaty signed at last	headline
 *	Two towns agree on tolls	deck
 *	The pilot boat. / Reuters	caption and credit
 *	March 2, 2025			human date
 *
 *	The towns of …			body
 *
 * Lines end in LF or CRLF, or in CR where there is no LF. A line is blank if
 * line_clean() leaves nothing of it; elsewhere all is taken as cleaned.
 *
 * Header: the first line that is not blank: "date" in any case, a date, and
 * topics, none or more, parted by spaces or commas. Its date is the article's.
 * Headline: the next line that is not blank, with a slash or without; a human
 * date is none.
 *
 * Caption, in the head or further down: ends in " / " and a credit of one to
 * four words, 40 bytes at most, of which the first and the last begin with no
 * ASCII small letter, digit or mark, and which ends in no mark.
 *
 * Head: of the six lines below the headline,
 *  - all to the first human date (date_parse_human()), unless more than one of
 *    them is text and a blank line comes before the last of that; else
 *  - those up to the first blank line, if one comes; else
 *  - one line of text, and the captions before and after it.
 * What is text in it, joined, is the deck; where it is longer than 300
 * characters and no human date ends it, or where nothing but captions follows,
 * it is a paragraph. A human date that is not the header's is the warning
 * date-conflict.
 *
 * Body: the rest. If blank lines part it, each part is a block, whose lines
 * were wrapped; if none does, each line is a block. A block is a caption, or
 * else a paragraph; or a crosshead: one line, of at most eight words and 64
 * characters, ending in no sentence mark, comma or colon (inside closing
 * quotes either), that stands between two blocks which are neither captions
 * nor such lines, whatever captions come in between.
 *
 * Faults: FAULT_HEADER_MISSING; FAULT_DATE_INVALID, there is no such day;
 * FAULT_HEADLINE_MISSING; FAULT_NO_SPACE.
 */
extern const struct format wire_text_format;

#endif
