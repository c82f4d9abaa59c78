#include "kafka/conf.h"

#include "base/log.h"

/* librdkafka's log levels are syslog's severities (RFC 5424, table 2);
 * syslog.h itself would bring macros of the names of ours. */
enum { SEVERITY_ERROR = 3, SEVERITY_WARNING = 4, SEVERITY_INFO = 6 };

enum fault kafka_conf_set(rd_kafka_conf_t *conf,
			  struct kafka_properties properties,
			  struct fault_note *note)
{
	for (size_t i = 0; i < properties.count; i++) {
		const struct kafka_property *p = &properties.items[i];

		if (p->value &&
		    rd_kafka_conf_set(conf, p->name, p->value, note->text,
				      sizeof note->text))
			return FAULT_CONFIG;
	}
	return FAULT_NONE;
}

static enum log_level level_of(int severity)
{
	if (severity <= SEVERITY_ERROR)
		return LOG_ERROR;
	if (severity <= SEVERITY_WARNING)
		return LOG_WARN;
	return severity <= SEVERITY_INFO ? LOG_INFO : LOG_DEBUG;
}

/* librdkafka tries again by itself after these; what waits for it in vain is
 * told so where it waits. */
static bool is_mended(const char *facility)
{
	return !strcmp(facility, "FAIL") || !strcmp(facility, "ERROR");
}

static void log_line(const rd_kafka_t *kafka, int severity,
		     const char *facility, const char *text)
{
	static _Thread_local struct log_limit limit;
	enum log_level level = level_of(severity);

	/* This one comes with each attempt, many a second. */
	if (strstr(text, "brokers are down") && !log_limit_passes(&limit))
		return;
	if (level == LOG_ERROR && is_mended(facility))
		level = LOG_WARN;
	log_event(level, "librdkafka", LOG_STR("client", rd_kafka_name(kafka)),
		  LOG_STR("facility", facility), LOG_STR("text", text),
		  LOG_END);
}

void kafka_conf_log(rd_kafka_conf_t *conf)
{
	rd_kafka_conf_set_log_cb(conf, log_line);
}
