/* stage/terminal/position.h - an offset, as people count. */
#ifndef STAGE_TERMINAL_POSITION_H
#define STAGE_TERMINAL_POSITION_H

#include "base/slice.h"

struct position {
	size_t line, column; /* both 1..; columns are code points */
};

/* Where the byte at offset stands in text; its end, where offset is past it.
 *
 *	"a\nbc", 3 -> line 2, column 2
 */
struct position position_find(struct slice text, size_t offset);

#endif
