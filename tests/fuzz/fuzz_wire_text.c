#include <assert.h>

#include "base/utf8.h"
#include "transform/formats/wire_text/wire_text.h"
#include "transform/transform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The parsers' own promise: valid UTF-8 without NUL, and room of any size. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char memory[1 << 20];
	struct slice text = { (const char *)data, size };
	struct arena arena;

	if (size < 2 || utf8_valid_prefix(text) < size || memchr(data, 0, size))
		return 0;
	size_t room = data[0] & 1 ? sizeof memory : data[1] * UINT64_C(64);
	arena_init(&arena, memory, room);
	struct parse parse = { .text = text,
			       .arena = &arena,
			       .trace = data[0] & 2 };
	enum fault fault = wire_text_format.parse(&parse);
	assert(parse.fault_offset <= size);
	if (fault)
		return 0;
	const struct article *article = parse.parts[0].article;
	assert(article->headline.len > 0 &&
	       !article->headline.ptr[article->headline.len]);
	for (size_t i = 0; i < article->body_count; i++)
		assert(utf8_valid_prefix(article->body[i].text) ==
		       article->body[i].text.len);
	return 0;
}
