/* stage/terminal/wrap.h - text from outside, in lines that fit a screen. */
#ifndef STAGE_TERMINAL_WRAP_H
#define STAGE_TERMINAL_WRAP_H

#include <stdio.h>

#include "base/slice.h"

enum { WRAP_COLUMNS = 78 };

/*
 * Write text in lines of at most WRAP_COLUMNS, broken between words, all from
 * column on, and a newline. The caller has filled the first line up to column.
 * A newline in text begins a line; a word that is too long has one to itself.
 * A code point counts as a column. Controls and what is not UTF-8 are written
 * as by terminal_print().
 *
 *	fputs("date  ", out);
 *	wrap_print(SLICE("2025-09-09"), 6, out) -> "date  2025-09-09\n"
 */
void wrap_print(struct slice text, unsigned column, FILE *out);

#endif
