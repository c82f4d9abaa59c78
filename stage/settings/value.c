#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "stage/address.h"
#include "stage/settings/table.h"
#include "stage/terminal/nearest.h"
#include "stage/topic_pattern.h"
#include "transform/formats/format.h"
#include "transform/text/date.h"

enum { TOPIC_NAME_MAX = 249 }; /* Kafka's own limit */

bool start_parse(struct slice text, struct start *out)
{
	enum { DAY_MS = 86400000 };
	enum fault fault = FAULT_NONE;
	int64_t time_ms;
	int32_t days;

	if (slice_equal(text, SLICE("earliest")))
		*out = (struct start){ START_EARLIEST, 0 };
	else if (slice_equal(text, SLICE("latest")))
		*out = (struct start){ START_LATEST, 0 };
	else if (instant_parse(text, &time_ms))
		*out = (struct start){ START_TIME, time_ms };
	else if (date_parse_iso(text, &days, &fault) && !fault)
		*out = (struct start){ START_TIME, (int64_t)days * DAY_MS };
	else
		return false;
	return true;
}

/* A legal name of a topic: org.apache.kafka.common.internals.Topic. */
static bool topic_is_legal(struct slice topic)
{
	if (topic.len == 0 || topic.len > TOPIC_NAME_MAX)
		return false;
	if (slice_equal(topic, SLICE(".")) || slice_equal(topic, SLICE("..")))
		return false;
	for (size_t i = 0; i < topic.len; i++)
		if (!ascii_is_alnum(topic.ptr[i]) &&
		    !memchr("._-", topic.ptr[i], 3))
			return false;
	return true;
}

static bool pattern_is_valid(const char *text)
{
	struct topic_pattern pattern;

	if (!topic_pattern_init(&pattern, text))
		return false;
	topic_pattern_release(&pattern);
	return true;
}

static bool topics_are_legal(struct words words)
{
	if (words.count == 1 && topic_is_pattern(words.items[0]))
		return pattern_is_valid(words.items[0]);
	for (size_t i = 0; i < words.count; i++) {
		if (!topic_is_legal(slice_from(words.items[i])))
			return false;
		for (size_t j = 0; j < i; j++)
			if (!strcmp(words.items[i], words.items[j]))
				return false;
	}
	return words.count > 0;
}

/* A pattern may have commas of its own. An empty word is no word: the list
 * is then not written. */
static enum fault words_read(struct arena *arena, struct slice text,
			     struct words *out)
{
	struct slice word;
	const char **items = NULL;
	size_t count = 0;
	char separator = text.len > 0 && text.ptr[0] == '^' ? '\0' : ',';

	if (text.len == 0)
		text = SLICE_NONE;
	while (slice_split(&text, separator, &word)) {
		word = slice_trim(word);
		if (word.len == 0)
			return FAULT_CONFIG;
		const char **grown =
			arena_grow(arena, items, count, sizeof *items);
		struct slice copy = arena_copy(arena, word);
		if (!grown || !copy.ptr)
			return FAULT_NO_SPACE;
		items = grown;
		items[count++] = copy.ptr;
	}
	*out = (struct words){ items, count };
	return FAULT_NONE;
}

static bool number_read(const struct setting *setting, const char *value,
			int *out)
{
	char *end;

	if (!ascii_is_digit(value[0]))
		return false;
	long number = strtol(value, &end, 10);
	if (*end || number < setting->min || number > setting->max)
		return false;
	*out = (int)number;
	return true;
}

static bool choice_read(const struct setting *setting, const char *value,
			int *out)
{
	for (int i = 0; setting->words[i]; i++)
		if (!strcmp(setting->words[i], value)) {
			*out = i;
			return true;
		}
	return false;
}

static bool format_read(const char *value, const struct format **out)
{
	if (!strcmp(value, "auto")) {
		*out = NULL;
		return true;
	}
	const struct format *format = format_by_name(slice_from(value));
	if (format)
		*out = format;
	return format != NULL;
}

