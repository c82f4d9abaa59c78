#include "stage/terminal/position.h"

struct position position_find(struct slice text, size_t offset)
{
	struct position at = { 1, 1 };

	for (size_t i = 0; i < offset && i < text.len; i++) {
		if (text.ptr[i] == '\n')
			at = (struct position){ at.line + 1, 1 };
		else if (((unsigned char)text.ptr[i] & 0xc0) != 0x80)
			at.column++;
	}
	return at;
}
