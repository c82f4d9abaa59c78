#include "producer/sender.h"

#include <assert.h>
#include <stdlib.h>

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

static enum fault conf_fill(rd_kafka_conf_t *conf,
			    const struct sender_config *config,
			    struct fault_note *note)
{
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
	const struct kafka_properties sources[] = {
		{ defaults, sizeof defaults / sizeof *defaults },
		config->properties,
		{ ours, sizeof ours / sizeof *ours },
	};
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < sizeof sources / sizeof *sources; i++)
		fault = kafka_conf_set(conf, sources[i], note);
	return fault;
}

enum fault sender_open(const struct sender_config *config, struct sender **out,
		       struct fault_note *note)
{
	assert(config && config->failed && out && note);

	enum fault fault = FAULT_NO_MEMORY;
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	struct sender *sender = calloc(1, sizeof *sender);
	if (!sender)
		goto fail;
	sender->config = *config;
	fault = conf_fill(conf, config, note);
	if (fault)
		goto fail;
	kafka_conf_log(conf);
	rd_kafka_conf_set_opaque(conf, sender);
	rd_kafka_conf_set_dr_msg_cb(conf, delivery_reported);

	fault = FAULT_CONFIG;
	sender->kafka = rd_kafka_new(RD_KAFKA_PRODUCER, conf, note->text,
				     sizeof note->text);
	if (!sender->kafka)
		goto fail;
	*out = sender;
	return FAULT_NONE;

fail:
	rd_kafka_conf_destroy(conf);
	free(sender);
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

/* NULL, or what came of it; the caller destroys that. */
static rd_kafka_error_t *try_send(struct sender *sender,
				  const struct outgoing *record,
				  const char *label)
{
	rd_kafka_headers_t *headers = outgoing_headers(record);
	const rd_kafka_vu_t vus[] = {
		{ .vtype = RD_KAFKA_VTYPE_TOPIC, .u.cstr = record->topic },
		{ .vtype = RD_KAFKA_VTYPE_KEY,
		  .u.mem = { (void *)record->key.ptr, record->key.len } },
		{ .vtype = RD_KAFKA_VTYPE_VALUE,
		  .u.mem = { (void *)record->value.ptr, record->value.len } },
		{ .vtype = RD_KAFKA_VTYPE_MSGFLAGS,
		  .u.i = RD_KAFKA_MSG_F_COPY },
		{ .vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers },
		{ .vtype = RD_KAFKA_VTYPE_TIMESTAMP,
		  .u.i64 = record->timestamp_ms > 0 ? record->timestamp_ms
						    : 0 },
		{ .vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = (void *)label },
	};
	rd_kafka_error_t *error = rd_kafka_produceva(sender->kafka, vus,
						     sizeof vus / sizeof *vus);

	if (error)
		rd_kafka_headers_destroy(headers);
	return error;
}

void sender_send(struct sender *sender, const struct outgoing *record,
		 const char *label)
{
	rd_kafka_error_t *error;

	while ((error = try_send(sender, record, label)) &&
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
