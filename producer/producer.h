/* producer/producer.h - records into topics, in transactions or not. */
#ifndef PRODUCER_PRODUCER_H
#define PRODUCER_PRODUCER_H

#include <stdatomic.h>

#include "base/fault.h"
#include "base/record.h"
#include "kafka/conf.h"
#include "producer/transaction.h"

enum delivery {
	DELIVERY_EXACTLY_ONCE,	/* transactions; transactional_id is needed */
	DELIVERY_AT_LEAST_ONCE, /* idempotent, acknowledged before commits */
};

struct producer_config {
	const char *bootstrap_servers, *client_id;
	enum delivery delivery;
	const char *transactional_id; /* NULL: at-least-once */
	int transaction_timeout_ms;   /* exactly-once: a record's as well */
	/* What the topics written to take: the one that takes most, and the
	 * one that takes least, for batches are made alike for all. */
	size_t message_max_bytes, batch_max_bytes;
	struct kafka_properties properties; /* the user's */
};

/* One record on its way out; all borrowed for the call. */
struct outgoing {
	const char *topic;
	struct slice key, value; /* ptr NULL: null */
	int64_t timestamp_ms;	 /* -1: the time of sending */
	const struct record_header *headers;
	size_t header_count;
};

/* Not to be shared between threads. */
struct producer;

/* How long a commit, or a flush, and the abort that follows may keep the
 * caller, all in all. */
int64_t producer_longest_wait_ms(enum delivery delivery,
				 int transaction_timeout_ms);

/*
 * FAULT_CONFIG     librdkafka refuses a property; note says which and why
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault producer_open(const struct producer_config *config,
				    struct producer **out,
				    struct fault_note *note);

/* Drop what is not yet sent and close; NULL is allowed. */
void producer_close(struct producer *producer);

/* What a record takes of a topic's max.message.bytes, at the most: its parts
 * and the framing of a batch of one (KIP-98, record batch format v2). */
size_t outgoing_size(const struct outgoing *record);

/*
 * Hand one record over; librdkafka copies it. Waits for room where the queue
 * is full, serving delivery reports meanwhile.
 * Returns what follows by the table at STEP_PRODUCE; ACTION_GO_ON: taken.
 */
MUST_CHECK enum transaction_action producer_send(struct producer *producer,
						 const struct outgoing *record,
						 struct fault_note *note);

/* Begin a transaction; nothing in at-least-once. */
MUST_CHECK enum transaction_action producer_begin(struct producer *producer,
						  struct fault_note *note);

/* Fence whoever used the transactional id before, and wait until what it
 * left open is aborted. Repeats while stop is false. */
MUST_CHECK enum transaction_action producer_init(struct producer *producer,
						 const atomic_bool *stop,
						 struct fault_note *note);

/* Where a transaction may have left something. */
struct forgotten {
	const char *output_topic, *deadletter_topic, *group_id;
};

/*
 * A partition that had no leader when a transaction ended may never have been
 * told: Kafka 4.3 calls it ended all the same (KAFKA-20734), and what is left
 * hides the group's offsets, or what comes after it, for good. What a later
 * transaction of the same id writes there at its end holds for both. So: abort
 * one that has a record in each partition, and an offset of the group.
 * In exactly-once delivery alone; waits for brokers while stop is false.
 */
MUST_CHECK enum transaction_action producer_end_forgotten(
	struct producer *producer, const struct forgotten *forgotten,
	const atomic_bool *stop, struct fault_note *note);

/*
 * Commit the transaction with the next offsets of its input, for that member
 * of the group. Repeats what the table says is to be repeated, but has the
 * producer renewed where a step has done nothing but time out for
 * transaction_timeout_ms and 5 s. ACTION_GO_ON: committed.
 */
MUST_CHECK enum transaction_action producer_commit(
	struct producer *producer,
	const rd_kafka_topic_partition_list_t *offsets,
	const rd_kafka_consumer_group_metadata_t *member,
	struct fault_note *note);

/* At-least-once: wait until all is acknowledged. */
MUST_CHECK enum transaction_action producer_flush(struct producer *producer,
						  struct fault_note *note);

/* Abort the transaction, with as much patience; or drop what is queued in
 * at-least-once. */
MUST_CHECK enum transaction_action producer_abort(struct producer *producer,
						  struct fault_note *note);

/*
 * Whether, since the last begin, brokers refused a record for what it is (too
 * large, invalid), so that sending it again is vain; *code says how.
 */
bool producer_refused(const struct producer *producer,
		      rd_kafka_resp_err_t *code);

/* Bytes and records not yet acknowledged, for metrics. */
int producer_queue_length(const struct producer *producer);

#endif
