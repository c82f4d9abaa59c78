#include "base/ascii.h"
#include "transform/formats/ninjs/item.h"
#include "transform/text/html.h"
#include "transform/text/line.h"
#include "transform/text/paragraphs.h"

static const char *const no_words[] = { NULL };
static const char *const headline_first[] = { "main", NULL };
static const char *const deck_roles[] = { "deck",	 "dek",	    "sub",
					  "subheadline", "subhead", "subtitle",
					  "standfirst",	 NULL };
static const char *const description_first[] = { "abstract", "summary",
						 "caption", NULL };
/* What a role says of the form, or of nothing much. */
static const char *const generic[] = { "main",	   "text",  "plain",
				       "richtext", "xhtml", "html",
				       "html5",	   "nitf",  NULL };

/* How to choose among the texts of one kind. */
struct choice {
	const char *field;
	const char *const *first;   /* the roles that are best */
	const char *const *generic; /* those as good as none */
	bool bare;		    /* a bare property is better yet */
	bool markup;		    /* markup is better than plain text */
};

static const struct choice headline_choice = { "headline", headline_first,
					       no_words, true, false };
static const struct choice deck_choice = { "deck", deck_roles, no_words, false,
					   false };
static const struct choice abstract_choice = { "abstract", description_first,
					       generic, false, false };
static const struct choice body_choice = { "body", no_words, generic, false,
					   true };

static bool says_plain(struct slice type)
{
	const struct slice plain = SLICE("text/plain");

	return type.len >= plain.len &&
	       slice_equal_nocase(slice_head(type, plain.len), plain);
}

/* Whether the field says by itself all that the role says. */
static bool is_said(struct slice role, const struct choice *choice)
{
	return ninjs_word_among(role, choice->first) ||
	       ninjs_word_among(role, choice->generic);
}

static int rank_text(const struct ninjs_text *text, const struct choice *choice)
{
	int rank = 1;

	if (text->bare && choice->bare)
		rank = 4;
	else if (ninjs_word_among(text->role, choice->first))
		rank = 3;
	else if (!text->role.len ||
		 ninjs_word_among(text->role, choice->generic))
		rank = 2;
	return rank * 2 + (text->markup == choice->markup);
}

static struct ninjs_text *best_text(struct ninjs_texts *texts,
				    const struct choice *choice)
{
	struct ninjs_text *best = NULL;

	for (size_t i = 0; i < texts->count; i++) {
		struct ninjs_text *text = &texts->items[i];

		if (!text->left && (!best || rank_text(text, choice) >
						     rank_text(best, choice)))
			best = text;
	}
	return best;
}

static enum fault text_line(struct ninjs_item *item,
			    const struct ninjs_text *text, struct slice *out)
{
	struct slice raw = json_slice(text->value);

	return text->markup ? html_line(raw, item->arena, out)
			    : line_clean(raw, item->arena, out);
}

/* The taken text's other properties: to extra goes what the field does not
 * say by itself. */
static enum fault leave_members(struct ninjs_item *item,
				const struct ninjs_text *text,
				const struct choice *choice)
{
	enum { VALUE, ROLE, TYPE, MEMBERS };
	static const struct ninjs_name names[] = {
		{ "value", VALUE },
		{ "role", ROLE },
		{ "contenttype", TYPE },
		{ NULL, 0 },
	};
	struct ninjs_member members[MEMBERS] = { 0 };

	if (text->whole == text->value)
		return FAULT_NONE;
	enum fault fault =
		ninjs_pick(item, text->at, text->whole, names, members);
	if (!fault && !is_said(json_slice(members[ROLE].value), choice))
		fault = ninjs_extra_member(item, text->at, members[ROLE]);
	if (!fault && !ninjs_type_is_markup(text->type) &&
	    !says_plain(text->type))
		fault = ninjs_extra_member(item, text->at, members[TYPE]);
	return fault;
}

static enum fault take(struct ninjs_item *item, struct ninjs_text *text,
		       const struct choice *choice)
{
	const struct json_path inner = { text->at, "value", 0 };
	const struct json_path *at = text->whole == text->value ? text->at
								: &inner;

	text->left = true;
	enum fault fault = leave_members(item, text, choice);
	if (!fault && !item->path)
		fault = ninjs_trace(item, choice->field, 0, at,
				    text->markup ? "the text of markup"
						 : "as stated");
	return fault;
}

