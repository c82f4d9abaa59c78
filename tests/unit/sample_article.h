/* tests/unit/sample_article.h - one article with each of its fields set. */
#ifndef TESTS_UNIT_SAMPLE_ARTICLE_H
#define TESTS_UNIT_SAMPLE_ARTICLE_H

#include "transform/article.h"

static struct block sample_body[] = {
	{ BLOCK_ROLE_PARAGRAPH, SLICE("The harbour council of Lindby voted on "
				      "Tuesday to keep the "
				      "old ferry for one more winter.") },
	{ BLOCK_ROLE_CROSSHEAD, SLICE("A narrow vote") },
	{ BLOCK_ROLE_PARAGRAPH, SLICE("\u201cIt floats, and that is "
				      "enough,\u201d the mayor said.") },
};

static struct media sample_media[] = {
	{ ARTICLE_TYPE_PICTURE, SLICE("https://example.org/ferry.jpg"),
	  SLICE("The ferry"), SLICE("The ferry at its pier."),
	  SLICE("Lindby Press") },
	{ .type = ARTICLE_TYPE_VIDEO },
};

static struct slice sample_topics[] = { SLICE("POLITICS"), SLICE("TRAVEL") };
static struct slice sample_evidence[] = { SLICE("POLITICS"), SLICE("line 1") };

static struct subject sample_subjects[] = {
	{ .topic = SLICE("POLITICS"),
	  .name = SLICE("politics and government"),
	  .uri = SLICE("medtop:11000000"),
	  .rel = SLICE("about"),
	  .creator = SUBJECT_CREATOR_DECLARED,
	  .confidence = 100,
	  .evidence = sample_evidence,
	  .evidence_count = 2 },
	{ .name = SLICE("ferries"),
	  .creator = SUBJECT_CREATOR_MODEL,
	  .confidence = -1 },
};

static struct slice sample_words[] = { SLICE("ferry"), SLICE("") };
static struct slice sample_symbols[] = { SLICE("XLND:FERRY") };

static struct entity sample_entities[] = {
	{ SLICE("Ada Lund"), SLICE("https://example.org/ada"), SLICE("mayor"),
	  sample_symbols, 1 },
	{ .name = SLICE("Bo") },
};

static struct alt_id sample_alt_ids[] = {
	{ SLICE("slug"), SLICE("LINDBY-FERRY") },
	{ .value = SLICE("0042") },
};

static struct link sample_links[] = {
	{ SLICE("replaces"), SLICE("tag:example.org,2025:1") },
};

static struct slice sample_warnings[] = { SLICE("date-missing") };

static struct extra sample_extra[] = {
	{ SLICE("/trust\"indicator"), SLICE("{\"x\":\"a\\b\tc\\u0001\"}") },
	{ SLICE("/empty"), SLICE("") },
};

/* The article; it lives as long as the program. */
static inline struct article sample_article(void)
{
	struct article a;

	article_init(&a);
	a.uri = SLICE("tag:example.org,2025:2");
	a.version = SLICE("2");
	a.signal = SIGNAL_CORRECTION;
	a.urgency = 4;
	a.language = SLICE("en");
	a.headline = SLICE("Ferry stays \u2014 for \"one\" winter");
	a.deck = SLICE("");
	a.slugline = SLICE("LINDBY-FERRY");
	a.by = SLICE("Cy Dahl");
	a.dateline = SLICE("LINDBY, Sept 9");
	a.source = SLICE("Lindby Press");
	a.located.city = SLICE("Lindby");
	a.date = 20340;
	a.first_created = 1757376000000;
	a.version_created = 1757376000500;
	a.content_created = -1;
	a.embargoed_until = 0;
	a.expires = 253402300799999;
	a.abstract = SLICE("The ferry stays.");
	a.body = sample_body, a.body_count = 3;
	a.media = sample_media, a.media_count = 2;
	a.topics = sample_topics, a.topic_count = 2;
	a.subjects = sample_subjects, a.subject_count = 2;
	a.genres = a.keywords = sample_words;
	a.genre_count = 1, a.keyword_count = 2;
	a.people = a.organisations = a.places = a.events = sample_entities;
	a.person_count = 2, a.organisation_count = 1;
	a.place_count = 1, a.event_count = 2;
	a.ed_note = SLICE("Corrects the name of the mayor.");
	a.usage_terms = SLICE("Free for tests.");
	a.copyright_holder = SLICE("Lindby Press");
	a.copyright_notice = SLICE("\u00a9 Lindby Press");
	a.alt_ids = sample_alt_ids, a.alt_id_count = 2;
	a.associations = sample_links, a.association_count = 1;
	a.char_count = 142, a.word_count = 26;
	a.lineage = (struct lineage){
		.topic = SLICE("raw"),
		.partition = 5,
		.offset = INT64_MAX,
		.timestamp_ms = 1757376000123,
		.part = 3,
		.format = SLICE("wire-text"),
		.transform = SLICE("1"),
		.vocabulary = SLICE("2025-09"),
		.rules = SLICE("r1"),
		.model = SLICE("m1"),
	};
	for (int i = 0; i < HASH_SIZE; i++) {
		a.content_hash[i] = (unsigned char)(i * 8 + 7);
		a.lineage.raw_hash[i] = (unsigned char)(255 - i);
	}
	a.warnings = sample_warnings, a.warning_count = 1;
	a.extra = sample_extra, a.extra_count = 2;
	return a;
}

/* The article of which nothing is known but what must be. */
static inline struct article sample_bare_article(void)
{
	struct article a;

	article_init(&a);
	a.uri = SLICE("bare");
	a.lineage.topic = SLICE("raw");
	a.lineage.format = SLICE("ninjs");
	a.lineage.transform = SLICE("1");
	return a;
}

#endif
