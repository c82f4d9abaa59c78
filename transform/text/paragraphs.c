#include "transform/text/paragraphs.h"

#include "transform/text/line.h"

static bool is_blank(struct slice line)
{
	return slice_trim(line).len == 0;
}

static bool has_blank_line(struct slice text)
{
	struct slice line;

	while (slice_split(&text, '\n', &line))
		if (is_blank(line))
			return true;
	return false;
}

static enum fault add_one(struct slice raw, struct arena *arena,
			  struct article *article)
{
	struct slice text;
	enum fault fault = line_clean(raw, arena, &text);

	if (fault || !text.ptr)
		return fault;
	return article_add_block(article, arena, BLOCK_ROLE_PARAGRAPH, text);
}

enum fault paragraphs_add(struct slice text, struct arena *arena,
			  struct article *article)
{
	struct slice rest = slice_trim(text), line;
	const bool each_line = !has_blank_line(rest);
	const char *begin = rest.ptr, *end = rest.ptr;

	while (slice_split(&rest, '\n', &line)) {
		if (!is_blank(line))
			end = line.ptr + line.len;
		if (!each_line && !is_blank(line))
			continue;
		enum fault fault =
			add_one(slice_between(begin, end), arena, article);
		if (fault)
			return fault;
		begin = end = line.ptr + line.len;
	}
	return add_one(slice_between(begin, end), arena, article);
}
