/* stage/settings/settings.h - the configuration, read once and then constant. */
#ifndef STAGE_SETTINGS_SETTINGS_H
#define STAGE_SETTINGS_SETTINGS_H

#include <stdio.h>

#include "base/log.h"
#include "consumer/policy.h"
#include "producer/avro/framing.h"
#include "producer/producer.h"
#include "stage/quiet.h"
#include "stage/terminal/arguments.h"
#include "transform/transform.h"

enum log_form { LOG_FORM_AUTO, LOG_FORM_LOGFMT, LOG_FORM_JSON };

struct words {
	const char *const *items;
	size_t count;
};

enum { WORKERS_MAX = 64 };

/* What each means, and its range, says the table in settings_table.c. */
struct settings {
	const char *bootstrap_servers, *group_id, *instance;
	struct words input_topics; /* names, or one ^pattern */
	const char *output_topic, *deadletter_topic;
	int workers; /* 1..: never the 0 that asks for all cores */
	enum delivery delivery;
	struct start start;
	enum gap_policy gap;
	enum rebalance rebalance;
	enum membership membership;
	int commit_interval_ms, commit_interval_min_ms, commit_messages;
	int rate_max; /* messages a second; 0: no limit */
	int shutdown_timeout_ms, transaction_timeout_ms;
	int input_max_bytes, arena_max_bytes;
	int work_max; /* steps a message; 0: no limit */
	enum encoding_policy encoding;
	enum uri_source uri_from;
	const struct format *format; /* NULL: detect */
	enum framing_kind framing;
	int schema_id;		/* 0: none */
	const char *vocabulary; /* a file; "": the built-in one */
	struct words headers_pass;
	const char *http_address; /* "": no HTTP */
	struct quiet quiet_after;
	enum log_level log_level;
	enum log_form log_format;
	/* For librdkafka, which judges them when a client is opened; kafka.*
	 * stands in each of them, before their own. */
	struct kafka_properties consumer, producer;

	struct settings_memory *memory;		/* owns every text above */
	const struct settings_sources *sources; /* borrowed: see below */
};

/* Where settings come from; a later one wins. */
struct settings_sources {
	const char *file;		/* NULL: WIRESTAGE_CONFIG's, or none */
	const char *const *environment; /* "NAME=value"; NULL ends it */
	const struct setting_flag *flags;
	size_t flag_count;
};

/*
 * Read, check and complete the settings. Every error is added to complaints
 * with its file:line, variable or flag. *out is always written; its owner
 * calls settings_release(), and reads them again, while sources live, by
 * settings_load(out->sources, ...).
 *
 * FAULT_CONFIG     something was added to complaints
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault settings_load(const struct settings_sources *sources,
				    struct settings *out,
				    struct complaints *complaints);
void settings_release(struct settings *settings);

/* "gap" and "kafka.debug" are settings' names; "gap.file" is one as well. */
bool setting_is_known(const char *name);

/* Whether that setting of the table was set, and is not the default. */
bool setting_is_set(const struct settings *settings, const char *name);

/* Whether input.topics takes in that topic. */
bool settings_input_has(const struct settings *settings, const char *topic);

/* Whether two loads gave the number-th setting the same value. */
bool setting_is_same(const struct settings *a, const struct settings *b,
		     size_t number);

/* The name of the number-th setting, 0..; NULL after the last. */
const char *setting_name(size_t number);

/* Earliest, latest, a day (2025-09-01, of UTC) or an RFC 3339 instant. False:
 * none of these; *out is kept. */
bool start_parse(struct slice text, struct start *out);

/* One line "name = value" for each, behind a comment line that says where it
 * was set, if it was; secrets masked. */
void settings_print(const struct settings *settings, FILE *out);

/* One log event for each, secrets masked. */
void settings_log(const struct settings *settings);

/* The help of the settings that names (see struct command) selects. */
void settings_help(const char *const *names, FILE *out);

/* The whole reference, as a Markdown table. */
void settings_markdown(FILE *out);

#endif
