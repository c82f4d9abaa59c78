#include "stage/topic_pattern.h"

#include <string.h>

bool topic_is_pattern(const char *text)
{
	return text[0] == '^';
}

bool topic_pattern_init(struct topic_pattern *pattern, const char *text)
{
	pattern->text = text;
	return !topic_is_pattern(text) ||
	       !regcomp(&pattern->regex, text, REG_EXTENDED | REG_NOSUB);
}

void topic_pattern_release(struct topic_pattern *pattern)
{
	if (topic_is_pattern(pattern->text))
		regfree(&pattern->regex);
}

bool topic_pattern_fits(const struct topic_pattern *pattern, const char *topic)
{
	if (topic_is_pattern(pattern->text))
		return !regexec(&pattern->regex, topic, 0, NULL, 0);
	return !strcmp(pattern->text, topic);
}
