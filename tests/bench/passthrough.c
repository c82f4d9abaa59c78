#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/bench/clients.h"

/*
 * What plain librdkafka takes to copy each message of a topic to another:
 * the measure that `wirestage run` is held against. No transform, no gaps, no
 * retries; any error ends it with status 1. The clients are opened as the
 * worker opens its own, and so have the same properties; from there on
 * librdkafka is called as the worker calls it, and commits are those of the
 * settings' defaults.
 *
 *	passthrough BROKERS GROUP INPUT OUTPUT DELIVERY WORKERS
 *
 * DELIVERY is exactly-once or at-least-once. It ends when each worker has
 * been without a message for IDLE_MS.
 */
enum {
	COMMIT_MESSAGES = 5000,
	COMMIT_INTERVAL_MS = 100,
	POLL_MS = 100,
	IDLE_MS = 3000,
	STEP_MS = 30000,
	WORKERS_MAX = 64,
};

struct worker {
	const struct task *task;
	unsigned number;
	pthread_t thread;
	struct consumer *consumer;
	struct producer *producer;
	rd_kafka_topic_partition_list_t *next; /* to commit */
	size_t messages;		       /* since the last commit */
	long long begun_ms;		       /* of the first of these */
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void note_position(struct worker *worker,
			  const rd_kafka_message_t *message)
{
	const char *topic = worker->task->input;
	rd_kafka_topic_partition_t *next = rd_kafka_topic_partition_list_find(
		worker->next, topic, message->partition);

	if (!next)
		next = rd_kafka_topic_partition_list_add(worker->next, topic,
							 message->partition);
	next->offset = message->offset + 1;
}

static void copy(struct worker *worker, rd_kafka_message_t *message)
{
	rd_kafka_headers_t *headers = NULL;
	rd_kafka_timestamp_type_t type;

	if (!rd_kafka_message_headers(message, &headers))
		headers = rd_kafka_headers_copy(headers);
	const rd_kafka_vu_t vus[] = {
		{ .vtype = RD_KAFKA_VTYPE_TOPIC,
		  .u.cstr = worker->task->output },
		{ .vtype = RD_KAFKA_VTYPE_KEY,
		  .u.mem = { message->key, message->key_len } },
		{ .vtype = RD_KAFKA_VTYPE_VALUE,
		  .u.mem = { message->payload, message->len } },
		{ .vtype = RD_KAFKA_VTYPE_MSGFLAGS,
		  .u.i = RD_KAFKA_MSG_F_COPY },
		{ .vtype = RD_KAFKA_VTYPE_TIMESTAMP,
		  .u.i64 = rd_kafka_message_timestamp(message, &type) },
		{ .vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers },
	};
	size_t count = sizeof vus / sizeof *vus - (headers ? 0 : 1);
	rd_kafka_error_t *error;

	while ((error = rd_kafka_produceva(worker->producer->kafka, vus,
					   count)) &&
	       rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
		rd_kafka_error_destroy(error);
		rd_kafka_poll(worker->producer->kafka, POLL_MS);
	}
	check_error("produce", error);
}

static void commit_transaction(struct worker *worker)
{
	rd_kafka_consumer_group_metadata_t *member =
		rd_kafka_consumer_group_metadata(worker->consumer->kafka);

	check_error("send offsets", rd_kafka_send_offsets_to_transaction(
					    worker->producer->kafka,
					    worker->next, member, STEP_MS));
	check_error("commit", rd_kafka_commit_transaction(
				      worker->producer->kafka, STEP_MS));
	rd_kafka_consumer_group_metadata_destroy(member);
}

static void commit(struct worker *worker)
{
	if (worker->messages == 0)
		return;
	if (worker->task->delivery == DELIVERY_EXACTLY_ONCE) {
		commit_transaction(worker);
	} else {
		check("flush",
		      rd_kafka_flush(worker->producer->kafka, STEP_MS));
		check("delivery", worker->producer->failure);
		check("commit", rd_kafka_commit(worker->consumer->kafka,
						worker->next, 0));
	}
	worker->messages = 0;
}

static void take(struct worker *worker, rd_kafka_message_t *message)
{
	if (worker->messages++ == 0) {
		worker->begun_ms = now_ms();
		if (worker->task->delivery == DELIVERY_EXACTLY_ONCE)
			check_error("begin", rd_kafka_begin_transaction(
						     worker->producer->kafka));
	}
	note_position(worker, message);
	copy(worker, message);
}

static bool is_due(const struct worker *worker)
{
	return worker->messages >= COMMIT_MESSAGES ||
	       (worker->messages > 0 &&
		now_ms() - worker->begun_ms >= COMMIT_INTERVAL_MS);
}

/* The next message, if one comes; that a partition ended is no news. */
static rd_kafka_message_t *poll_message(struct worker *worker)
{
	rd_kafka_message_t *message =
		rd_kafka_consumer_poll(worker->consumer->kafka, POLL_MS);

	if (worker->consumer->broken)
		fail("assign", worker->consumer->broken_note.text);
	if (!message || message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF)
		return message;
	rd_kafka_message_destroy(message);
	return NULL;
}

static void *work(void *opaque)
{
	struct worker *worker = opaque;
	long long last_ms = 0; /* a message came; 0: none yet */

	while (!last_ms || now_ms() - last_ms < IDLE_MS) {
		rd_kafka_message_t *message = poll_message(worker);
		if (message) {
			check("poll", message->err);
			take(worker, message);
			rd_kafka_message_destroy(message);
			last_ms = now_ms();
		}
		if (is_due(worker))
			commit(worker);
	}
	commit(worker);
	return NULL;
}

static void worker_open(struct worker *worker, const struct task *task,
			unsigned number)
{
	worker->task = task;
	worker->number = number;
	worker->next = rd_kafka_topic_partition_list_new(0);
	worker->producer = open_producer(task, number);
	if (task->delivery == DELIVERY_EXACTLY_ONCE)
		check_error("init", rd_kafka_init_transactions(
					    worker->producer->kafka, STEP_MS));
	worker->consumer = open_consumer(task);
	if (pthread_create(&worker->thread, NULL, work, worker))
		fail("thread", "cannot start");
}

static void worker_close(struct worker *worker)
{
	pthread_join(worker->thread, NULL);
	consumer_close(worker->consumer);
	producer_close(worker->producer);
	rd_kafka_topic_partition_list_destroy(worker->next);
}

int main(int argc, char **argv)
{
	static struct worker workers[WORKERS_MAX];

	if (argc != 7)
		fail("usage", "BROKERS GROUP INPUT OUTPUT DELIVERY WORKERS");
	const struct task task = {
		argv[1],
		argv[2],
		argv[3],
		argv[4],
		strcmp(argv[5], "exactly-once") != 0 ? DELIVERY_AT_LEAST_ONCE
						     : DELIVERY_EXACTLY_ONCE,
	};
	char *end;
	unsigned long count = strtoul(argv[6], &end, 10);
	if (*end || count < 1 || count > WORKERS_MAX)
		fail("usage", "WORKERS is a number from 1 to 64");
	for (unsigned i = 0; i < count; i++)
		worker_open(&workers[i], &task, i);
	for (unsigned i = 0; i < count; i++)
		worker_close(&workers[i]);
	return 0;
}
