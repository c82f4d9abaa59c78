#include "transform/text/line.h"
#include "transform/topics/vocabulary_table.h"

enum { TEXT_MAX_BYTES = 256 };

bool vocabulary_text_fits(struct slice text)
{
	char memory[TEXT_MAX_BYTES * 8];
	struct arena arena;
	struct slice clean;

	if (text.len > TEXT_MAX_BYTES)
		return false;
	arena_init(&arena, memory, sizeof memory);
	return !line_clean(text, &arena, &clean) && clean.ptr &&
	       slice_equal(text, clean);
}

const char *vocabulary_find_unknown(const json_t *json,
				    const char *const *known)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)json, name, value) {
		size_t i = 0;
		while (known[i] && strcmp(known[i], name) != 0)
			i++;
		if (!known[i])
			return name;
	}
	return NULL;
}
