/* tests/unit/article_text.h - an article as lines to compare. */
#ifndef TESTS_UNIT_ARTICLE_TEXT_H
#define TESTS_UNIT_ARTICLE_TEXT_H

#include <stddef.h>
#include <stdio.h>

#include "tests/unit/article_lists.h"
#include "tests/unit/suite.h"
#include "transform/text/date.h"

static inline void put_instant(FILE *out, const char *name, int64_t ms)
{
	char text[INSTANT_TEXT_SIZE];

	if (ms == ARTICLE_NO_TIME)
		return;
	instant_format(ms, text);
	fprintf(out, "%s=%s\n", name, text);
}

static const struct {
	const char *name;
	size_t offset;
} text_fields[] = {
#define TEXT(name, field) \
	{ \
		name, offsetof(struct article, field) \
	}
	TEXT("language", language),
	TEXT("headline", headline),
	TEXT("deck", deck),
	TEXT("slugline", slugline),
	TEXT("by", by),
	TEXT("dateline", dateline),
	TEXT("source", source),
	TEXT("city", located.city),
	TEXT("country", located.country),
	TEXT("abstract", abstract),
	TEXT("edNote", ed_note),
	TEXT("usageTerms", usage_terms),
	TEXT("copyrightHolder", copyright_holder),
	TEXT("copyrightNotice", copyright_notice),
#undef TEXT
};

/* The whole article, all but its lineage, a value a line. */
static inline void put_article(FILE *out, const struct article *a)
{
	put_text(out, "uri", a->uri);
	put_text(out, "version", a->version);
	fprintf(out, "type=%s\npubStatus=%s\nsignal=%s\nurgency=%d\n",
		article_type_word(a->type), pub_status_word(a->pub_status),
		signal_word(a->signal), a->urgency);
	for (int i = 0; i < COUNT(text_fields); i++)
		put_text(out, text_fields[i].name,
			 *(const struct slice *)((const char *)a +
						 text_fields[i].offset));
	if (a->date != ARTICLE_NO_DATE)
		fprintf(out, "date=%d\n", a->date);
	put_instant(out, "firstCreated", a->first_created);
	put_instant(out, "versionCreated", a->version_created);
	put_instant(out, "contentCreated", a->content_created);
	put_instant(out, "embargoedUntil", a->embargoed_until);
	put_instant(out, "expires", a->expires);
	put_lists(out, a);
}

#endif
