#include "transform/formats/ninjs/property.h"
#include "transform/text/line.h"

static enum fault add_link(struct ninjs_item *item, const struct json_path *at,
			   struct link link)
{
	struct article *article = item->article;
	struct link *grown = arena_grow(item->arena, article->associations,
					article->association_count,
					sizeof *grown);

	if (!grown)
		return FAULT_NO_SPACE;
	article->associations = grown;
	grown[article->association_count] = link;
	return ninjs_trace(item, "associations", article->association_count++,
			   at, "as stated");
}

enum fault ninjs_read_link(struct ninjs_item *item,
			   const struct ninjs_property *property,
			   const struct json_path *at, const json_t *value)
{
	struct link link = { .rel = slice_from(property->field) };

	if (!json_is_string(value))
		return ninjs_misfit(item, at, value);
	enum fault fault = ninjs_line(item, at, value, &link.uri);
	return fault || !link.uri.ptr ? fault : add_link(item, at, link);
}

/* The properties of an association that are read; its texts are gathered. */
enum { URI, TYPE, REL, BY, MEMBERS };

static const struct ninjs_name association_names[] = {
	{ "uri", URI },	  { "type", TYPE }, { "rel", REL },
	{ "byline", BY }, { "by", BY },	    { NULL, 0 },
};

static unsigned association_member(const char *key)
{
	for (const struct ninjs_name *row = association_names; row->name; row++)
		if (slice_equal_nocase(slice_from(key), slice_from(row->name)))
			return row->member;
	return MEMBERS;
}

static enum fault sort_property(struct ninjs_item *item,
				const struct json_path *at, const json_t *value,
				struct ninjs_member *members)
{
	unsigned member = association_member(at->key);
	bool taken;

	if (member < MEMBERS && !members[member].value) {
		members[member] = (struct ninjs_member){ at->key, value };
		return FAULT_NONE;
	}
	if (slice_equal_nocase(slice_from(at->key), SLICE("renditions")))
		return ninjs_read_renditions(item, NULL, at, value);
	enum fault fault = ninjs_texts_gather(item, at, value, &taken);
	return fault || taken ? fault : ninjs_extra(item, at, value);
}

static enum fault sort_properties(struct ninjs_item *item, const json_t *object,
				  struct ninjs_member *members)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		const struct json_path path = { item->path, key, 0 };
		enum fault fault =
			json_is_null(value)
				? FAULT_NONE
				: sort_property(item, &path, value, members);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

/* Its own type, else its best rendition's; the address of that. */
static enum fault read_type(struct ninjs_item *item,
			    const struct ninjs_member *type,
			    struct media *media)
{
	if (json_is_string(type->value)) {
		struct slice word =
			ninjs_last_word(item, json_slice(type->value));
		if (!word.ptr)
			return FAULT_NO_SPACE;
		media->type = article_type_from(word);
	}
	enum fault fault = ninjs_take_rendition(item, media);
	if (fault)
		return fault;
	/* A link does not say what it leads to, nor does a type guessed. */
	if (ninjs_is_medium(media->type) && json_is_string(type->value))
		return FAULT_NONE;
	return ninjs_extra_member(item, item->path, *type);
}

static enum fault finish_media(struct ninjs_item *item,
			       const struct ninjs_member *members,
			       struct media media)
{
	const struct json_path *at = item->path;
	enum fault fault = ninjs_choose_headline(item, &media.headline, NULL);

	if (!fault)
		fault = ninjs_choose_abstract(item, &media.caption);
	if (!fault)
		fault = ninjs_member_line(item, at, members[BY], &media.credit);
	if (!fault && media.uri.ptr)
		fault = ninjs_extra_member(item, at, members[URI]);
	else if (!fault)
		fault = ninjs_member_line(item, at, members[URI], &media.uri);
	if (!fault)
		fault = ninjs_extra_member(item, at, members[REL]);
	return fault ? fault : ninjs_add_media(item, at, media);
}

/* rel: what 1.x names the association, if it does. */
static enum fault finish_link(struct ninjs_item *item,
			      const struct ninjs_member *members,
			      struct slice rel)
{
	const struct json_path *at = item->path;
	struct link link;
	enum fault fault = ninjs_extra_member(item, at, members[BY]);

	if (!fault)
		fault = ninjs_member_line(item, at, members[URI], &link.uri);
	if (fault)
		return fault;
	if (!link.uri.ptr)
		return ninjs_extra_member(item, at, members[REL]);
	fault = ninjs_member_line(item, at, members[REL], &link.rel);
	if (!fault && !link.rel.ptr)
		fault = line_clean(rel, item->arena, &link.rel);
	return fault ? fault : add_link(item, at, link);
}

static enum fault read_association(struct ninjs_item *document,
				   const void *context,
				   const struct json_path *at,
				   const json_t *value)
{
	struct ninjs_member members[MEMBERS] = { 0 };
	struct media media = { .type = ARTICLE_TYPE_UNKNOWN };
	struct ninjs_item item = {
		.arena = document->arena,
		.article = document->article,
		.path = at,
	};
	const struct slice rel = at->key && context ? slice_from(at->key)
						    : SLICE_NONE;

	if (!json_is_object(value))
		return ninjs_misfit(document, at, value);
	enum fault fault = sort_properties(&item, value, members);
	if (!fault)
		fault = read_type(&item, &members[TYPE], &media);
	if (!fault && ninjs_is_medium(media.type))
		fault = finish_media(&item, members, media);
	else if (!fault)
		fault = finish_link(&item, members, rel);
	return fault ? fault : ninjs_choose_none(&item);
}

enum fault ninjs_read_associations(struct ninjs_item *item,
				   const struct ninjs_property *property,
				   const struct json_path *at,
				   const json_t *value)
{
	const char *key;
	json_t *one;

	if (!json_is_object(value))
		return ninjs_each(item, at, value, read_association, NULL);

	json_object_foreach((json_t *)value, key, one) {
		const struct json_path path = { at, key, 0 };
		enum fault fault =
			json_is_null(one)
				? FAULT_NONE
				: read_association(item, property, &path, one);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}
