#include "tests/bench/clients.h"

#include <stdio.h>
#include <stdlib.h>

enum { TRANSACTION_TIMEOUT_MS = 15000, MAX_MESSAGE_BYTES = 1048588 };

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

struct producer *open_producer(const struct task *task, unsigned number)
{
	char id[256];
	struct fault_note note;
	struct producer *producer;

	snprintf(id, sizeof id, "%s-%u", task->group, number);
	const struct producer_config config = {
		.bootstrap_servers = task->brokers,
		.client_id = id,
		.delivery = task->delivery,
		.transactional_id = id,
		.transaction_timeout_ms = TRANSACTION_TIMEOUT_MS,
		.message_max_bytes = MAX_MESSAGE_BYTES,
		.batch_max_bytes = MAX_MESSAGE_BYTES,
	};
	if (producer_open(&config, &producer, &note))
		fail("producer", note.text);
	return producer;
}

static void revoked(void *worker, bool lost)
{
	(void)worker;
	(void)lost;
}

static void gap_found(void *worker, const struct gap *gap)
{
	(void)worker;
	fail("gap", gap->topic);
}

struct consumer *open_consumer(const struct task *task)
{
	struct fault_note note;
	struct consumer *consumer;
	static const atomic_bool never;
	const struct consumer_config config = {
		.bootstrap_servers = task->brokers,
		.client_id = "passthrough",
		.group_id = task->group,
		.topics = &task->input,
		.topic_count = 1,
		.start.at = START_EARLIEST,
		.rebalance = REBALANCE_COOPERATIVE,
		.stop = &never,
		.events = { revoked, gap_found, NULL },
	};

	if (consumer_open(&config, &consumer, &note))
		fail("consumer", note.text);
	return consumer;
}
