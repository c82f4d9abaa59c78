#include "producer/avro/fields.h"

#include "transform/article.h"

/* The symbols of each enum, in the order of its constants. */
#define X(symbol, word) word,
static const char *const article_types[] = { ARTICLE_TYPE_MAP(X) };
static const char *const pub_statuses[] = { PUB_STATUS_MAP(X) };
static const char *const signals[] = { SIGNAL_MAP(X) };
static const char *const block_roles[] = { BLOCK_ROLE_MAP(X) };
static const char *const subject_creators[] = { SUBJECT_CREATOR_MAP(X) };
#undef X

static const struct value_class article_type = VALUE_WORD(article_types);
static const struct value_class pub_status = VALUE_WORD(pub_statuses);
static const struct value_class story_signal = VALUE_WORD(signals);
static const struct value_class block_role = VALUE_WORD(block_roles);
static const struct value_class subject_creator = VALUE_WORD(subject_creators);

static const struct value_class urgency = VALUE_INT_OR_NULL(0);
static const struct value_class confidence = VALUE_INT_OR_NULL(-1);
static const struct value_class date = VALUE_INT_OR_NULL(ARTICLE_NO_DATE);
static const struct value_class instant = VALUE_LONG_OR_NULL(ARTICLE_NO_TIME);

#define FIELD(name, class, owner, member) \
	{ \
		name, &(class), offsetof(struct owner, member) \
	}
#define TEXT(name, owner, member) FIELD(name, value_text_or_null, owner, member)
#define LIST(name, class) \
	{ \
		name, &(class), 0 \
	}

static const struct field block_fields[] = {
	FIELD("role", block_role, block, role),
	FIELD("text", value_text, block, text),
};
static const struct value_class block_class = VALUE_RECORD(block_fields);

static const struct field media_fields[] = {
	FIELD("type", article_type, media, type),
	TEXT("uri", media, uri),
	TEXT("headline", media, headline),
	TEXT("caption", media, caption),
	TEXT("credit", media, credit),
};
static const struct value_class media_class = VALUE_RECORD(media_fields);

static const struct value_class evidence = VALUE_LIST(
	&value_text, sizeof(struct slice), subject, evidence, evidence_count);
static const struct field subject_fields[] = {
	TEXT("topic", subject, topic),
	TEXT("name", subject, name),
	TEXT("uri", subject, uri),
	TEXT("rel", subject, rel),
	FIELD("creator", subject_creator, subject, creator),
	FIELD("confidence", confidence, subject, confidence),
	LIST("evidence", evidence),
};
static const struct value_class subject_class = VALUE_RECORD(subject_fields);

static const struct value_class symbols = VALUE_LIST(
	&value_text, sizeof(struct slice), entity, symbols, symbol_count);
static const struct field entity_fields[] = {
	TEXT("name", entity, name),
	TEXT("uri", entity, uri),
	TEXT("rel", entity, rel),
	LIST("symbols", symbols),
};
static const struct value_class entity_class = VALUE_RECORD(entity_fields);

static const struct field place_fields[] = {
	TEXT("city", place, city),
	TEXT("country", place, country),
	TEXT("uri", place, uri),
};
static const struct value_class place_class = VALUE_RECORD(place_fields);
static const struct value_class located = VALUE_TEXTS_OR_NULL(&place_class);

static const struct field alt_id_fields[] = {
	TEXT("role", alt_id, role),
	FIELD("value", value_text, alt_id, value),
};
static const struct value_class alt_id_class = VALUE_RECORD(alt_id_fields);

static const struct field link_fields[] = {
	TEXT("rel", link, rel),
	FIELD("uri", value_text, link, uri),
};
static const struct value_class link_class = VALUE_RECORD(link_fields);

static const struct field lineage_fields[] = {
	FIELD("topic", value_text, lineage, topic),
	FIELD("partition", value_int, lineage, partition),
	FIELD("offset", value_long, lineage, offset),
	FIELD("timestamp", instant, lineage, timestamp_ms),
	FIELD("part", value_int, lineage, part),
	FIELD("format", value_text, lineage, format),
	FIELD("rawHash", value_hash, lineage, raw_hash),
	FIELD("transform", value_text, lineage, transform),
	TEXT("vocabulary", lineage, vocabulary),
	TEXT("rules", lineage, rules),
	TEXT("model", lineage, model),
};
static const struct value_class lineage_class = VALUE_RECORD(lineage_fields);

/* The article's lists: of structs, and of texts. */
#define RECORDS(item, list, count) \
	VALUE_LIST(&item##_class, sizeof(struct item), article, list, count)
#define TEXTS(list, count) \
	VALUE_LIST(&value_text, sizeof(struct slice), article, list, count)

static const struct value_class body = RECORDS(block, body, body_count);
static const struct value_class media = RECORDS(media, media, media_count);
static const struct value_class topics = TEXTS(topics, topic_count);
static const struct value_class subjects =
	RECORDS(subject, subjects, subject_count);
static const struct value_class genres = TEXTS(genres, genre_count);
static const struct value_class keywords = TEXTS(keywords, keyword_count);
static const struct value_class people = RECORDS(entity, people, person_count);
static const struct value_class organisations =
	RECORDS(entity, organisations, organisation_count);
static const struct value_class places = RECORDS(entity, places, place_count);
static const struct value_class events = RECORDS(entity, events, event_count);
static const struct value_class alt_ids =
	RECORDS(alt_id, alt_ids, alt_id_count);
static const struct value_class associations =
	RECORDS(link, associations, association_count);
static const struct value_class warnings = TEXTS(warnings, warning_count);
static const struct value_class extra = VALUE_MAP(article, extra, extra_count);

static const struct field article_fields[] = {
	FIELD("uri", value_text, article, uri),
	TEXT("version", article, version),
	FIELD("type", article_type, article, type),
	FIELD("pubStatus", pub_status, article, pub_status),
	FIELD("signal", story_signal, article, signal),
	FIELD("urgency", urgency, article, urgency),
	TEXT("language", article, language),
	TEXT("headline", article, headline),
	TEXT("deck", article, deck),
	TEXT("slugline", article, slugline),
	TEXT("by", article, by),
	TEXT("dateline", article, dateline),
	TEXT("source", article, source),
	FIELD("located", located, article, located),
	FIELD("date", date, article, date),
	FIELD("firstCreated", instant, article, first_created),
	FIELD("versionCreated", instant, article, version_created),
	FIELD("contentCreated", instant, article, content_created),
	FIELD("embargoedUntil", instant, article, embargoed_until),
	FIELD("expires", instant, article, expires),
	TEXT("abstract", article, abstract),
	LIST("body", body),
	LIST("media", media),
	LIST("topics", topics),
	LIST("subjects", subjects),
	LIST("genres", genres),
	LIST("keywords", keywords),
	LIST("people", people),
	LIST("organisations", organisations),
	LIST("places", places),
	LIST("events", events),
	TEXT("edNote", article, ed_note),
	TEXT("usageTerms", article, usage_terms),
	TEXT("copyrightHolder", article, copyright_holder),
	TEXT("copyrightNotice", article, copyright_notice),
	LIST("altIds", alt_ids),
	LIST("associations", associations),
	FIELD("charCount", value_int, article, char_count),
	FIELD("wordCount", value_int, article, word_count),
	FIELD("contentHash", value_hash, article, content_hash),
	FIELD("lineage", lineage_class, article, lineage),
	LIST("warnings", warnings),
	LIST("extra", extra),
};
const struct value_class article_class = VALUE_RECORD(article_fields);
