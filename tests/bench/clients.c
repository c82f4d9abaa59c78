#include "tests/bench/clients.h"

#include <stdio.h>
#include <stdlib.h>

#include "kafka/conf.h"

_Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "passthrough: %s: %s\n", what, why);
	_Exit(1);
}

void check(const char *what, rd_kafka_resp_err_t code)
{
	if (code)
		fail(what, rd_kafka_err2str(code));
}

void check_error(const char *what, rd_kafka_error_t *error)
{
	if (error)
		fail(what, rd_kafka_error_string(error));
}

/* properties end with a row without a name. */
static rd_kafka_conf_t *conf_new(const struct kafka_property *properties)
{
	struct fault_note note;
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	size_t count = 0;

	while (properties[count].name)
		count++;
	if (kafka_conf_set(conf, (struct kafka_properties){ properties, count },
			   &note))
		fail("configuration", note.text);
	return conf;
}

static rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *conf)
{
	char why[512];
	rd_kafka_t *client = rd_kafka_new(type, conf, why, sizeof why);

	if (!client)
		fail("client", why);
	return client;
}

static void delivery_reported(rd_kafka_t *kafka,
			      const rd_kafka_message_t *message, void *opaque)
{
	(void)kafka;
	(void)opaque;
	check("delivery", message->err);
}

static void rebalanced(rd_kafka_t *kafka, rd_kafka_resp_err_t code,
		       rd_kafka_topic_partition_list_t *partitions,
		       void *opaque)
{
	(void)opaque;
	if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
		check_error("assign",
			    rd_kafka_incremental_assign(kafka, partitions));
	else
		check_error("unassign",
			    rd_kafka_incremental_unassign(kafka, partitions));
}

rd_kafka_t *producer_new(const struct task *task, unsigned number)
{
	char id[256];

	snprintf(id, sizeof id, "%s-%u", task->group, number);
	const struct kafka_property properties[] = {
		{ "bootstrap.servers", task->brokers },
		{ "enable.idempotence", "true" },
		{ "transactional.id", task->exactly_once ? id : NULL },
		{ "transaction.timeout.ms", "15000" },
		{ "partitioner", "murmur2_random" },
		{ "allow.auto.create.topics", "false" },
		{ "delivery.report.only.error", "true" },
		{ "linger.ms", "5" },
		{ "queue.buffering.max.kbytes", "16384" },
		{ "compression.type", "lz4" },
		{ NULL, NULL },
	};
	rd_kafka_conf_t *conf = conf_new(properties);

	rd_kafka_conf_set_dr_msg_cb(conf, delivery_reported);
	return client_new(RD_KAFKA_PRODUCER, conf);
}

rd_kafka_t *consumer_new(const struct task *task)
{
	const struct kafka_property properties[] = {
		{ "bootstrap.servers", task->brokers },
		{ "group.id", task->group },
		{ "partition.assignment.strategy", "cooperative-sticky" },
		{ "auto.offset.reset", "earliest" },
		{ "enable.auto.commit", "false" },
		{ "enable.auto.offset.store", "false" },
		{ "isolation.level", "read_committed" },
		{ "allow.auto.create.topics", "false" },
		{ "fetch.queue.backoff.ms", "5" },
		{ "queued.min.messages", "20000" },
		{ "queued.max.messages.kbytes", "2048" },
		{ "fetch.message.max.bytes", "262144" },
		{ NULL, NULL },
	};
	rd_kafka_conf_t *conf = conf_new(properties);
	rd_kafka_conf_set_rebalance_cb(conf, rebalanced);
	rd_kafka_t *consumer = client_new(RD_KAFKA_CONSUMER, conf);
	rd_kafka_topic_partition_list_t *topics =
		rd_kafka_topic_partition_list_new(1);

	rd_kafka_poll_set_consumer(consumer);
	rd_kafka_topic_partition_list_add(topics, task->input,
					  RD_KAFKA_PARTITION_UA);
	check("subscribe", rd_kafka_subscribe(consumer, topics));
	rd_kafka_topic_partition_list_destroy(topics);
	return consumer;
}
