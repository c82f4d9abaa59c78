#include "producer/producer.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "kafka/client.h"
#include "producer/handle.h"

/*
 * How long a broker may take for an answer that a transaction waits for. Where
 * it has no connection, librdkafka keeps a request that long, whatever time the
 * step was given; by default, as long as a transaction may take.
 */
enum { ANSWER_TIMEOUT_MS = 10000 };

/* Codes by which brokers refuse a record for what it is. */
static bool is_refusal(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
	case RD_KAFKA_RESP_ERR_INVALID_MSG:
	case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
	case RD_KAFKA_RESP_ERR_INVALID_RECORD:
	case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
	case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
	case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
		return true;
	default:
		return false;
	}
}

static void delivery_reported(rd_kafka_t *kafka,
			      const rd_kafka_message_t *message, void *opaque)
{
	struct producer *producer = opaque;

	(void)kafka;
	if (!message->err)
		return;
	if (producer->failed++ == 0)
		producer->failure = message->err;
	if (rd_kafka_message_status(message) !=
	    RD_KAFKA_MSG_STATUS_NOT_PERSISTED)
		producer->in_doubt = true;
	if (!producer->refused && is_refusal(message->err))
		producer->refused = message->err;
}

/* n as a property, between what librdkafka allows. */
static void print_size(char out[16], size_t n, size_t least, size_t most)
{
	snprintf(out, 16, "%zu", n < least ? least : n > most ? most : n);
}

static void set_callbacks(rd_kafka_conf_t *conf)
{
	rd_kafka_conf_set_dr_msg_cb(conf, delivery_reported);
}

static enum fault open_client(const struct producer_config *config,
			      struct producer *producer,
			      struct fault_note *note)
{
	char timeout[16], record[16], answer[16], size[16], batch[16],
		queue[16];
	bool exactly_once = config->delivery == DELIVERY_EXACTLY_ONCE;

	snprintf(timeout, sizeof timeout, "%d", config->transaction_timeout_ms);
	snprintf(record, sizeof record, "%d", RECORD_TIMEOUT_MS);
	/* librdkafka takes no more than the transaction's. */
	print_size(answer, ANSWER_TIMEOUT_MS, 0,
		   (size_t)config->transaction_timeout_ms);
	print_size(size, config->message_max_bytes, 1000, 1000000000);
	/* A broker refuses a batch of more than the topic takes of a record. */
	print_size(batch, config->batch_max_bytes, 1, 1000000);
	/* A record larger than the queue would wait for room for ever. */
	print_size(queue, config->message_max_bytes / 1024 + 1024, 16384,
		   INT32_MAX);
	const struct kafka_property ours[] = {
		{ "bootstrap.servers", config->bootstrap_servers },
		{ "client.id", config->client_id },
		{ "enable.idempotence", "true" },
		{ "transactional.id",
		  exactly_once ? config->transactional_id : NULL },
		{ "transaction.timeout.ms", exactly_once ? timeout : NULL },
		/* By default as long as a consumer may go without a poll. No
		 * shorter than need be: what is given up comes again, behind
		 * what came after it. In transactions theirs counts. */
		{ "message.timeout.ms", exactly_once ? NULL : record },
		{ "message.max.bytes", size },
		/* As Java's producer, so that other writers of the topic
		 * put a key where we do. */
		{ "partitioner", "murmur2_random" },
		{ "allow.auto.create.topics", "false" },
		/* A report for each record costs more than sending it. */
		{ "delivery.report.only.error", "true" },
	};
	/* What a user may well change comes first. */
	const struct kafka_property defaults[] = {
		{ "linger.ms", "5" },
		{ "socket.timeout.ms", exactly_once ? answer : NULL },
		{ "queue.buffering.max.kbytes", queue },
		{ "batch.size", batch },
		{ "compression.type", "lz4" },
	};
	const struct kafka_client_config client = {
		.type = RD_KAFKA_PRODUCER,
		.defaults = KAFKA_PROPERTIES(defaults),
		.users = config->properties,
		.ours = KAFKA_PROPERTIES(ours),
		.set_callbacks = set_callbacks,
		.opaque = producer,
	};
	return kafka_client_open(&client, &producer->kafka, note);
}

enum fault producer_open(const struct producer_config *config,
			 struct producer **out, struct fault_note *note)
{
	assert(config && out && note);

	struct producer *producer = calloc(1, sizeof *producer);
	if (!producer)
		return FAULT_NO_MEMORY;
	producer->delivery = config->delivery;
	producer->transaction_timeout_ms = config->transaction_timeout_ms;

	enum fault fault = open_client(config, producer, note);
	if (fault)
		producer_close(producer);
	else
		*out = producer;
	return fault;
}

void producer_close(struct producer *producer)
{
	if (!producer)
		return;
	if (producer->kafka) {
		rd_kafka_purge(producer->kafka,
			       RD_KAFKA_PURGE_F_QUEUE |
				       RD_KAFKA_PURGE_F_INFLIGHT);
		rd_kafka_destroy(producer->kafka);
	}
	free(producer);
}

bool producer_refused(const struct producer *producer,
		      rd_kafka_resp_err_t *code)
{
	*code = producer->refused;
	return producer->refused != RD_KAFKA_RESP_ERR_NO_ERROR;
}

int producer_queue_length(const struct producer *producer)
{
	return rd_kafka_outq_len(producer->kafka);
}
