#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "transform/text/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Enough for any input: a block and its text for each three bytes. */
enum { ROOM_PER_BYTE = 128, ROOM = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice html = { (const char *)data, size };
	size_t room = size * ROOM_PER_BYTE + ROOM;
	char *memory = malloc(room);
	struct arena arena;
	struct html_blocks blocks;
	struct slice line;

	html.len = utf8_valid_prefix(html);
	arena_init(&arena, memory, room);
	assert(!html_blocks(html, &arena, &blocks));
	for (size_t i = 0; i < blocks.count; i++)
		assert(utf8_valid_prefix(blocks.items[i].text) ==
		       blocks.items[i].text.len);
	/* In an arena that the input chooses, and that may be too small. */
	arena_init(&arena, memory, size ? data[0] * size / 64 : 0);
	if (!html_line(html, &arena, &line))
		assert(!line.ptr || !line.ptr[line.len]);
	free(memory);
	return 0;
}
