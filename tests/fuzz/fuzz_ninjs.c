#include <assert.h>
#include <stdint.h>

#include "base/utf8.h"
#include "transform/formats/ninjs/ninjs.h"
#include "transform/transform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char memory[1 << 20];

static enum fault parse(struct slice text, size_t room, bool trace)
{
	struct arena arena;
	struct parse parse = { .text = text, .arena = &arena, .trace = trace };

	arena_init(&arena, memory, room);
	enum fault fault = ninjs_format.parse(&parse);
	if (fault)
		return fault;
	const struct article *article = parse.parts[0].article;
	assert(article->uri.len);
	for (size_t i = 0; i < article->extra_count; i++)
		assert(!article->extra[i]
				.value.ptr[article->extra[i].value.len]);
	return fault;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = { (const char *)data, size };

	text.len = utf8_valid_prefix(text);
	enum fault fault = parse(text, sizeof memory, true);
	/* Less memory may only ever mean FAULT_NO_SPACE. */
	enum fault less =
		parse(text, size ? data[size - 1] * size / 16 : 0, false);
	assert(less == fault || less == FAULT_NO_SPACE ||
	       fault == FAULT_NO_SPACE);
	return 0;
}
