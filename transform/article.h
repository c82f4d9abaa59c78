/* transform/article.h - one normalized article, whatever wire it came by. */
#ifndef TRANSFORM_ARTICLE_H
#define TRANSFORM_ARTICLE_H

#include <limits.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "transform/enums.h"

/*
 * The names and meanings are those of schemas/article.avsc, which are IPTC
 * ninjs 3.1's wherever ninjs has one. Every string is valid UTF-8 in NFC with
 * a NUL behind its last byte, and lives in the arena or is static; a ptr of
 * NULL means "the wire does not say". Arrays live in the arena; with a count
 * of 0 the pointer is not read. A zeroed article is not valid: article_init().
 */

/* "The wire states no such instant", "… no such date". */
#define ARTICLE_NO_TIME INT64_MIN
#define ARTICLE_NO_DATE INT32_MIN

enum { HASH_SIZE = 32 }; /* SHA-256 */

struct block {
	enum block_role role;
	struct slice text;
};

struct media {
	enum article_type type;
	struct slice uri, headline, caption, credit;
};

/* Why a topic, or a subject without one, is there. */
struct subject {
	struct slice topic; /* canonical code, "POLITICS"; none: unmapped */
	struct slice name;
	struct slice uri; /* "medtop:11000000", or as the wire gave it */
	struct slice rel;
	enum subject_creator creator;
	int confidence; /* 0..100; -1 not stated */
	struct slice *evidence;
	size_t evidence_count;
};

struct entity {
	struct slice name, uri, rel;
	struct slice *symbols; /* "NYSE:CUK" */
	size_t symbol_count;
};

struct place {
	struct slice city, country, uri;
};

struct alt_id {
	struct slice role, value;
};

struct link {
	struct slice rel, uri;
};

struct extra {
	struct slice name, value;
};

/* Where the article came from and what made it. */
struct lineage {
	struct slice topic; /* raw topic, or the file's name */
	int32_t partition;
	int64_t offset;
	int64_t timestamp_ms; /* of the raw record; ARTICLE_NO_TIME: none */
	unsigned part;	      /* 0.. within the message */
	struct slice format;  /* "wire-text" */
	unsigned char raw_hash[HASH_SIZE];
	struct slice transform, vocabulary, rules, model; /* versions */
};

struct trace;

struct article {
	struct slice uri, version;
	enum article_type type;
	enum pub_status pub_status;
	enum signal signal;
	int urgency; /* 1 flash .. 9; 0 not stated */
	struct slice language;
	struct slice headline, deck, slugline, by, dateline, source;
	struct place located;
	int32_t date; /* days since 1970-01-01 */
	int64_t first_created, version_created, content_created;
	int64_t embargoed_until, expires; /* ms since 1970, UTC */
	struct slice abstract;
	struct block *body;
	size_t body_count;
	struct media *media;
	size_t media_count;
	struct slice *topics;
	size_t topic_count;
	struct subject *subjects;
	size_t subject_count;
	struct slice *genres, *keywords;
	size_t genre_count, keyword_count;
	struct entity *people, *organisations, *places, *events;
	size_t person_count, organisation_count, place_count, event_count;
	struct slice ed_note, usage_terms, copyright_holder, copyright_notice;
	struct alt_id *alt_ids;
	size_t alt_id_count;
	struct link *associations;
	size_t association_count;
	int char_count, word_count; /* of the body */
	unsigned char content_hash[HASH_SIZE];
	struct lineage lineage;
	struct slice *warnings; /* each at most once */
	size_t warning_count;
	struct extra *extra; /* names are unique */
	size_t extra_count;

	struct trace *trace; /* NULL unless asked for: transform/trace.h */
};

/* An article of which nothing is known: text, usable, no signal. */
void article_init(struct article *article);

/*
 * Add one item to a list of the article. text must already live where the
 * article's strings may live. FAULT_NO_SPACE: the arena is full.
 */
MUST_CHECK enum fault article_add_block(struct article *article,
					struct arena *arena,
					enum block_role role,
					struct slice text);
MUST_CHECK enum fault article_add_media(struct article *article,
					struct arena *arena,
					struct media media);
MUST_CHECK enum fault article_add_subject(struct article *article,
					  struct arena *arena,
					  struct subject subject);
MUST_CHECK enum fault article_add_extra(struct article *article,
					struct arena *arena, struct slice name,
					struct slice value);
/* Add a warning, a static word such as "date-missing", if not yet there. */
MUST_CHECK enum fault article_warn(struct article *article, struct arena *arena,
				   const char *warning);

/* Append text to any of the article's lists of strings. */
MUST_CHECK enum fault strings_add(struct arena *arena, struct slice **list,
				  size_t *count, struct slice text);

#endif
