#include "transform/article.h"

#include <assert.h>

void article_init(struct article *article)
{
	*article = (struct article){
		.type = ARTICLE_TYPE_TEXT,
		.pub_status = PUB_STATUS_USABLE,
		.signal = SIGNAL_NONE,
		.date = ARTICLE_NO_DATE,
		.first_created = ARTICLE_NO_TIME,
		.version_created = ARTICLE_NO_TIME,
		.content_created = ARTICLE_NO_TIME,
		.embargoed_until = ARTICLE_NO_TIME,
		.expires = ARTICLE_NO_TIME,
		.lineage.timestamp_ms = ARTICLE_NO_TIME,
	};
}

enum fault article_add_block(struct article *article, struct arena *arena,
			     enum block_role role, struct slice text)
{
	struct block *grown = arena_grow(arena, article->body,
					 article->body_count, sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	article->body = grown;
	grown[article->body_count++] = (struct block){ role, text };
	return FAULT_NONE;
}

enum fault article_add_media(struct article *article, struct arena *arena,
			     struct media media)
{
	struct media *grown = arena_grow(arena, article->media,
					 article->media_count, sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	article->media = grown;
	grown[article->media_count++] = media;
	return FAULT_NONE;
}

enum fault article_add_subject(struct article *article, struct arena *arena,
			       struct subject subject)
{
	struct subject *grown = arena_grow(arena, article->subjects,
					   article->subject_count,
					   sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	article->subjects = grown;
	grown[article->subject_count++] = subject;
	return FAULT_NONE;
}

enum fault article_add_extra(struct article *article, struct arena *arena,
			     struct slice name, struct slice value)
{
	struct extra *grown = arena_grow(arena, article->extra,
					 article->extra_count, sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	article->extra = grown;
	grown[article->extra_count++] = (struct extra){ name, value };
	return FAULT_NONE;
}

enum fault article_warn(struct article *article, struct arena *arena,
			const char *warning)
{
	struct slice word = slice_from(warning);

	for (size_t i = 0; i < article->warning_count; i++)
		if (slice_equal(article->warnings[i], word))
			return FAULT_NONE;
	return strings_add(arena, &article->warnings, &article->warning_count,
			   word);
}

enum fault strings_add(struct arena *arena, struct slice **list, size_t *count,
		       struct slice text)
{
	struct slice *grown = arena_grow(arena, *list, *count, sizeof *grown);

	if (!grown)
		return FAULT_NO_SPACE;
	*list = grown;
	grown[(*count)++] = text;
	return FAULT_NONE;
}
