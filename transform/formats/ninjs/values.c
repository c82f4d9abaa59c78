#include "base/ascii.h"
#include "transform/formats/ninjs/property.h"
#include "transform/text/country.h"
#include "transform/text/date.h"
#include "transform/text/line.h"

enum { URGENCY_MAX = 9 };

struct slice ninjs_last_word(struct ninjs_item *item, struct slice text)
{
	size_t begin = text.len;

	while (begin > 0 && text.ptr[begin - 1] != ':' &&
	       text.ptr[begin - 1] != '/')
		begin--;
	struct slice word =
		arena_copy(item->arena, slice_trim(slice_skip(text, begin)));
	for (size_t i = 0; i < word.len; i++)
		((char *)word.ptr)[i] = ascii_lower(word.ptr[i]);
	return word;
}

/* Keep a value that its field cannot hold, and say why. */
static enum fault refuse(struct ninjs_item *item, const char *warning,
			 const struct json_path *at, const json_t *value)
{
	enum fault fault = article_warn(item->article, item->arena, warning);

	return fault ? fault : ninjs_extra(item, at, value);
}

enum fault ninjs_read_uri(struct ninjs_item *item,
			  const struct ninjs_property *property,
			  const struct json_path *at, const json_t *value)
{
	if (!json_is_string(value))
		return FAULT_NINJS_SHAPE;
	return ninjs_read_text(item, property, at, value);
}

enum fault ninjs_read_text(struct ninjs_item *item,
			   const struct ninjs_property *property,
			   const struct json_path *at, const json_t *value)
{
	return ninjs_field(item, property->field, at, value,
			   ninjs_slot(item, property->offset));
}

enum fault ninjs_read_status(struct ninjs_item *item,
			     const struct ninjs_property *property,
			     const struct json_path *at, const json_t *value)
{
	struct article *article = item->article;

	/* Whether copy may be published is not to be guessed. */
	if (!json_is_string(value))
		return FAULT_NINJS_SHAPE;
	struct slice word = ninjs_last_word(item, json_slice(value));
	if (!word.ptr)
		return FAULT_NO_SPACE;
	article->pub_status = slice_equal(word, SLICE("cancelled"))
				      ? PUB_STATUS_CANCELED
				      : pub_status_from(word);
	if (article->pub_status == PUB_STATUS_CANCELED)
		article->signal = SIGNAL_KILL;
	if (article->pub_status == PUB_STATUS_UNKNOWN)
		return refuse(item, "status-unknown", at, value);
	return ninjs_trace(item, property->field, 0, at, "as stated");
}

enum fault ninjs_read_type(struct ninjs_item *item,
			   const struct ninjs_property *property,
			   const struct json_path *at, const json_t *value)
{
	struct article *article = item->article;

	if (!json_is_string(value))
		return ninjs_misfit(item, at, value);
	struct slice word = ninjs_last_word(item, json_slice(value));
	if (!word.ptr)
		return FAULT_NO_SPACE;
	article->type = article_type_from(word);
	if (article->type == ARTICLE_TYPE_UNKNOWN)
		return refuse(item, "type-unknown", at, value);
	return ninjs_trace(item, property->field, 0, at, "as stated");
}

/* 1..9 of a number or a digit; 0: it is none. A string of one digit leaves
 * nothing to guess, so it earns no warning. */
static int urgency_of(const json_t *value)
{
	struct slice text = slice_trim(json_slice(value));
	double urgency = json_number_value(value);

	if (text.len == 1 && ascii_is_digit(*text.ptr))
		urgency = *text.ptr - '0';
	for (int i = 1; i <= URGENCY_MAX; i++)
		if (urgency == i)
			return i;
	return 0;
}

enum fault ninjs_read_urgency(struct ninjs_item *item,
			      const struct ninjs_property *property,
			      const struct json_path *at, const json_t *value)
{
	int urgency = urgency_of(value);

	if (!urgency)
		return refuse(item, "urgency-invalid", at, value);
	item->article->urgency = urgency;
	return ninjs_trace(item, property->field, 0, at, "as stated");
}

enum fault ninjs_read_language(struct ninjs_item *item,
			       const struct ninjs_property *property,
			       const struct json_path *at, const json_t *value)
{
	struct slice *language = &item->article->language;

	if (language->ptr)
		return ninjs_extra(item, at, value);
	enum fault fault = ninjs_read_text(item, property, at, value);
	/* BCP 47 parts subtags by hyphens; "en_US" is how POSIX writes it. */
	for (size_t i = 0; language->ptr && i < language->len; i++)
		if (language->ptr[i] == '_')
			((char *)language->ptr)[i] = '-';
	return fault;
}

enum fault ninjs_read_located(struct ninjs_item *item,
			      const struct ninjs_property *property,
			      const struct json_path *at, const json_t *value)
{
	struct place *located = &item->article->located;
	struct slice text;

	if (located->city.ptr || located->country.ptr)
		return ninjs_extra(item, at, value);
	enum fault fault = ninjs_line(item, at, value, &text);
	if (fault || !text.ptr)
		return fault;
	fault = place_from_text(text, item->arena, located);
	return fault ? fault
		     : ninjs_trace(item, property->field, 0, at,
				   "the country behind the last comma");
}

/* A day without a time is the article's date, if it has none. */
static bool take_date(struct article *article, struct slice text)
{
	int32_t days;
	enum fault fault = FAULT_NONE;

	if (article->date != ARTICLE_NO_DATE ||
	    !date_parse_iso(text, &days, &fault) || fault)
		return false;
	article->date = days;
	return true;
}

enum fault ninjs_read_instant(struct ninjs_item *item,
			      const struct ninjs_property *property,
			      const struct json_path *at, const json_t *value)
{
	struct article *article = item->article;
	int64_t *slot = ninjs_slot(item, property->offset);
	const bool embargo = slot == &article->embargoed_until;
	struct slice text = slice_trim(json_slice(value));
	int64_t ms;

	if (*slot != ARTICLE_NO_TIME)
		return ninjs_extra(item, at, value);
	if (text.ptr && instant_parse(text, &ms)) {
		*slot = ms;
		return ninjs_trace(item, property->field, 0, at, "as stated");
	}
	if (text.ptr && !text.len)
		return FAULT_NONE;
	if (!embargo && slot != &article->expires && text.ptr &&
	    take_date(article, text))
		return ninjs_trace(item, "date", 0, at, "a day without a time");
	item->embargo_unread |= embargo;
	return refuse(item, embargo ? "embargo-invalid" : "date-invalid", at,
		      value);
}
