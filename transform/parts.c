#include "transform/formats/format.h"
#include "transform/transform.h"

static enum fault add_part(struct parse *parse, struct part part)
{
	struct part *grown = arena_grow(parse->arena, parse->parts,
					parse->part_count, sizeof *grown);

	if (!grown)
		return FAULT_NO_SPACE;
	part.number = (unsigned)parse->part_count;
	parse->parts = grown;
	grown[parse->part_count++] = part;
	return FAULT_NONE;
}

struct article *parse_article(struct parse *parse)
{
	struct article *article = arena_array(parse->arena, 1, sizeof *article);

	if (!article)
		return NULL;
	article_init(article);
	if (parse->trace) {
		article->trace =
			arena_array(parse->arena, 1, sizeof *article->trace);
		if (!article->trace)
			return NULL;
	}
	if (add_part(parse, (struct part){ .article = article }))
		return NULL;
	return article;
}

enum fault parse_fault(struct parse *parse, enum fault fault, size_t offset)
{
	return add_part(parse, (struct part){ .fault = fault,
					      .fault_offset = offset });
}
