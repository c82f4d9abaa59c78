#include "schemas/embedded.h"

#include "base/embed.h"

EMBED(article_schema, "schemas/article.avsc");
EMBED(topics, "schemas/topics.json");

struct slice embedded_article_schema(void)
{
	return slice_between(article_schema_begin, article_schema_end);
}

struct slice embedded_topics(void)
{
	return slice_between(topics_begin, topics_end);
}
