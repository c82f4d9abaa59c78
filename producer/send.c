#include <stdlib.h>

#include "producer/handle.h"

enum {
	/* A record batch of one: 61 bytes of batch header, and a record's
	 * lengths and deltas, each a varint of at most 5 or 10 bytes. */
	BATCH_OVERHEAD = 61 + 64,
	HEADER_OVERHEAD = 10,
	POLL_MS = 100,
};

size_t outgoing_size(const struct outgoing *record)
{
	size_t size = BATCH_OVERHEAD + record->key.len + record->value.len;

	for (size_t i = 0; i < record->header_count; i++)
		size += HEADER_OVERHEAD + record->headers[i].name.len +
			record->headers[i].value.len;
	return size;
}

/* librdkafka's copy of the headers; the caller destroys it, or gives it
 * away with the record. */
static rd_kafka_headers_t *headers_new(const struct outgoing *record)
{
	rd_kafka_headers_t *headers =
		rd_kafka_headers_new(record->header_count);

	for (size_t i = 0; i < record->header_count; i++) {
		const struct record_header *h = &record->headers[i];
		rd_kafka_header_add(headers, h->name.ptr, (ssize_t)h->name.len,
				    h->value.ptr, (ssize_t)h->value.len);
	}
	return headers;
}

rd_kafka_error_t *outgoing_produce(rd_kafka_t *kafka,
				   const struct outgoing *record, void *opaque)
{
	rd_kafka_headers_t *headers = headers_new(record);
	const rd_kafka_vu_t vus[] = {
		{ .vtype = RD_KAFKA_VTYPE_TOPIC, .u.cstr = record->topic },
		{ .vtype = RD_KAFKA_VTYPE_KEY,
		  .u.mem = { (void *)record->key.ptr, record->key.len } },
		{ .vtype = RD_KAFKA_VTYPE_VALUE,
		  .u.mem = { (void *)record->value.ptr, record->value.len } },
		{ .vtype = RD_KAFKA_VTYPE_MSGFLAGS,
		  .u.i = RD_KAFKA_MSG_F_COPY },
		{ .vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers },
		/* 0 is librdkafka's "now". */
		{ .vtype = RD_KAFKA_VTYPE_TIMESTAMP,
		  .u.i64 = record->timestamp_ms > 0 ? record->timestamp_ms
						    : 0 },
		{ .vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = opaque },
	};
	rd_kafka_error_t *error =
		rd_kafka_produceva(kafka, vus, sizeof vus / sizeof *vus);

	if (error)
		rd_kafka_headers_destroy(headers);
	return error;
}

static bool is_full(const rd_kafka_error_t *error)
{
	return rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL;
}

enum transaction_action producer_send(struct producer *producer,
				      const struct outgoing *record,
				      struct fault_note *note)
{
	rd_kafka_error_t *error;

	/* The wait is bounded: what fills the queue is delivered, or fails
	 * when the message's or the transaction's time is up. */
	while (is_full(error = outgoing_produce(producer->kafka, record,
						NULL)) &&
	       rd_kafka_outq_len(producer->kafka) > 0) {
		rd_kafka_error_destroy(error);
		rd_kafka_poll(producer->kafka, POLL_MS);
	}
	/* What an empty queue has no room for is too large as well. */
	if (is_full(error) ||
	    (error && rd_kafka_error_code(error) ==
			      RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE))
		producer->refused = RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE;
	if (is_full(error)) {
		rd_kafka_error_destroy(error);
		error = rd_kafka_error_new(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
					   "a record larger than "
					   "queue.buffering.max.kbytes");
	}
	return transaction_judge(STEP_PRODUCE, error, note);
}
