/* stage/settings/table.h - one table of settings; for this folder alone. */
#ifndef STAGE_SETTINGS_TABLE_H
#define STAGE_SETTINGS_TABLE_H

#include "stage/settings/settings.h"

/* Where a value came from; a later one wins. */
enum source { SOURCE_DEFAULT, SOURCE_FILE, SOURCE_ENVIRONMENT, SOURCE_FLAGS };

enum setting_type {
	SETTING_TEXT,	 /* const char *; min is the least length */
	SETTING_TOPIC,	 /* const char *, a legal topic name */
	SETTING_TOPICS,	 /* struct words, topics or one ^pattern */
	SETTING_LIST,	 /* struct words, by commas; may be empty */
	SETTING_NUMBER,	 /* int, min..max */
	SETTING_CHOICE,	 /* an enum, whose words are in its order */
	SETTING_START,	 /* struct start */
	SETTING_ADDRESS, /* const char *, host:port or "" */
	SETTING_QUIET,	 /* struct quiet */
	SETTING_FORMAT,	 /* const struct format *, NULL for auto */
};

struct setting {
	const char *name;
	char letter; /* 'g' for -g; 0: none */
	enum setting_type type;
	size_t field; /* its offset in struct settings */
	int min, max;
	const char *const *words;
	const char *normal; /* the default, as one would write it */
	const char *doc;    /* one line of Markdown without a '|' */
};

enum { SETTINGS_MAX = 64, SETTINGS_MEMORY = 1 << 20 };

extern const struct setting settings_table[]; /* a NULL name ends it */

/* The row of that name; NULL: there is none. */
const struct setting *setting_find(struct slice name);

/* The row of "-g", by its letter; NULL: there is none. */
const struct setting *setting_find_letter(char letter);

/* Why a librdkafka property may not be set, and what to set instead; NULL: it
 * may be. property comes without "kafka." and the like. */
const char *property_refusal(struct slice property);

/* The number-th refused property, 0.., and why; NULL after the last. */
const char *property_refused(size_t number, const char **why);

/* name without "kafka.", "consumer." or "producer."; none: it has none. */
struct slice property_name(struct slice name);

/* Whether values of that name must not be shown. */
bool setting_is_secret(struct slice name);

/* A librdkafka property that was set. */
struct passed {
	const char *name; /* with its prefix, "kafka.debug" */
	const char *value, *origin;
	enum source source;
};

/* What struct settings points into. */
struct settings_memory {
	struct arena arena;
	/* As settings_table; an origin of NULL is the default's. */
	const char *values[SETTINGS_MAX], *origins[SETTINGS_MAX];
	enum source sources[SETTINGS_MAX];
	struct passed *passed;
	size_t passed_count;
	char bytes[SETTINGS_MEMORY];
};

/*
 * Read value, which lives in settings' arena, into its field. False, with one
 * more complaint that starts with origin: it is no value of that setting.
 */
bool setting_read(struct settings *settings, const struct setting *setting,
		  const char *value, const char *origin,
		  struct complaints *complaints);

/* What values the setting takes, in words: "10 to 10000". */
void setting_values(const struct setting *setting, char *out, size_t size);

/* Look at the settings together, and work out those that are left to us. */
void settings_complete(struct settings *settings,
		       struct complaints *complaints);

#endif
