/* kafka/conf.h - what every librdkafka client here is configured by. */
#ifndef KAFKA_CONF_H
#define KAFKA_CONF_H

#include <librdkafka/rdkafka.h>

#include "base/fault.h"

/* One librdkafka property; a NULL value is left at its default. */
struct kafka_property {
	const char *name, *value;
};

/* Some properties in a row; borrowed. */
struct kafka_properties {
	const struct kafka_property *items;
	size_t count;
};

/*
 * Set properties; a later one wins.
 * FAULT_CONFIG: librdkafka refuses one; note says which and why.
 */
MUST_CHECK enum fault kafka_conf_set(rd_kafka_conf_t *conf,
				     struct kafka_properties properties,
				     struct fault_note *note);

/*
 * Send the client's own log lines to base/log.h as event=librdkafka, and the
 * errors that may have none. A failed connection, which it opens again by
 * itself, is a warning; so are the errors, which its user hears of where they
 * matter.
 */
void kafka_conf_log(rd_kafka_conf_t *conf);

#endif
