#include "base/log.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

static struct log_config logger = { LOG_WARN, LOG_LOGFMT, STDERR_FILENO, NULL };

/* Beside the rest, since it may change while other threads log. */
static atomic_int least_level = LOG_WARN;

static const char *const level_words[] = { "debug", "info", "warn", "error" };

/* Room kept free for what must follow a value that was cut. */
static const struct slice cut_mark = SLICE("...");
enum { LINE_TAIL = 8 }; /* cut_mark, quote, brace, newline */

struct line {
	char bytes[LOG_LINE_SIZE];
	size_t len;
	bool json, full;
};

void log_init(const struct log_config *config)
{
	assert(config);
	logger = *config;
	log_set_level(config->level);
}

void log_set_level(enum log_level level)
{
	atomic_store_explicit(&least_level, (int)level, memory_order_relaxed);
}

bool log_wants(enum log_level level)
{
	return (int)level >=
	       atomic_load_explicit(&least_level, memory_order_relaxed);
}

/* Append all of text or, once something did not fit, nothing. */
static void line_add(struct line *line, struct slice text)
{
	if (line->full || line->len + text.len > sizeof line->bytes - LINE_TAIL)
		line->full = true;
	else if (text.len > 0)
		memcpy(line->bytes + line->len, text.ptr, text.len);
	if (!line->full)
		line->len += text.len;
}

/* Append into the room that line_add() leaves. */
static void line_end(struct line *line, struct slice text)
{
	assert(text.len <= sizeof line->bytes - line->len);
	memcpy(line->bytes + line->len, text.ptr, text.len);
	line->len += text.len;
}

/* Controls would break the line, or command the terminal it is shown on. */
static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 ||
	       code == 0x2029;
}

static void line_add_escaped(struct line *line, uint32_t code)
{
	char text[8] = { '\\' };
	size_t len = 2;

	if (code == '\n')
		text[1] = 'n';
	else if (code == '\t')
		text[1] = 't';
	else if (code == '\r')
		text[1] = 'r';
	else
		len = (size_t)snprintf(text, sizeof text, "\\u%04x", code);
	line_add(line, (struct slice){ text, len });
}

/* The contents of a string, in the escapes that JSON and logfmt share. */
static void line_add_text(struct line *line, struct slice text)
{
	uint32_t code;

	while (text.len > 0 && !line->full) {
		if (utf8_valid_prefix(slice_head(
			    text, text.len < 4 ? text.len : 4)) == 0) {
			line_add(line, SLICE("\xef\xbf\xbd"));
			text = slice_skip(text, 1);
			continue;
		}
		size_t len = utf8_decode(text, &code);
		if (code == '"' || code == '\\')
			line_add(line,
				 (struct slice){ code == '"' ? "\\\"" : "\\\\",
						 2 });
		else if (is_control(code))
			line_add_escaped(line, code);
		else
			line_add(line, slice_head(text, len));
		text = slice_skip(text, len);
	}
}

static bool is_bare(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c <= ' ' || c >= 0x7f || strchr("\"=\\", c))
			return false;
	}
	return text.len > 0;
}

static void line_add_value(struct line *line, struct slice text)
{
	bool quoted = line->json || !is_bare(text);

	if (quoted)
		line_add(line, SLICE("\""));
	bool open = quoted && !line->full;
	line_add_text(line, text);
	if (line->full && open)
		line_end(line, cut_mark);
	if (open)
		line_end(line, SLICE("\""));
}

static void line_add_name(struct line *line, const char *name)
{
	if (line->len > 0)
		line_add(line, line->json ? SLICE(",") : SLICE(" "));
	else if (line->json)
		line_add(line, SLICE("{"));
	if (line->json)
		line_add(line, SLICE("\""));
	line_add(line, slice_from(name));
	line_add(line, line->json ? SLICE("\":") : SLICE("="));
}

/* A field of which nothing but its name fits is left out. */
static void line_add_field(struct line *line, struct log_field field)
{
	size_t len = line->len;
	char number[24];

	line_add_name(line, field.name);
	if (field.kind == LOG_KIND_INT) {
		snprintf(number, sizeof number, "%lld",
			 (long long)field.number);
		line_add(line, slice_from(number));
	} else {
		size_t before = line->len;
		line_add_value(line, field.text);
		if (line->full && line->len > before)
			return;
	}
	if (line->full)
		line->len = len;
}

static void line_add_time(struct line *line)
{
	char text[40];
	struct tm tm;

	if (!logger.now_ms)
		return;
	int64_t now_ms = logger.now_ms();
	time_t seconds = (time_t)(now_ms / 1000);
	gmtime_r(&seconds, &tm);
	size_t len = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + len, sizeof text - len, ".%03dZ", (int)(now_ms % 1000));
	line_add_field(line, LOG_STR("time", text));
}

void log_write(enum log_level level, const char *event,
	       const struct log_field *fields)
{
	assert(event && fields);
	if (!log_wants(level))
		return;

	struct line line;
	line.len = 0;
	line.full = false;
	line.json = logger.format == LOG_JSON;
	line_add_field(&line, LOG_STR("event", event));
	line_add_time(&line);
	line_add_field(&line, LOG_STR("level", level_words[level]));
	for (; fields->kind != LOG_KIND_END; fields++)
		if (fields->kind == LOG_KIND_INT || fields->text.ptr)
			line_add_field(&line, *fields);
	line_end(&line, line.json ? SLICE("}\n") : SLICE("\n"));

	/* Nobody is left to be told of a log that cannot be written. */
	ssize_t written = write(logger.fd, line.bytes, line.len);
	(void)written;
}

struct log_field log_str(const char *name, const char *text)
{
	return LOG_SLICE(name, text ? slice_from(text) : SLICE_NONE);
}

bool log_limit_passes(struct log_limit *limit)
{
	int64_t now_ms = logger.now_ms ? logger.now_ms() : 0;

	/* A clock that was put back must not silence the event for long. */
	if (now_ms < limit->next_ms &&
	    limit->next_ms - now_ms <= LOG_LIMIT_MS) {
		limit->held_back++;
		return false;
	}
	limit->next_ms = now_ms + (logger.now_ms ? LOG_LIMIT_MS : 0);
	return true;
}

int64_t log_limit_take(struct log_limit *limit)
{
	int64_t held_back = (int64_t)limit->held_back;

	limit->held_back = 0;
	return held_back;
}
