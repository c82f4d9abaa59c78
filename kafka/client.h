/* kafka/client.h - a librdkafka client, opened the one way that all are. */
#ifndef KAFKA_CLIENT_H
#define KAFKA_CLIENT_H

#include "kafka/conf.h"

/* All of an array: const struct kafka_property[]. */
#define KAFKA_PROPERTIES(array) \
	((struct kafka_properties){ array, sizeof(array) / sizeof *(array) })

struct kafka_client_config {
	rd_kafka_type_t type;
	/* A later one wins: what a user may well change, what the user set,
	 * and what our guarantees rest on. */
	struct kafka_properties defaults, users, ours;
	void (*set_callbacks)(rd_kafka_conf_t *conf); /* NULL: none */
	void *opaque;				      /* for the callbacks */
};

/*
 * Open a client; its log lines go to base/log.h. config is borrowed for the
 * call. The caller destroys *out, which is written only on FAULT_NONE.
 * FAULT_CONFIG: librdkafka refuses a property; note says which and why.
 */
MUST_CHECK enum fault kafka_client_open(const struct kafka_client_config *config,
					rd_kafka_t **out,
					struct fault_note *note);

#endif
