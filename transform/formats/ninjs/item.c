#include "transform/formats/ninjs/item.h"

#include "base/utf8.h"
#include "transform/text/line.h"
#include "transform/text/nfc.h"

static bool is_stable(struct slice text)
{
	while (text.len > 0) {
		uint32_t code = (unsigned char)*text.ptr;
		size_t len = 1;

		if (code >= 0x80)
			len = utf8_decode(text, &code);
		if (!nfc_is_stable(code))
			return false;
		text = slice_skip(text, len);
	}
	return true;
}

/* Put *text into NFC where it stands, or in a copy. */
static enum fault compose(struct arena *arena, struct slice *text)
{
	if (is_stable(*text))
		return FAULT_NONE;
	struct slice copy = arena_copy(arena, *text);
	if (!copy.ptr || nfc_compose(arena, &copy))
		return FAULT_NO_SPACE;
	*text = copy;
	return FAULT_NONE;
}

/* The name under which extra keeps what stands at at. */
static enum fault name_extra(struct ninjs_item *item,
			     const struct json_path *at, struct slice *out)
{
	struct slice name, composed;
	enum fault fault = json_pointer(at, item->arena, &name);

	if (fault)
		return fault;
	composed = name;
	fault = compose(item->arena, &composed);
	/* Two keys may differ in nothing but their composition; "~n" is in no
	 * JSON Pointer. */
	if (!fault && !slice_equal(name, composed)) {
		composed = arena_printf(item->arena, "%s~n%zu", composed.ptr,
					item->article->extra_count);
		fault = composed.ptr ? FAULT_NONE : FAULT_NO_SPACE;
	}
	*out = composed;
	return fault;
}

enum fault ninjs_extra(struct ninjs_item *item, const struct json_path *at,
		       const json_t *value)
{
	struct slice name, text = json_slice(value);
	enum fault fault = name_extra(item, at, &name);

	if (!fault && !text.ptr)
		fault = json_write(value, item->arena, &text);
	if (!fault)
		fault = compose(item->arena, &text);
	if (!fault)
		fault = article_add_extra(item->article, item->arena, name,
					  text);
	return fault;
}

enum fault ninjs_extra_member(struct ninjs_item *item,
			      const struct json_path *at,
			      struct ninjs_member member)
{
	const struct json_path path = { at, member.key, 0 };

	if (!member.value || json_is_null(member.value))
		return FAULT_NONE;
	return ninjs_extra(item, &path, member.value);
}

enum fault ninjs_misfit(struct ninjs_item *item, const struct json_path *at,
			const json_t *value)
{
	enum fault fault =
		article_warn(item->article, item->arena, "property-type");

	return fault ? fault : ninjs_extra(item, at, value);
}

enum fault ninjs_trace(struct ninjs_item *item, const char *field, size_t index,
		       const struct json_path *at, const char *rule)
{
	struct trace_entry entry = {
		.field = field,
		.index = index,
		.rule = rule,
	};

	if (!item->article->trace)
		return FAULT_NONE;
	enum fault fault = json_pointer(at, item->arena, &entry.path);
	return fault ? fault
		     : trace_add(item->article->trace, item->arena, entry);
}

enum fault ninjs_line(struct ninjs_item *item, const struct json_path *at,
		      const json_t *value, struct slice *out)
{
	*out = SLICE_NONE;
	if (!value || json_is_null(value))
		return FAULT_NONE;
	if (json_is_string(value))
		return line_clean(json_slice(value), item->arena, out);
	if (json_is_number(value) || json_is_boolean(value))
		return json_write(value, item->arena, out);
	return ninjs_misfit(item, at, value);
}

enum fault ninjs_member_line(struct ninjs_item *item,
			     const struct json_path *at,
			     struct ninjs_member member, struct slice *out)
{
	const struct json_path path = { at, member.key, 0 };

	return ninjs_line(item, &path, member.value, out);
}

enum fault ninjs_field(struct ninjs_item *item, const char *field,
		       const struct json_path *at, const json_t *value,
		       struct slice *out)
{
	struct slice text;

	if (out->ptr)
		return ninjs_extra(item, at, value);
	enum fault fault = ninjs_line(item, at, value, &text);
	if (fault || !text.ptr)
		return fault;
	*out = text;
	return ninjs_trace(item, field, 0, at, "as stated");
}

static bool is_named(const char *key, const char *name)
{
	return slice_equal_nocase(slice_from(key), slice_from(name));
}

const json_t *ninjs_get(const json_t *object, const char *name)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		if (is_named(key, name))
			return value;
	}
	return NULL;
}

enum fault ninjs_pick(struct ninjs_item *item, const struct json_path *at,
		      const json_t *object, const struct ninjs_name *names,
		      struct ninjs_member *members)
{
	const char *key;
	json_t *value;
	enum fault fault;

	json_object_foreach((json_t *)object, key, value) {
		const struct json_path path = { at, key, 0 };
		const struct ninjs_name *name = names;

		if (json_is_null(value))
			continue;
		while (name->name && !is_named(key, name->name))
			name++;
		if (name->name && !members[name->member].value) {
			members[name->member] =
				(struct ninjs_member){ key, value };
			continue;
		}
		fault = ninjs_extra(item, &path, value);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

enum fault ninjs_each(struct ninjs_item *item, const struct json_path *at,
		      const json_t *value,
		      enum fault (*reader)(struct ninjs_item *, const void *,
					   const struct json_path *,
					   const json_t *),
		      const void *context)
{
	if (!json_is_array(value))
		return reader(item, context, at, value);

	for (size_t i = 0; i < json_array_size(value); i++) {
		const struct json_path path = { at, NULL, i };
		const json_t *one = json_array_get(value, i);
		enum fault fault = json_is_null(one)
					   ? FAULT_NONE
					   : reader(item, context, &path, one);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}
