#include "transform/formats/ninjs/property.h"
#include "transform/text/line.h"

static enum fault add_line(struct ninjs_item *item,
			   const struct ninjs_property *property,
			   const struct json_path *at, struct slice text)
{
	struct slice **list = ninjs_slot(item, property->offset);
	size_t *count = ninjs_slot(item, property->count);
	enum fault fault = FAULT_NONE;

	if (text.ptr)
		fault = strings_add(item->arena, list, count, text);
	if (fault || !text.ptr)
		return fault;
	return ninjs_trace(item, property->field, *count - 1, at, "as stated");
}

/* Words in one string, parted by commas. */
static enum fault add_parted(struct ninjs_item *item,
			     const struct ninjs_property *property,
			     const struct json_path *at, struct slice words)
{
	struct slice raw, word;

	while (slice_split(&words, ',', &raw)) {
		enum fault fault = line_clean(raw, item->arena, &word);
		if (!fault)
			fault = add_line(item, property, at, word);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

/* A concept where only its name has a field, or what identifies it. */
static enum fault add_named(struct ninjs_item *item,
			    const struct ninjs_property *property,
			    const struct json_path *at, const json_t *value)
{
	static const char *const order[] = { "name", "literal", "code", "uri" };
	const size_t count = sizeof order / sizeof *order;
	struct ninjs_member members[1] = { 0 };
	struct slice text;
	size_t i = 0;

	while (i < count && !json_is_string(ninjs_get(value, order[i])))
		i++;
	if (i == count)
		return ninjs_extra(item, at, value);
	const struct ninjs_name names[] = { { order[i], 0 }, { NULL, 0 } };
	enum fault fault = ninjs_pick(item, at, value, names, members);
	if (!fault)
		fault = ninjs_member_line(item, at, members[0], &text);
	return fault ? fault : add_line(item, property, at, text);
}

static enum fault add_word(struct ninjs_item *item, const void *context,
			   const struct json_path *at, const json_t *value)
{
	const struct ninjs_property *property = context;
	struct slice text;

	if (json_is_object(value))
		return add_named(item, property, at, value);
	enum fault fault = ninjs_line(item, at, value, &text);
	return fault ? fault : add_line(item, property, at, text);
}

enum fault ninjs_read_words(struct ninjs_item *item,
			    const struct ninjs_property *property,
			    const struct json_path *at, const json_t *value)
{
	if (json_is_string(value))
		return add_parted(item, property, at, json_slice(value));
	return ninjs_each(item, at, value, add_word, property);
}

enum { SYMBOL, TICKER, EXCHANGE, SYMBOL_MEMBERS };

/* "NYSE:CUK" of an exchange and a symbol, which may have it in front. */
static enum fault join_symbol(struct ninjs_item *item, struct slice exchange,
			      struct slice *symbol)
{
	if (!exchange.len)
		return FAULT_NONE;
	if (slice_starts(*symbol, exchange) && symbol->len > exchange.len &&
	    symbol->ptr[exchange.len] == ':')
		return FAULT_NONE;
	struct slice raw =
		arena_printf(item->arena, "%s:%s", exchange.ptr, symbol->ptr);
	return raw.ptr ? line_clean(raw, item->arena, symbol) : FAULT_NO_SPACE;
}

/* Its symbol, else its ticker; the exchange, if there is either. */
static enum fault read_symbol(struct ninjs_item *item,
			      const struct json_path *at, const json_t *value,
			      struct slice *out)
{
	static const struct ninjs_name names[] = {
		{ "symbol", SYMBOL },
		{ "ticker", TICKER },
		{ "exchange", EXCHANGE },
		{ NULL, 0 },
	};
	struct ninjs_member members[SYMBOL_MEMBERS] = { 0 };
	struct slice exchange;

	*out = SLICE_NONE;
	enum fault fault = ninjs_pick(item, at, value, names, members);
	if (!fault)
		fault = ninjs_member_line(item, at, members[SYMBOL], out);
	if (!fault && out->ptr)
		fault = ninjs_extra_member(item, at, members[TICKER]);
	else if (!fault)
		fault = ninjs_member_line(item, at, members[TICKER], out);
	if (fault || !out->ptr)
		return fault ? fault
			     : ninjs_extra_member(item, at, members[EXCHANGE]);
	fault = ninjs_member_line(item, at, members[EXCHANGE], &exchange);
	return fault ? fault : join_symbol(item, exchange, out);
}

static enum fault add_symbol(struct ninjs_item *item, const void *context,
			     const struct json_path *at, const json_t *value)
{
	struct entity *entity = *(struct entity *const *)context;
	struct slice symbol;
	enum fault fault = json_is_object(value)
				   ? read_symbol(item, at, value, &symbol)
				   : ninjs_line(item, at, value, &symbol);

	if (fault || !symbol.ptr)
		return fault;
	return strings_add(item->arena, &entity->symbols, &entity->symbol_count,
			   symbol);
}

enum fault ninjs_read_symbols(struct ninjs_item *item,
			      const struct json_path *at,
			      struct ninjs_member member, struct entity *entity)
{
	const struct json_path path = { at, member.key, 0 };

	if (!member.value || json_is_null(member.value))
		return FAULT_NONE;
	return ninjs_each(item, &path, member.value, add_symbol, &entity);
}

enum { ROLE, VALUE, ALT_MEMBERS };

static enum fault add_alt_id(struct ninjs_item *item,
			     const struct ninjs_property *property,
			     const struct json_path *at, struct alt_id id)
{
	struct article *article = item->article;
	struct alt_id *grown = arena_grow(item->arena, article->alt_ids,
					  article->alt_id_count, sizeof *grown);

	if (!grown)
		return FAULT_NO_SPACE;
	article->alt_ids = grown;
	grown[article->alt_id_count] = id;
	return ninjs_trace(item, property->field, article->alt_id_count++, at,
			   "as stated");
}

static enum fault read_alt_id(struct ninjs_item *item, const void *context,
			      const struct json_path *at, const json_t *value)
{
	static const struct ninjs_name names[] = {
		{ "role", ROLE },
		{ "value", VALUE },
		{ NULL, 0 },
	};
	struct ninjs_member members[ALT_MEMBERS] = { 0 };
	struct alt_id id = { 0 };
	enum fault fault;

	if (!json_is_object(value)) {
		fault = ninjs_line(item, at, value, &id.value);
	} else {
		fault = ninjs_pick(item, at, value, names, members);
		if (!fault)
			fault = ninjs_member_line(item, at, members[ROLE],
						  &id.role);
		if (!fault)
			fault = ninjs_member_line(item, at, members[VALUE],
						  &id.value);
	}
	if (fault || !(id.role.ptr || id.value.ptr))
		return fault;
	return add_alt_id(item, context, at, id);
}

/* 1.x: the key is the role. */
static enum fault read_alt_id_map(struct ninjs_item *item,
				  const struct ninjs_property *property,
				  const struct json_path *at,
				  const json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		const struct json_path path = { at, key, 0 };
		struct alt_id id = { 0 };
		enum fault fault = ninjs_line(item, &path, value, &id.value);

		if (!fault && id.value.ptr)
			fault = line_clean(slice_from(key), item->arena,
					   &id.role);
		if (!fault && id.value.ptr)
			fault = add_alt_id(item, property, &path, id);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

enum fault ninjs_read_alt_ids(struct ninjs_item *item,
			      const struct ninjs_property *property,
			      const struct json_path *at, const json_t *value)
{
	if (json_is_object(value))
		return read_alt_id_map(item, property, at, value);
	return ninjs_each(item, at, value, read_alt_id, property);
}
