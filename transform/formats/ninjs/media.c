#include <math.h>

#include "transform/formats/ninjs/property.h"
#include "transform/text/line.h"

bool ninjs_is_medium(enum article_type type)
{
	return type == ARTICLE_TYPE_PICTURE || type == ARTICLE_TYPE_VIDEO ||
	       type == ARTICLE_TYPE_AUDIO || type == ARTICLE_TYPE_GRAPHIC;
}

/* What a rendition's media type says; UNKNOWN if it is none of these. */
static enum article_type type_of_rendition(const json_t *rendition)
{
	static const struct {
		const char *prefix;
		enum article_type type;
	} types[] = {
		{ "image/", ARTICLE_TYPE_PICTURE },
		{ "video/", ARTICLE_TYPE_VIDEO },
		{ "audio/", ARTICLE_TYPE_AUDIO },
	};
	struct slice type = json_slice(ninjs_get(rendition, "contenttype"));

	if (!type.ptr)
		type = json_slice(ninjs_get(rendition, "mimetype"));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (type.ptr && slice_starts(type, slice_from(types[i].prefix)))
			return types[i].type;
	return ARTICLE_TYPE_UNKNOWN;
}

/* What is best to show: the one called main, else the largest. */
static double rank_rendition(const char *key, const json_t *rendition)
{
	struct slice name = json_slice(ninjs_get(rendition, "name"));
	double width = json_number_value(ninjs_get(rendition, "width"));
	double height = json_number_value(ninjs_get(rendition, "height"));

	if (key)
		name = slice_from(key);
	if (name.ptr && slice_equal_nocase(name, SLICE("main")))
		return HUGE_VAL;
	return width * height;
}

struct best_rendition {
	const json_t *rendition;
	double rank;
};

static void consider(struct best_rendition *best, const char *key,
		     const json_t *rendition)
{
	if (!json_is_string(ninjs_get(rendition, "href")))
		return;
	double rank = rank_rendition(key, rendition);
	if (best->rendition && rank <= best->rank)
		return;
	*best = (struct best_rendition){ rendition, rank };
}

/* The best of an array (2.x, 3.x) or an object (1.x); NULL: none has an
 * address. */
static const json_t *find_rendition(const json_t *renditions)
{
	struct best_rendition best = { NULL, 0 };
	const char *key;
	json_t *value;

	for (size_t i = 0; i < json_array_size(renditions); i++)
		consider(&best, NULL, json_array_get(renditions, i));
	json_object_foreach((json_t *)renditions, key, value) {
		consider(&best, key, value);
	}
	return best.rendition;
}

enum fault ninjs_take_rendition(struct ninjs_item *item, struct media *media)
{
	const struct ninjs_member renditions = item->renditions;
	const json_t *best = find_rendition(renditions.value);

	media->uri = SLICE_NONE;
	if (best && media->type == ARTICLE_TYPE_UNKNOWN)
		media->type = type_of_rendition(best);
	if (best && ninjs_is_medium(media->type)) {
		struct slice href = json_slice(ninjs_get(best, "href"));
		enum fault fault = line_clean(href, item->arena, &media->uri);
		if (fault)
			return fault;
	}
	return ninjs_extra_member(item, item->path, renditions);
}

enum fault ninjs_read_renditions(struct ninjs_item *item,
				 const struct ninjs_property *property,
				 const struct json_path *at,
				 const json_t *value)
{
	(void)property;
	if (item->renditions.value)
		return ninjs_extra(item, at, value);
	item->renditions = (struct ninjs_member){ at->key, value };
	return FAULT_NONE;
}

enum fault ninjs_add_media(struct ninjs_item *item, const struct json_path *at,
			   struct media media)
{
	enum fault fault = ninjs_trace(item, "media",
				       item->article->media_count, at,
				       "a picture, video, audio or graphic");

	return fault ? fault
		     : article_add_media(item->article, item->arena, media);
}

enum fault ninjs_add_own_media(struct ninjs_item *item)
{
	const struct article *article = item->article;
	const struct json_path path = { NULL, item->renditions.key, 0 };
	struct media media = {
		.type = article->type,
		.headline = article->headline,
		.caption = article->abstract,
		.credit = article->by.ptr ? article->by : article->source,
	};

	if (!item->renditions.value)
		return FAULT_NONE;
	enum fault fault = ninjs_take_rendition(item, &media);
	if (fault || !media.uri.ptr)
		return fault;
	return ninjs_add_media(item, &path, media);
}
