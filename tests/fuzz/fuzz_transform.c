#include <assert.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "schemas/embedded.h"
#include "transform/transform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct transform_context context = { .input_max_bytes = 1 << 16 };

static struct transform *new_transform(void)
{
	struct vocabulary *vocabulary;
	struct fault_note note;

	if (vocabulary_parse(embedded_topics(), &vocabulary, &note))
		abort();
	context.vocabulary = vocabulary;
	return transform_new(&context);
}

static void check(struct slice text)
{
	assert(!text.ptr || !text.ptr[text.len]);
	assert(utf8_valid_prefix(text) == text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct transform *transform;
	static char memory[1 << 21];
	struct arena arena;
	struct record record = {
		.topic = SLICE("raw"),
		.key = { (const char *)data, size < 9 ? size : 9 },
		.value = { (const char *)data, size },
	};

	if (!transform)
		transform = new_transform();
	/* Of some inputs, all the work that they want, or a part. */
	context.work_max = size % 5 || !size ? 0
					     : (int64_t)size * data[0] / 16 + 1;
	arena_init(&arena, memory, size % 8 ? sizeof memory : size * 16);
	struct parts parts = transform_record(transform, &record, &arena);
	for (size_t i = 0; i < parts.count; i++) {
		const struct article *article = parts.items[i].article;
		assert(!parts.items[i].fault == !!article);
		assert(parts.items[i].fault != FAULT_TOO_SLOW ||
		       context.work_max);
		if (!article)
			continue;
		assert(article->uri.len > 0 && article->topic_count <= 64);
		check(article->uri);
		check(article->headline);
		for (size_t k = 0; k < article->body_count; k++)
			check(article->body[k].text);
	}
	return 0;
}
