#include "producer/sender.h"

#include <assert.h>
#include <stdlib.h>

#include "kafka/client.h"
#include "producer/handle.h"

enum { POLL_MS = 100 };

struct sender {
	rd_kafka_t *kafka;
	struct sender_config config;
	size_t delivered;
};

static void delivery_reported(rd_kafka_t *kafka,
			      const rd_kafka_message_t *message, void *opaque)
{
	struct sender *sender = opaque;

	(void)kafka;
	/* rd_kafka_message_errstr() would give the message's own text. */
	if (!message->err)
		sender->delivered++;
	else
		sender->config.failed(sender->config.owner, message->_private,
				      rd_kafka_err2str(message->err));
}

static void set_callbacks(rd_kafka_conf_t *conf)
{
	rd_kafka_conf_set_dr_msg_cb(conf, delivery_reported);
}

static enum fault open_client(struct sender *sender, struct fault_note *note)
{
	const struct sender_config *config = &sender->config;
	/* A person waits: five minutes are too long to hear of a misspelt
	 * topic or a broker that is not there. */
	static const struct kafka_property defaults[] = {
		{ "message.timeout.ms", "30000" },
		{ "topic.metadata.propagation.max.ms", "5000" },
		{ "linger.ms", "5" },
		{ "compression.type", "lz4" },
	};
	const struct kafka_property ours[] = {
		{ "bootstrap.servers", config->bootstrap_servers },
		{ "client.id", config->client_id },
		{ "enable.idempotence", "true" },
		/* The brokers judge a record's size, not the client. */
		{ "message.max.bytes", "1000000000" },
		{ "partitioner", "murmur2_random" },
		{ "allow.auto.create.topics", "false" },
	};
	const struct kafka_client_config client = {
		.type = RD_KAFKA_PRODUCER,
		.defaults = KAFKA_PROPERTIES(defaults),
		.users = config->properties,
		.ours = KAFKA_PROPERTIES(ours),
		.set_callbacks = set_callbacks,
		.opaque = sender,
	};
	return kafka_client_open(&client, &sender->kafka, note);
}

enum fault sender_open(const struct sender_config *config, struct sender **out,
		       struct fault_note *note)
{
	assert(config && config->failed && out && note);

	struct sender *sender = calloc(1, sizeof *sender);
	if (!sender)
		return FAULT_NO_MEMORY;
	sender->config = *config;
	enum fault fault = open_client(sender, note);
	if (fault)
		free(sender);
	else
		*out = sender;
	return fault;
}

void sender_close(struct sender *sender)
{
	if (!sender)
		return;
	rd_kafka_purge(sender->kafka,
		       RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
	rd_kafka_destroy(sender->kafka);
	free(sender);
}

void sender_send(struct sender *sender, const struct outgoing *record,
		 const char *label)
{
	rd_kafka_error_t *error;

	while ((error = outgoing_produce(sender->kafka, record,
					 (void *)label)) &&
	       rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
		rd_kafka_error_destroy(error);
		rd_kafka_poll(sender->kafka, POLL_MS);
	}
	if (error) {
		sender->config.failed(sender->config.owner, label,
				      rd_kafka_error_string(error));
		rd_kafka_error_destroy(error);
	}
	rd_kafka_poll(sender->kafka, 0);
}

size_t sender_flush(struct sender *sender)
{
	while (rd_kafka_outq_len(sender->kafka) > 0)
		rd_kafka_flush(sender->kafka, POLL_MS);
	return sender->delivered;
}
