/* base/log.h - one line an event, by one write(2). */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
enum log_format { LOG_LOGFMT, LOG_JSON };

/* The process's one logger; base/ keeps no other state. */
struct log_config {
	enum log_level level; /* quieter events are left out */
	enum log_format format;
	int fd;
	int64_t (*now_ms)(void); /* since 1970; NULL: lines carry no time */
};

/* Set the logger up, before the first thread starts. Until then warnings and
 * errors go to stderr as logfmt, without a time. config is copied. */
void log_init(const struct log_config *config);

/* Write from that level on, from now on; any thread may call it. */
void log_set_level(enum log_level level);

/* Whether events of that level are written: ask before costly fields. */
bool log_wants(enum log_level level);

enum log_kind { LOG_KIND_END, LOG_KIND_SLICE, LOG_KIND_INT };

/* One key=value. name is a static word: letters, digits, '_', '.'. */
struct log_field {
	const char *name;
	enum log_kind kind;
	struct slice text; /* borrowed for the call; none: left out */
	int64_t number;
};

#define LOG_SLICE(name, slice) \
	((struct log_field){ name, LOG_KIND_SLICE, slice, 0 })
#define LOG_INT(name, number) \
	((struct log_field){ name, LOG_KIND_INT, SLICE_NONE, number })
#define LOG_STR(name, text) log_str(name, text)
#define LOG_ERRNO(code) log_str("error", strerrordesc_np(code))
#define LOG_END ((struct log_field){ NULL, LOG_KIND_END, SLICE_NONE, 0 })

/*
 * Write one event, a static word like a field's name, with its fields. Values
 * are quoted and escaped, bytes that are not UTF-8 become U+FFFD, and what
 * makes the line longer than LOG_LINE_SIZE is cut off with "...". LOG_END is
 * put behind the fields; it need be given only where there are none.
 *
 *	log_event(LOG_WARN, "gap", LOG_STR("topic", topic),
 *		  LOG_INT("partition", 3), LOG_END);
 *	event=gap time=2025-09-09T10:37:00.123Z level=warn topic=raw partition=3
 *
 * Threads may call it at once: a line is one write. A line that cannot be
 * written is lost.
 */
#define log_event(level, event, ...) \
	log_write(level, event, \
		  (const struct log_field[]){ __VA_ARGS__, LOG_END })
enum { LOG_LINE_SIZE = 4096 }; /* PIPE_BUF: a pipe keeps the line whole */
void log_write(enum log_level level, const char *event,
	       const struct log_field *fields);

/* For LOG_STR(): text may be NULL, and the field is then left out. */
struct log_field log_str(const char *name, const char *text);

/* How often one kind of event may be logged. Zeroed at the start; belongs to
 * one thread. */
struct log_limit {
	int64_t next_ms;
	uint64_t held_back; /* since the last line; for that line */
};

enum { LOG_LIMIT_MS = 60000 };

/*
 * Whether the event is to be logged now: the first time, then once a minute.
 *
 *	if (log_limit_passes(&limit))
 *		log_event(LOG_WARN, "rejected",
 *			  LOG_INT("held_back", log_limit_take(&limit)), LOG_END);
 */
bool log_limit_passes(struct log_limit *limit);

/* The events held back since the last line, which is then 0 again. */
int64_t log_limit_take(struct log_limit *limit);

#endif
