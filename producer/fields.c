#include "producer/fields.h"

#include "transform/article.h"

/* The symbols of each enum, in the order of its constants. */
#define X(symbol, word) word,
static const char *const article_types[] = { ARTICLE_TYPE_MAP(X) };
static const char *const pub_statuses[] = { PUB_STATUS_MAP(X) };
static const char *const signals[] = { SIGNAL_MAP(X) };
static const char *const block_roles[] = { BLOCK_ROLE_MAP(X) };
static const char *const subject_creators[] = { SUBJECT_CREATOR_MAP(X) };
#undef X

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A row: the schema's name, the kind, the struct and its member. */
#define FIELD(n, k, owner, member) \
	.name = n, .kind = FIELD_##k, .offset = offsetof(struct owner, member)
#define COUNTED(owner, member) .count_offset = offsetof(struct owner, member)
#define WORDS(list) .words = list, .word_count = COUNT(list)
#define RECORD(owner, list) \
	static const struct record_fields owner##_record = { \
		list, COUNT(list), sizeof(struct owner) \
	}

static const struct field block_list[] = {
	{ FIELD("role", WORD, block, role), WORDS(block_roles) },
	{ FIELD("text", TEXT, block, text) },
};
RECORD(block, block_list);

static const struct field media_list[] = {
	{ FIELD("type", WORD, media, type), WORDS(article_types) },
	{ FIELD("uri", TEXT_OR_NULL, media, uri) },
	{ FIELD("headline", TEXT_OR_NULL, media, headline) },
	{ FIELD("caption", TEXT_OR_NULL, media, caption) },
	{ FIELD("credit", TEXT_OR_NULL, media, credit) },
};
RECORD(media, media_list);

static const struct field subject_list[] = {
	{ FIELD("topic", TEXT_OR_NULL, subject, topic) },
	{ FIELD("name", TEXT_OR_NULL, subject, name) },
	{ FIELD("uri", TEXT_OR_NULL, subject, uri) },
	{ FIELD("rel", TEXT_OR_NULL, subject, rel) },
	{ FIELD("creator", WORD, subject, creator), WORDS(subject_creators) },
	{ FIELD("confidence", INT_OR_NULL, subject, confidence), .none = -1 },
	{ FIELD("evidence", TEXTS, subject, evidence),
	  COUNTED(subject, evidence_count) },
};
RECORD(subject, subject_list);

static const struct field entity_list[] = {
	{ FIELD("name", TEXT_OR_NULL, entity, name) },
	{ FIELD("uri", TEXT_OR_NULL, entity, uri) },
	{ FIELD("rel", TEXT_OR_NULL, entity, rel) },
	{ FIELD("symbols", TEXTS, entity, symbols),
	  COUNTED(entity, symbol_count) },
};
RECORD(entity, entity_list);

static const struct field place_list[] = {
	{ FIELD("city", TEXT_OR_NULL, place, city) },
	{ FIELD("country", TEXT_OR_NULL, place, country) },
	{ FIELD("uri", TEXT_OR_NULL, place, uri) },
};
RECORD(place, place_list);

static const struct field alt_id_list[] = {
	{ FIELD("role", TEXT_OR_NULL, alt_id, role) },
	{ FIELD("value", TEXT, alt_id, value) },
};
RECORD(alt_id, alt_id_list);

static const struct field link_list[] = {
	{ FIELD("rel", TEXT_OR_NULL, link, rel) },
	{ FIELD("uri", TEXT, link, uri) },
};
RECORD(link, link_list);

static const struct field lineage_list[] = {
	{ FIELD("topic", TEXT, lineage, topic) },
	{ FIELD("partition", INT, lineage, partition) },
	{ FIELD("offset", LONG, lineage, offset) },
	{ FIELD("timestamp", LONG_OR_NULL, lineage, timestamp_ms),
	  .none = ARTICLE_NO_TIME },
	{ FIELD("part", INT, lineage, part) },
	{ FIELD("format", TEXT, lineage, format) },
	{ FIELD("rawHash", HASH, lineage, raw_hash) },
	{ FIELD("transform", TEXT, lineage, transform) },
	{ FIELD("vocabulary", TEXT_OR_NULL, lineage, vocabulary) },
	{ FIELD("rules", TEXT_OR_NULL, lineage, rules) },
	{ FIELD("model", TEXT_OR_NULL, lineage, model) },
};
RECORD(lineage, lineage_list);

#define TEXT_(n, member) \
	{ \
		FIELD(n, TEXT_OR_NULL, article, member) \
	}
#define WORD_(n, member, list) \
	{ \
		FIELD(n, WORD, article, member), WORDS(list) \
	}
#define TIME_(n, member) \
	{ \
		FIELD(n, LONG_OR_NULL, article, member), \
			.none = ARTICLE_NO_TIME \
	}
#define TEXTS_(n, member, count) \
	{ \
		FIELD(n, TEXTS, article, member), COUNTED(article, count) \
	}
#define RECORDS_(n, member, count, item) \
	{ \
		FIELD(n, RECORDS, article, member), COUNTED(article, count), \
			.record = &item##_record \
	}

static const struct field article_list[] = {
	{ FIELD("uri", TEXT, article, uri) },
	TEXT_("version", version),
	WORD_("type", type, article_types),
	WORD_("pubStatus", pub_status, pub_statuses),
	WORD_("signal", signal, signals),
	{ FIELD("urgency", INT_OR_NULL, article, urgency), .none = 0 },
	TEXT_("language", language),
	TEXT_("headline", headline),
	TEXT_("deck", deck),
	TEXT_("slugline", slugline),
	TEXT_("by", by),
	TEXT_("dateline", dateline),
	TEXT_("source", source),
	{ FIELD("located", RECORD_OR_NULL, article, located),
	  .record = &place_record },
	{ FIELD("date", INT_OR_NULL, article, date), .none = ARTICLE_NO_DATE },
	TIME_("firstCreated", first_created),
	TIME_("versionCreated", version_created),
	TIME_("contentCreated", content_created),
	TIME_("embargoedUntil", embargoed_until),
	TIME_("expires", expires),
	TEXT_("abstract", abstract),
	RECORDS_("body", body, body_count, block),
	RECORDS_("media", media, media_count, media),
	TEXTS_("topics", topics, topic_count),
	RECORDS_("subjects", subjects, subject_count, subject),
	TEXTS_("genres", genres, genre_count),
	TEXTS_("keywords", keywords, keyword_count),
	RECORDS_("people", people, person_count, entity),
	RECORDS_("organisations", organisations, organisation_count, entity),
	RECORDS_("places", places, place_count, entity),
	RECORDS_("events", events, event_count, entity),
	TEXT_("edNote", ed_note),
	TEXT_("usageTerms", usage_terms),
	TEXT_("copyrightHolder", copyright_holder),
	TEXT_("copyrightNotice", copyright_notice),
	RECORDS_("altIds", alt_ids, alt_id_count, alt_id),
	RECORDS_("associations", associations, association_count, link),
	{ FIELD("charCount", INT, article, char_count) },
	{ FIELD("wordCount", INT, article, word_count) },
	{ FIELD("contentHash", HASH, article, content_hash) },
	{ FIELD("lineage", RECORD, article, lineage),
	  .record = &lineage_record },
	TEXTS_("warnings", warnings, warning_count),
	{ FIELD("extra", TEXT_MAP, article, extra),
	  COUNTED(article, extra_count) },
};

const struct record_fields article_fields = { article_list, COUNT(article_list),
					      sizeof(struct article) };
