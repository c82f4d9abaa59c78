#include "consumer/consumer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/log.h"
#include "consumer/handle.h"
#include "kafka/client.h"

static const char *assignor(enum rebalance rebalance)
{
	switch (rebalance) {
	case REBALANCE_COOPERATIVE:
		return "cooperative-sticky";
	case REBALANCE_EAGER:
		return "range,roundrobin";
	case REBALANCE_CONSUMER:
		break;
	}
	return NULL; /* the broker's affair */
}

static void set_callbacks(rd_kafka_conf_t *conf)
{
	rd_kafka_conf_set_rebalance_cb(conf, assignment_rebalance);
}

static enum fault open_client(struct consumer *consumer,
			      struct fault_note *note)
{
	const struct consumer_config *config = &consumer->config;
	const struct kafka_property ours[] = {
		{ "bootstrap.servers", config->bootstrap_servers },
		{ "client.id", config->client_id },
		{ "group.id", config->group_id },
		{ "group.instance.id", config->group_instance_id },
		{ "group.protocol", config->rebalance == REBALANCE_CONSUMER
					    ? "consumer"
					    : "classic" },
		{ "partition.assignment.strategy",
		  assignor(config->rebalance) },
		/* A missing offset is ours to resolve, never a silent jump. */
		{ "auto.offset.reset", "error" },
		/* Offsets are committed with what was made of the messages. */
		{ "enable.auto.commit", "false" },
		{ "enable.auto.offset.store", "false" },
		{ "isolation.level", "read_committed" },
		{ "allow.auto.create.topics", "false" },
		/* Where a partition ends in offsets without a message, only
		 * this tells that all of it was read. */
		{ "enable.partition.eof", "true" },
	};
	/* What a user may well change comes first. */
	const bool classic = config->rebalance != REBALANCE_CONSUMER;
	const struct kafka_property defaults[] = {
		/* A killed member is missed in ten seconds, not in 45, and a
		 * rebalance takes two heartbeats. KIP-848's groups have this
		 * from the brokers. */
		{ "session.timeout.ms", classic ? "10000" : NULL },
		{ "heartbeat.interval.ms", classic ? "1000" : NULL },
		/* By default a request that is never answered holds up what
		 * its broker leads for a minute, and a client that lost all
		 * brokers, but does not know it, looks at bootstrap.servers
		 * after five minutes. */
		{ "socket.timeout.ms", "30000" },
		{ "metadata.recovery.rebootstrap.trigger.ms", "30000" },
		/* By default a partition whose queue is full is left alone
		 * for a second. */
		{ "fetch.queue.backoff.ms", "5" },
		{ "queued.min.messages", "20000" },
		{ "queued.max.messages.kbytes", "2048" },
		/* Copy compresses well: a fetch of a megabyte holds ten. */
		{ "fetch.message.max.bytes", "262144" },
	};
	const struct kafka_client_config client = {
		.type = RD_KAFKA_CONSUMER,
		.defaults = KAFKA_PROPERTIES(defaults),
		.users = config->properties,
		.ours = KAFKA_PROPERTIES(ours),
		.set_callbacks = set_callbacks,
		.opaque = consumer,
	};
	return kafka_client_open(&client, &consumer->kafka, note);
}

static enum fault subscribe(struct consumer *consumer, struct fault_note *note)
{
	const struct consumer_config *config = &consumer->config;
	rd_kafka_topic_partition_list_t *topics =
		rd_kafka_topic_partition_list_new((int)config->topic_count);

	for (size_t i = 0; i < config->topic_count; i++)
		rd_kafka_topic_partition_list_add(topics, config->topics[i],
						  RD_KAFKA_PARTITION_UA);
	rd_kafka_resp_err_t err = rd_kafka_subscribe(consumer->kafka, topics);
	rd_kafka_topic_partition_list_destroy(topics);

