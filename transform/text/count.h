/* transform/text/count.h - how long a text is. */
#ifndef TRANSFORM_TEXT_COUNT_H
#define TRANSFORM_TEXT_COUNT_H

#include "base/slice.h"

struct text_count {
	size_t chars; /* code points */
	size_t words; /* runs of bytes other than ASCII white space */
};

/*
 * Count text, valid UTF-8 and borrowed for the call.
 *
 *	"naïve café" -> 10 chars, 2 words
 */
struct text_count text_count(struct slice text);

#endif
