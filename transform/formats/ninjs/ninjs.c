#include "transform/formats/ninjs/ninjs.h"

#include <stddef.h>

#include "base/ascii.h"
#include "transform/formats/ninjs/property.h"

#define FIELD(field) offsetof(struct article, field)
#define TEXT(name, field, slot) \
	{ \
		name, ninjs_read_text, field, FIELD(slot), 0 \
	}
#define INSTANT(name, field, slot) \
	{ \
		name, ninjs_read_instant, field, FIELD(slot), 0 \
	}
#define LIST(name, reader, field, slot, count) \
	{ \
		name, ninjs_read_##reader, field, FIELD(slot), FIELD(count) \
	}

/*
 * Every spelling that has a field, beside the headlines, descriptions and
 * bodies of texts.h: 1.x's names in the singular, then those of 2.x, of
 * which 3.x differs in its capitals, then what feeds add of their own.
 */
static const struct ninjs_property properties[] = {
	{ "uri", ninjs_read_uri, "uri", FIELD(uri), 0 },
	{ "type", ninjs_read_type, "type", 0, 0 },
	{ "pubstatus", ninjs_read_status, "pubStatus", 0, 0 },
	{ "urgency", ninjs_read_urgency, "urgency", 0, 0 },
	{ "language", ninjs_read_language, "language", FIELD(language), 0 },
	{ "located", ninjs_read_located, "located", 0, 0 },

	TEXT("version", "version", version),
	TEXT("slugline", "slugline", slugline),
	TEXT("byline", "by", by),
	TEXT("by", "by", by),
	TEXT("ednote", "edNote", ed_note),
	TEXT("usageterms", "usageTerms", usage_terms),
	TEXT("copyrightholder", "copyrightHolder", copyright_holder),
	TEXT("copyrightnotice", "copyrightNotice", copyright_notice),
	TEXT("dateline", "dateline", dateline),
	TEXT("source", "source", source),

	INSTANT("firstcreated", "firstCreated", first_created),
	INSTANT("versioncreated", "versionCreated", version_created),
	INSTANT("contentcreated", "contentCreated", content_created),
	INSTANT("embargoed", "embargoedUntil", embargoed_until),
	INSTANT("embargoeduntil", "embargoedUntil", embargoed_until),
	INSTANT("expires", "expires", expires),

	LIST("person", entities, "people", people, person_count),
	LIST("people", entities, "people", people, person_count),
	LIST("organisation", entities, "organisations", organisations,
	     organisation_count),
	LIST("organisations", entities, "organisations", organisations,
	     organisation_count),
	LIST("place", entities, "places", places, place_count),
	LIST("places", entities, "places", places, place_count),
	LIST("event", entities, "events", events, event_count),
	LIST("events", entities, "events", events, event_count),
	LIST("subject", subjects, "subjects", subjects, subject_count),
	LIST("subjects", subjects, "subjects", subjects, subject_count),
	LIST("infosource", sources, "source", source, source),
	LIST("infosources", sources, "source", source, source),
	LIST("genre", words, "genres", genres, genre_count),
	LIST("genres", words, "genres", genres, genre_count),
	LIST("keyword", words, "keywords", keywords, keyword_count),
	LIST("keywords", words, "keywords", keywords, keyword_count),
	LIST("altids", alt_ids, "altIds", alt_ids, alt_id_count),
	LIST("associations", associations, "associations", associations,
	     association_count),

	{ "evolvedfrom", ninjs_read_link, "evolvedFrom", 0, 0 },
	{ "renditions", ninjs_read_renditions, "media", 0, 0 },
};

enum { PROPERTIES = sizeof properties / sizeof *properties };

static const struct ninjs_property *find_property(const char *key)
{
	const struct slice name = slice_from(key);

	for (size_t i = 0; i < PROPERTIES; i++)
		if (slice_equal_nocase(name, slice_from(properties[i].name)))
			return &properties[i];
	return NULL;
}