/* Parse by type, into the field; false where value is none. */
static bool field_read(struct settings *settings, const struct setting *setting,
		       const char *value)
{
	void *field = (char *)settings + setting->field;
	struct arena *arena = &settings->memory->arena;
	struct address address;
	struct words words;

	switch (setting->type) {
	case SETTING_TOPIC:
		if (!topic_is_legal(slice_from(value)))
			return false;
		break;
	case SETTING_TEXT:
		if (strlen(value) < (size_t)setting->min)
			return false;
		break;
	case SETTING_TOPICS:
	case SETTING_LIST:
		if (words_read(arena, slice_from(value), &words) ||
		    (setting->type == SETTING_TOPICS &&
		     !topics_are_legal(words)))
			return false;
		*(struct words *)field = words;
		return true;
	case SETTING_NUMBER:
		return number_read(setting, value, field);
	case SETTING_CHOICE:
		return choice_read(setting, value, field);
	case SETTING_START:
		return start_parse(slice_from(value), field);
	case SETTING_ADDRESS:
		if (*value && !address_parse(slice_from(value), &address))
			return false;
		break;
	case SETTING_QUIET:
		return !quiet_parse(slice_from(value), arena, field);
	case SETTING_FORMAT:
		return format_read(value, field);
	}
	*(const char **)field = value;
	return true;
}

static void words_join(const char *const *words, const char *first, char *out,
		       size_t size)
{
	size_t len = (size_t)snprintf(out, size, "%s", first);

	for (; *words && len < size; words++)
		len += (size_t)snprintf(out + len, size - len, "%s%s",
					len ? ", " : "", *words);
}

void setting_values(const struct setting *setting, char *out, size_t size)
{
	switch (setting->type) {
	case SETTING_TEXT:
		snprintf(out, size, "text");
		break;
	case SETTING_TOPIC:
		snprintf(out, size, "a topic");
		break;
	case SETTING_TOPICS:
		snprintf(out, size, "topics, or one ^pattern");
		break;
	case SETTING_LIST:
		snprintf(out, size, "names, by commas");
		break;
	case SETTING_NUMBER:
		snprintf(out, size, "%d to %d", setting->min, setting->max);
		break;
	case SETTING_CHOICE:
		words_join(setting->words, "", out, size);
		break;
	case SETTING_START:
		snprintf(out, size,
			 "earliest, latest, a day, or an RFC 3339 instant");
		break;
	case SETTING_ADDRESS:
		snprintf(out, size, "host:port");
		break;
	case SETTING_QUIET:
		snprintf(out, size, "ms, or topic:ms, by commas");
		break;
	case SETTING_FORMAT:
		words_join(format_names(), "auto", out, size);
		break;
	}
}

static struct nearest nearest_choice(const struct setting *setting,
				     struct slice value)
{
	struct nearest nearest = { NULL, 0 };
	const char *const *words = setting->words;

	if (setting->type == SETTING_FORMAT)
		words = format_names();
	for (; words && *words; words++)
		nearest_offer(&nearest, value, *words);
	return nearest;
}

bool setting_read(struct settings *settings, const struct setting *setting,
		  const char *value, const char *origin,
		  struct complaints *complaints)
{
	char values[200];

	if (field_read(settings, setting, value))
		return true;
	setting_values(setting, values, sizeof values);
	struct nearest near = nearest_choice(setting, slice_from(value));
	if (*value)
		complaint_add(complaints,
			      "%s: %s=%.100s is not valid: it takes %s%s%s%s",
			      origin, setting->name, value, values,
			      near.word ? "; did you mean " : "",
			      near.word ? near.word : "", near.word ? "?" : "");
	else
		complaint_add(complaints, "%s: %s is empty: it takes %s",
			      origin, setting->name, values);
	return false;
}
