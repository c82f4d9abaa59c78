/* producer/handle.h - the producer's inside, for this folder alone. */
#ifndef PRODUCER_HANDLE_H
#define PRODUCER_HANDLE_H

#include "producer/producer.h"

struct producer {
	rd_kafka_t *kafka;
	enum delivery delivery;
	int transaction_timeout_ms;
	bool in_transaction;

	/* Since the last begin, by delivery report. */
	unsigned failed;
	rd_kafka_resp_err_t failure; /* the first */
	rd_kafka_resp_err_t refused; /* the first that names the record */
};

/* librdkafka's copy of the headers; the caller destroys it, or gives it
 * away with the record. */
rd_kafka_headers_t *outgoing_headers(const struct outgoing *record);

#endif