/* seen: the rows met so far. "pubStatus" beside "pubstatus" is the second, and
 * a second value of a single field goes to extra. */
static enum fault read_property(struct ninjs_item *item,
				const struct json_path *at, const json_t *value,
				bool *seen)
{
	bool taken;

	if (slice_equal_nocase(slice_from(at->key), SLICE("title")) &&
	    !item->title.value) {
		item->title = (struct ninjs_member){ at->key, value };
		return FAULT_NONE;
	}
	enum fault fault = ninjs_texts_gather(item, at, value, &taken);
	if (fault || taken)
		return fault;
	const struct ninjs_property *property = find_property(at->key);
	if (!property)
		return ninjs_extra(item, at, value);
	size_t row = (size_t)(property - properties);
	if (seen[row] && !property->count)
		return ninjs_extra(item, at, value);
	seen[row] = true;
	return property->read(item, property, at, value);
}

static enum fault read_properties(struct ninjs_item *item, const json_t *root)
{
	bool seen[PROPERTIES] = { false };
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)root, key, value) {
		const struct json_path path = { NULL, key, 0 };
		enum fault fault =
			json_is_null(value)
				? FAULT_NONE
				: read_property(item, &path, value, seen);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

/* ninjs keeps a title apart from what is to be published, but it is better
 * than no headline. */
static enum fault use_title(struct ninjs_item *item)
{
	struct article *article = item->article;
	const struct json_path path = { NULL, item->title.key, 0 };

	if (!item->title.value)
		return FAULT_NONE;
	if (article->headline.ptr)
		return ninjs_extra(item, &path, item->title.value);
	enum fault fault = ninjs_field(item, "headline", &path,
				       item->title.value, &article->headline);
	if (fault || !article->headline.ptr)
		return fault;
	return article_warn(article, item->arena, "headline-from-title");
}

/* What is embargoed until no one knows when must not be published. */
static void withhold_embargoed(struct ninjs_item *item)
{
	struct article *article = item->article;

	if (item->embargo_unread && article->pub_status == PUB_STATUS_USABLE)
		article->pub_status = PUB_STATUS_WITHHELD;
}

static enum fault fill(struct ninjs_item *item, const json_t *root)
{
	struct article *article = item->article;
	enum fault fault = read_properties(item, root);

	withhold_embargoed(item);
	if (!fault)
		fault = ninjs_choose_headline(item, &article->headline,
					      &article->deck);
	if (!fault)
		fault = use_title(item);
	if (!fault)
		fault = ninjs_choose_abstract(item, &article->abstract);
	if (!fault)
		fault = ninjs_choose_body(item);
	if (!fault)
		fault = ninjs_choose_none(item);
	if (!fault)
		fault = ninjs_add_own_media(item);
	if (!fault && !article->uri.ptr)
		fault = FAULT_URI_MISSING;
	return fault;
}

static enum fault read_document(struct parse *parse)
{
	struct ninjs_item item = { .arena = parse->arena };
	json_t *root;
	enum fault fault = json_read(parse->text, &root, &parse->fault_offset);

	if (fault)
		return fault;
	if (!json_is_object(root))
		return FAULT_NINJS_SHAPE;
	item.article = parse_article(parse);
	if (!item.article)
		return FAULT_NO_SPACE;
	return fill(&item, root);
}

static enum fault parse_ninjs(struct parse *parse)
{
	json_enter(parse->arena);
	enum fault fault = read_document(parse);
	json_leave();
	return fault;
}

static bool sniff_ninjs(struct slice text)
{
	while (text.len > 0 && ascii_is_space(*text.ptr))
		text = slice_skip(text, 1);
	return text.len > 0 && *text.ptr == '{';
}

static const char *const content_types[] = {
	"application/ninjs+json",
	"application/vnd.iptc.ninjs+json",
	"application/vnd.iptc.g2.ninjs+json",
	NULL,
};

const struct format ninjs_format = {
	.name = "ninjs",
	.content_types = content_types,
	.sniff = sniff_ninjs,
	.parse = parse_ninjs,
};
