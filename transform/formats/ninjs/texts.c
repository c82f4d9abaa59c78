#include "transform/formats/ninjs/texts.h"

#include "transform/formats/ninjs/item.h"

bool ninjs_word_among(struct slice word, const char *const *list)
{
	for (; *list; list++)
		if (slice_equal_nocase(word, slice_from(*list)))
			return true;
	return false;
}

static bool holds(struct slice text, struct slice part)
{
	for (; text.len >= part.len; text = slice_skip(text, 1))
		if (slice_equal_nocase(slice_head(text, part.len), part))
			return true;
	return false;
}

bool ninjs_type_is_markup(struct slice type)
{
	return holds(type, SLICE("html")) || holds(type, SLICE("xml"));
}

static bool is_markup(struct slice role, struct slice type)
{
	static const char *const roles[] = { "richtext", "xhtml", "html",
					     "html5",	 "nitf",  NULL };

	if (type.len)
		return ninjs_type_is_markup(type);
	return ninjs_word_among(role, roles);
}

static struct json_path *keep_path(struct arena *arena,
				   const struct json_path *path)
{
	struct json_path *kept = arena_array(arena, 1, sizeof *kept);

	if (kept)
		*kept = *path;
	return kept;
}

static enum fault add_text(struct ninjs_item *item, struct ninjs_texts *texts,
			   const struct json_path *at, struct ninjs_text text)
{
	struct ninjs_text *grown = arena_grow(item->arena, texts->items,
					      texts->count, sizeof *grown);

	text.at = keep_path(item->arena, at);
	if (!grown || !text.at)
		return FAULT_NO_SPACE;
	text.markup = is_markup(text.role, text.type);
	texts->items = grown;
	grown[texts->count++] = text;
	return FAULT_NONE;
}

/* What reads the values of one property. */
struct gathering {
	struct ninjs_texts *texts;
	struct slice role; /* by the property's name */
	bool bare;
};

static enum fault gather_one(struct ninjs_item *item, const void *context,
			     const struct json_path *at, const json_t *value)
{
	const struct gathering *gathering = context;
	struct ninjs_text text = {
		.role = gathering->role,
		.value = value,
		.whole = value,
		.bare = gathering->bare,
	};

	if (json_is_object(value)) {
		struct slice role = json_slice(ninjs_get(value, "role"));

		text.value = ninjs_get(value, "value");
		text.type = json_slice(ninjs_get(value, "contenttype"));
		if (role.len)
			text.role = role;
	}
	if (!json_is_string(text.value))
		return ninjs_misfit(item, at, value);
	if (slice_trim(json_slice(text.value)).len == 0)
		return FAULT_NONE;
	return add_text(item, gathering->texts, at, text);
}

enum fault ninjs_texts_gather(struct ninjs_item *item,
			      const struct json_path *at, const json_t *value,
			      bool *taken)
{
	const struct {
		struct slice singular, plural;
		struct ninjs_texts *texts;
	} kinds[] = {
		{ SLICE("headline"), SLICE("headlines"), &item->headlines },
		{ SLICE("description"), SLICE("descriptions"),
		  &item->descriptions },
		{ SLICE("body"), SLICE("bodies"), &item->bodies },
	};
	const struct slice key = slice_from(at->key);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct slice name = kinds[i].singular;
		struct gathering gathering = { kinds[i].texts, SLICE_NONE,
					       false };

		gathering.bare = slice_equal_nocase(key, name);
		if (key.len > name.len && key.ptr[name.len] == '_' &&
		    slice_equal_nocase(slice_head(key, name.len), name))
			gathering.role = slice_skip(key, name.len + 1);
		if (!gathering.bare && !gathering.role.ptr &&
		    !slice_equal_nocase(key, kinds[i].plural))
			continue;
		*taken = true;
		struct json_path *kept = keep_path(item->arena, at);
		return kept ? ninjs_each(item, kept, value, gather_one,
					 &gathering)
			    : FAULT_NO_SPACE;
	}
	*taken = false;
	return FAULT_NONE;
}
