/* stage/topic_pattern.h - which topics an item of input.topics stands for. */
#ifndef STAGE_TOPIC_PATTERN_H
#define STAGE_TOPIC_PATTERN_H

#include <regex.h>
#include <stdbool.h>

/* The topic of that name; or those that fit it, where it begins with "^": a
 * POSIX extended regular expression, as librdkafka subscribes by it. */
struct topic_pattern {
	const char *text; /* borrowed */
	regex_t regex;	  /* of one with "^" alone */
};

/* Whether text begins with "^". */
bool topic_is_pattern(const char *text);

/* False: text begins with "^" and is no regular expression; then there is
 * nothing to release. */
bool topic_pattern_init(struct topic_pattern *pattern, const char *text);
void topic_pattern_release(struct topic_pattern *pattern);

/* Whether topic is one of those. */
bool topic_pattern_fits(const struct topic_pattern *pattern, const char *topic);

#endif
