/* transform/enums.h - the article's closed sets of words. */
#ifndef TRANSFORM_ENUMS_H
#define TRANSFORM_ENUMS_H

#include "base/slice.h"

/*
 * X(symbol, word): in the order of the enum of the same name in
 * schemas/article.avsc, whose default symbol "unknown" comes first.
 */

/* ninjs 3.1 "type" */
#define ARTICLE_TYPE_MAP(X) \
	X(UNKNOWN, "unknown") \
	X(TEXT, "text") \
	X(PICTURE, "picture") \
	X(VIDEO, "video") \
	X(AUDIO, "audio") \
	X(GRAPHIC, "graphic") \
	X(COMPOSITE, "composite") \
	X(COMPONENT, "component") \
	X(EVENT, "event") \
	X(PLANNING, "planning")

/* ninjs 3.1 "pubStatus" */
#define PUB_STATUS_MAP(X) \
	X(UNKNOWN, "unknown") \
	X(USABLE, "usable") \
	X(WITHHELD, "withheld") \
	X(CANCELED, "canceled")

/* What this message does to the story. */
#define SIGNAL_MAP(X) \
	X(UNKNOWN, "unknown") \
	X(NONE, "none") \
	X(UPDATE, "update") \
	X(CORRECTION, "correction") \
	X(KILL, "kill") \
	X(ADVISORY, "advisory")

#define BLOCK_ROLE_MAP(X) \
	X(UNKNOWN, "unknown") \
	X(PARAGRAPH, "paragraph") \
	X(CROSSHEAD, "crosshead") \
	X(QUOTE, "quote") \
	X(LIST_ITEM, "listItem") \
	X(TABLE, "table") \
	X(PREFORMATTED, "preformatted")

/* In the order of authority, design section 5. */
#define SUBJECT_CREATOR_MAP(X) \
	X(UNKNOWN, "unknown") \
	X(DECLARED, "declared") \
	X(MAPPED, "mapped") \
	X(RULE, "rule") \
	X(MODEL, "model")

enum article_type {
#define X(symbol, word) ARTICLE_TYPE_##symbol,
	ARTICLE_TYPE_MAP(X)
#undef X
};

enum pub_status {
#define X(symbol, word) PUB_STATUS_##symbol,
	PUB_STATUS_MAP(X)
#undef X
};

enum signal {
#define X(symbol, word) SIGNAL_##symbol,
	SIGNAL_MAP(X)
#undef X
};

enum block_role {
#define X(symbol, word) BLOCK_ROLE_##symbol,
	BLOCK_ROLE_MAP(X)
#undef X
};

enum subject_creator {
#define X(symbol, word) SUBJECT_CREATOR_##symbol,
	SUBJECT_CREATOR_MAP(X)
#undef X
};

const char *article_type_word(enum article_type type);
const char *pub_status_word(enum pub_status status);
const char *signal_word(enum signal signal);
const char *block_role_word(enum block_role role);
const char *subject_creator_word(enum subject_creator creator);

/* The type of that ninjs word; ARTICLE_TYPE_UNKNOWN for any other. */
enum article_type article_type_from(struct slice word);

/* The status of that ninjs word; PUB_STATUS_UNKNOWN for any other. */
enum pub_status pub_status_from(struct slice word);

#endif