/* All that the blocks say but white space; SLICE_NONE: the arena is full. */
static struct slice join_words(struct arena *arena, const struct block *blocks,
			       size_t count)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		size += blocks[i].text.len;
	char *words = arena_bytes(arena, size), *to = words;
	if (!words)
		return SLICE_NONE;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < blocks[i].text.len; j++)
			if (!ascii_is_space(blocks[i].text.ptr[j]))
				*to++ = blocks[i].text.ptr[j];
	return slice_between(words, to);
}

/* Whether line is words but for its spaces. */
static bool has_words(struct slice line, struct slice words)
{
	for (; line.len > 0; line = slice_skip(line, 1)) {
		if (*line.ptr == ' ')
			continue;
		if (!words.len || *words.ptr != *line.ptr)
			return false;
		words = slice_skip(words, 1);
	}
	return words.len == 0;
}

/* Drop the texts that say what blocks say, in another form. */
static enum fault drop_copies(struct ninjs_item *item,
			      struct ninjs_texts *texts,
			      const struct choice *choice,
			      const struct block *blocks, size_t count)
{
	struct slice words = SLICE_NONE, line;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < texts->count && !fault; i++) {
		struct ninjs_text *text = &texts->items[i];

		if (text->left ||
		    (text->role.len && !is_said(text->role, choice)))
			continue;
		if (!words.ptr)
			words = join_words(item->arena, blocks, count);
		if (!words.ptr)
			return FAULT_NO_SPACE;
		fault = text_line(item, text, &line);
		if (fault || !has_words(line, words))
			continue;
		text->left = true;
		fault = leave_members(item, text, choice);
	}
	return fault;
}

static enum fault leave(struct ninjs_item *item, struct ninjs_text *text)
{
	text->left = true;
	return ninjs_extra(item, text->at, text->whole);
}

/* Take text, which is not NULL, as one line; left alone if it shows none. */
static enum fault take_line(struct ninjs_item *item, struct ninjs_text *text,
			    const struct choice *choice, struct slice *out)
{
	enum fault fault = text_line(item, text, out);

	if (fault)
		return fault;
	return out->ptr ? take(item, text, choice) : leave(item, text);
}

static enum fault choose_line(struct ninjs_item *item,
			      struct ninjs_texts *texts,
			      const struct choice *choice, struct slice *out)
{
	struct ninjs_text *text = best_text(texts, choice);

	*out = SLICE_NONE;
	enum fault fault = text ? take_line(item, text, choice, out)
				: FAULT_NONE;
	if (fault || !out->ptr)
		return fault;
	const struct block line = { .text = *out };
	return drop_copies(item, texts, choice, &line, 1);
}

enum fault ninjs_choose_headline(struct ninjs_item *item,
				 struct slice *headline, struct slice *deck)
{
	struct ninjs_texts *texts = &item->headlines;
	enum fault fault = choose_line(item, texts, &headline_choice, headline);

	if (fault || !deck)
		return fault;
	*deck = SLICE_NONE;
	struct ninjs_text *best = best_text(texts, &deck_choice);
	if (!best || !ninjs_word_among(best->role, deck_roles))
		return FAULT_NONE;
	return take_line(item, best, &deck_choice, deck);
}

enum fault ninjs_choose_abstract(struct ninjs_item *item, struct slice *out)
{
	return choose_line(item, &item->descriptions, &abstract_choice, out);
}

static enum fault add_blocks(struct ninjs_item *item,
			     const struct ninjs_text *text)
{
	struct slice raw = json_slice(text->value);
	struct html_blocks blocks;

	if (!text->markup)
		return paragraphs_add(raw, item->arena, item->article);
	enum fault fault = html_blocks(raw, item->arena, &blocks);
	if (fault)
		return fault;
	item->article->body = blocks.items;
	item->article->body_count = blocks.count;
	return FAULT_NONE;
}

enum fault ninjs_choose_body(struct ninjs_item *item)
{
	const struct article *article = item->article;
	struct ninjs_text *text = best_text(&item->bodies, &body_choice);

	if (!text)
		return FAULT_NONE;
	enum fault fault = add_blocks(item, text);
	if (fault)
		return fault;
	if (!article->body_count)
		return leave(item, text);
	fault = take(item, text, &body_choice);
	if (fault)
		return fault;
	return drop_copies(item, &item->bodies, &body_choice, article->body,
			   article->body_count);
}

enum fault ninjs_choose_none(struct ninjs_item *item)
{
	struct ninjs_texts *kinds[] = { &item->headlines, &item->descriptions,
					&item->bodies };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (size_t j = 0; j < kinds[i]->count; j++) {
			struct ninjs_text *text = &kinds[i]->items[j];
			enum fault fault = text->left ? FAULT_NONE
						      : leave(item, text);
			if (fault)
				return fault;
		}
	return FAULT_NONE;
}
