/* tests/unit/article_lists.h - an article's lists as lines to compare. */
#ifndef TESTS_UNIT_ARTICLE_LISTS_H
#define TESTS_UNIT_ARTICLE_LISTS_H

#include <check.h>
#include <stdio.h>

#include "transform/article.h"

/* Print a string of the article, if it is there, and check its NUL. */
static inline void put_text(FILE *out, const char *name, struct slice text)
{
	if (!text.ptr)
		return;
	ck_assert(text.ptr[text.len] == '\0');
	fprintf(out, "%s=%s\n", name, text.ptr);
}

static inline void put_texts(FILE *out, const char *name,
			     const struct slice *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_text(out, name, texts[i]);
}

static inline void put_entities(FILE *out, const char *name,
				const struct entity *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "%s:\n", name);
		put_text(out, "name", items[i].name);
		put_text(out, "uri", items[i].uri);
		put_text(out, "rel", items[i].rel);
		put_texts(out, "symbol", items[i].symbols,
			  items[i].symbol_count);
	}
}

static inline void put_lists(FILE *out, const struct article *a)
{
	for (size_t i = 0; i < a->body_count; i++)
		put_text(out, block_role_word(a->body[i].role),
			 a->body[i].text);
	for (size_t i = 0; i < a->media_count; i++) {
		fprintf(out, "media:%s\n", article_type_word(a->media[i].type));
		put_text(out, "uri", a->media[i].uri);
		put_text(out, "headline", a->media[i].headline);
		put_text(out, "caption", a->media[i].caption);
		put_text(out, "credit", a->media[i].credit);
	}
	for (size_t i = 0; i < a->subject_count; i++) {
		fprintf(out, "subject:%d\n", a->subjects[i].confidence);
		put_text(out, "name", a->subjects[i].name);
		put_text(out, "uri", a->subjects[i].uri);
		put_text(out, "rel", a->subjects[i].rel);
		put_texts(out, "evidence", a->subjects[i].evidence,
			  a->subjects[i].evidence_count);
	}
	put_entities(out, "person", a->people, a->person_count);
	put_entities(out, "organisation", a->organisations,
		     a->organisation_count);
	put_entities(out, "place", a->places, a->place_count);
	put_entities(out, "event", a->events, a->event_count);
	put_texts(out, "genre", a->genres, a->genre_count);
	put_texts(out, "keyword", a->keywords, a->keyword_count);
	for (size_t i = 0; i < a->alt_id_count; i++) {
		put_text(out, "altId", a->alt_ids[i].role);
		put_text(out, "value", a->alt_ids[i].value);
	}
	for (size_t i = 0; i < a->association_count; i++) {
		put_text(out, "link", a->associations[i].rel);
		put_text(out, "uri", a->associations[i].uri);
	}
	put_texts(out, "warning", a->warnings, a->warning_count);
	for (size_t i = 0; i < a->extra_count; i++)
		put_text(out, a->extra[i].name.ptr, a->extra[i].value);
}

#endif