	if (!err)
		return FAULT_NONE;
	return fault_noted(FAULT_CONFIG, note, "subscribe to input.topics: %s",
			   rd_kafka_err2str(err));
}

static enum fault fill_catalog(struct consumer *consumer,
			       struct fault_note *note)
{
	if (consumer->config.start.at != START_LATEST)
		return FAULT_NONE;
	rd_kafka_resp_err_t err = catalog_fill(
		consumer->config.catalog, consumer->kafka, BROKER_TIMEOUT_MS);
	if (!err)
		return FAULT_NONE;
	return fault_noted(FAULT_KAFKA, note, "list the topics: %s",
			   rd_kafka_err2str(err));
}

enum fault consumer_open(const struct consumer_config *config,
			 struct consumer **out, struct fault_note *note)
{
	assert(config && out && note);

	struct consumer *consumer = calloc(1, sizeof *consumer);
	if (!consumer)
		return FAULT_NO_MEMORY;
	consumer->config = *config;
	consumer->absent = config->rebalance != REBALANCE_CONSUMER;
	positions_init(&consumer->positions);

	enum fault fault = open_client(consumer, note);
	if (!fault) {
		rd_kafka_poll_set_consumer(consumer->kafka);
		fault = fill_catalog(consumer, note);
	}
	if (!fault)
		fault = subscribe(consumer, note);
	if (fault)
		consumer_close(consumer);
	else
		*out = consumer;
	return fault;
}

void consumer_close(struct consumer *consumer)
{
	if (!consumer)
		return;
	consumer->closing = true;
	watch_release(&consumer->watch);
	if (consumer->kafka) {
		assignment_leave(consumer);
		rd_kafka_consumer_close(consumer->kafka);
		rd_kafka_destroy(consumer->kafka);
	}
	positions_release(&consumer->positions);
	free(consumer);
}

rd_kafka_topic_partition_list_t *consumer_moved(struct consumer *consumer)
{
	return positions_list(&consumer->positions, true);
}

bool consumer_has_moved(const struct consumer *consumer)
{
	for (size_t i = 0; i < consumer->positions.count; i++)
		if (position_has_moved(&consumer->positions.items[i]))
			return true;
	return false;
}

void consumer_settle(struct consumer *consumer)
{
	positions_settle(&consumer->positions);
}

rd_kafka_resp_err_t consumer_commit(struct consumer *consumer)
{
	rd_kafka_topic_partition_list_t *moved = consumer_moved(consumer);
	rd_kafka_resp_err_t err = RD_KAFKA_RESP_ERR_NO_ERROR;

	if (moved->cnt > 0)
		err = rd_kafka_commit(consumer->kafka, moved, 0);
	rd_kafka_topic_partition_list_destroy(moved);
	if (!err)
		consumer_settle(consumer);
	return err;
}

bool consumer_rewind(struct consumer *consumer, struct fault_note *note)
{
	rd_kafka_topic_partition_list_t *all =
		positions_list(&consumer->positions, false);
	bool well = start_resolve(consumer, all, note) &&
		    assignment_seek(consumer, all, note);

	rd_kafka_topic_partition_list_destroy(all);
	if (well)
		consumer_settle(consumer);
	return well;
}

rd_kafka_consumer_group_metadata_t *consumer_member(
	const struct consumer *consumer)
{
	if (consumer->absent)
		return NULL;
	rd_kafka_consumer_group_metadata_t *member =
		rd_kafka_consumer_group_metadata(consumer->kafka);

	/* Without a generation the coordinator would not fence it. */
	if (member &&
	    rd_kafka_consumer_group_metadata_generation_id(member) < 0) {
		rd_kafka_consumer_group_metadata_destroy(member);
		return NULL;
	}
	return member;
}

bool consumer_is_untold(const struct consumer *consumer)
{
	return consumer->untold;
}

size_t consumer_partition_count(const struct consumer *consumer)
{
	return consumer->positions.count;
}
