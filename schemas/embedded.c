#include "schemas/embedded.h"

/* The assembler reads the files: no generated source, no size limit. The
 * build makes this object depend on them. */
#define EMBED(name, file) \
	__asm__(".section .rodata\n" \
		".global " #name "_begin\n" #name "_begin: .incbin \"" file \
		"\"\n" \
		".global " #name "_end\n" #name "_end: .byte 0\n" \
		".previous\n"); \
	extern const char name##_begin[], name##_end[]

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
