/* producer/handle.h - the producer's inside, for this folder alone. */
#ifndef PRODUCER_HANDLE_H
#define PRODUCER_HANDLE_H

#include "producer/producer.h"

/* When a record that is not acknowledged is given up, in at-least-once
 * delivery. */
enum { RECORD_TIMEOUT_MS = 180000 };

struct producer {
	rd_kafka_t *kafka;
	enum delivery delivery;
	int transaction_timeout_ms;
	bool in_transaction;

	/* Since the last begin, by delivery report. */
	unsigned failed;
	rd_kafka_resp_err_t failure; /* the first */
	rd_kafka_resp_err_t refused; /* the first that names the record */
	bool in_doubt; /* one was given up that a broker may have written */
};

/*
 * Hand a record to a client, which copies it; its delivery report gets opaque.
 * NULL, or what went wrong; the caller destroys that.
 */
rd_kafka_error_t *outgoing_produce(rd_kafka_t *kafka,
				   const struct outgoing *record, void *opaque);

#endif
