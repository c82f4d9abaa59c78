#include "transform/finish.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "transform/formats/format.h"
#include "transform/hash.h"
#include "transform/text/count.h"

static const char hex_digits[] = "0123456789abcdef";
static const char hex_digits_upper[] = "0123456789ABCDEF";

/* RFC 3986, section 2.3 */
static bool is_unreserved(char c)
{
	return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

static struct slice percent_encode(struct arena *arena, struct slice bytes)
{
	size_t len = bytes.len;

	for (size_t i = 0; i < bytes.len; i++)
		len += is_unreserved(bytes.ptr[i]) ? 0 : 2;
	char *text = arena_bytes(arena, len + 1), *to = text;
	if (!text)
		return SLICE_NONE;
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.ptr[i];
		if (is_unreserved(bytes.ptr[i])) {
			*to++ = bytes.ptr[i];
			continue;
		}
		*to++ = '%';
		*to++ = hex_digits_upper[byte >> 4];
		*to++ = hex_digits_upper[byte & 0xf];
	}
	*to = '\0';
	return slice_between(text, to);
}

static struct slice uri_from_key(const struct finish *f, unsigned part)
{
	struct slice topic = percent_encode(f->arena, f->record->topic);
	struct slice key = percent_encode(f->arena, f->record->key);

	if (!topic.ptr || !key.ptr)
		return SLICE_NONE;
	if (part == 0)
		return arena_printf(f->arena, "wirestage:key:%s:%s", topic.ptr,
				    key.ptr);
	return arena_printf(f->arena, "wirestage:key:%s:%s:%u", topic.ptr,
			    key.ptr, part);
}

static struct slice uri_from_content(const struct finish *f,
				     const unsigned char hash[HASH_SIZE])
{
	char hex[HASH_SIZE * 2 + 1] = "";

	for (size_t i = 0; i < HASH_SIZE; i++) {
		hex[2 * i] = hex_digits[hash[i] >> 4];
		hex[2 * i + 1] = hex_digits[hash[i] & 0xf];
	}
	return arena_printf(f->arena, "wirestage:content:%s", hex);
}

static enum fault give_uri(struct article *article, const struct finish *f,
			   unsigned part)
{
	if (article->uri.ptr)
		return FAULT_NONE;
	if (f->context->uri_from == URI_FROM_KEY && f->record->key.len > 0)
		article->uri = uri_from_key(f, part);
	else
		article->uri = uri_from_content(f, article->content_hash);
	return article->uri.ptr ? FAULT_NONE : FAULT_NO_SPACE;
}

static void count_body(struct article *article)
{
	size_t chars = 0, words = 0;

	for (size_t i = 0; i < article->body_count; i++) {
		struct text_count count = text_count(article->body[i].text);
		chars += count.chars;
		words += count.words;
	}
	article->char_count = chars < INT_MAX ? (int)chars : INT_MAX;
	article->word_count = words < INT_MAX ? (int)words : INT_MAX;
}

static bool has_date(const struct article *article)
{
	return article->date != ARTICLE_NO_DATE ||
	       article->first_created != ARTICLE_NO_TIME ||
	       article->version_created != ARTICLE_NO_TIME ||
	       article->content_created != ARTICLE_NO_TIME;
}

static enum fault warn(struct article *article, const struct finish *f)
{
	enum fault fault = FAULT_NONE;

	if (f->repaired)
		fault = article_warn(article, f->arena, "utf8-repaired");
	if (!fault && !has_date(article))
		fault = article_warn(article, f->arena, "date-missing");
	return fault;
}

enum fault finish_begin(struct finish *f, const struct format *format)
{
	const struct record *record = f->record;
	struct slice topic = record->topic;

	/* Kafka's topics are ASCII; a file's name may be anything. */
	topic = utf8_valid_prefix(topic) == topic.len
			? arena_copy(f->arena, topic)
			: percent_encode(f->arena, topic);
	if (!topic.ptr)
		return FAULT_NO_SPACE;
	f->lineage = (struct lineage){
		.topic = topic,
		.partition = record->partition,
		.offset = record->offset,
		.timestamp_ms = record->timestamp_ms < 0 ? ARTICLE_NO_TIME
							 : record->timestamp_ms,
		.format = slice_from(format->name),
		.transform = SLICE(TRANSFORM_VERSION),
		.vocabulary = vocabulary_version(f->context->vocabulary),
	};
	hash_bytes(record->value, f->lineage.raw_hash);
	return FAULT_NONE;
}

enum fault article_finish(struct article *article, const struct finish *f,
			  unsigned part)
{
	count_body(article);
	hash_content(article, article->content_hash);
	article->lineage = f->lineage;
	article->lineage.part = part;
	enum fault fault = give_uri(article, f, part);
	return fault ? fault : warn(article, f);
}
