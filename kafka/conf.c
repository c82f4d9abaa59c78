#include "kafka/conf.h"

#include <string.h>

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

static void log_text(const rd_kafka_t *kafka, enum log_level level,
		     const char *facility, const char *text)
{
	log_event(level, "librdkafka", LOG_STR("client", rd_kafka_name(kafka)),
		  LOG_STR("facility", facility), LOG_STR("text", text),
		  LOG_END);
}

static void log_line(const rd_kafka_t *kafka, int severity,
		     const char *facility, const char *text)
{
	enum log_level level = level_of(severity);

	/* It connects again by itself; what waits for that in vain is told so
	 * where it waits. */
	if (level == LOG_ERROR && !strcmp(facility, "FAIL"))
		level = LOG_WARN;
	log_text(kafka, level, facility, text);
}

/* Why a connection failed comes here too, after its line; that all have failed
 * comes with each attempt, many a second. A refused login is told twice: that
 * no token was to be had for it has no line. */
static void log_error(rd_kafka_t *kafka, int err, const char *text,
		      void *opaque)
{
	(void)opaque;
	switch ((rd_kafka_resp_err_t)err) {
	case RD_KAFKA_RESP_ERR__TRANSPORT:
	case RD_KAFKA_RESP_ERR__RESOLVE:
	case RD_KAFKA_RESP_ERR__SSL:
	case RD_KAFKA_RESP_ERR__TIMED_OUT:
	case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
		return;
	default:
		log_text(kafka, LOG_WARN, "ERROR", text);
	}
}

void kafka_conf_log(rd_kafka_conf_t *conf)
{
	rd_kafka_conf_set_log_cb(conf, log_line);
	rd_kafka_conf_set_error_cb(conf, log_error);
}
