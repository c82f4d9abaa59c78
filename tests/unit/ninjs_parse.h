/* tests/unit/ninjs_parse.h - running the ninjs parser by itself. */
#ifndef TESTS_UNIT_NINJS_PARSE_H
#define TESTS_UNIT_NINJS_PARSE_H

#include "tests/unit/suite.h"

#include "tests/unit/article_text.h"
#include "transform/formats/ninjs/ninjs.h"
#include "transform/transform.h"

static char memory[1 << 21];
static struct arena arena;
static const struct article *parsed;

/* Parse text in an arena of room bytes; the article is then in parsed. */
static inline enum fault parse_text(struct slice text, size_t room, bool trace)
{
	struct parse parse = { .text = text, .arena = &arena, .trace = trace };

	parsed = NULL;
	arena_init(&arena, memory, room);
	enum fault fault = ninjs_format.parse(&parse);
	if (!fault)
		parsed = parse.parts[0].article;
	return fault;
}

/* The article as lines, with a line break in front of the first. */
static inline const char *print_article(void)
{
	static char printed[1 << 17];
	FILE *out = fmemopen(printed, sizeof printed, "w");

	ck_assert_ptr_nonnull(out);
	fputc('\n', out);
	put_article(out, parsed);
	fclose(out);
	return printed;
}

#endif
