/* stage/terminal/terminal.h - text from outside, safe to show. */
#ifndef STAGE_TERMINAL_TERMINAL_H
#define STAGE_TERMINAL_TERMINAL_H

#include <stdio.h>

#include "base/slice.h"

/* Write text with each control character, which a terminal might obey, as a
 * space, and each byte that is not UTF-8 as U+FFFD. */
void terminal_print(struct slice text, FILE *out);

#endif
