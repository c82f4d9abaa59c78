/* consumer/handle.h - the consumer's inside, for this folder alone. */
#ifndef CONSUMER_HANDLE_H
#define CONSUMER_HANDLE_H

#include "consumer/consumer.h"
#include "consumer/positions.h"
#include "consumer/watch.h"

struct consumer {
	rd_kafka_t *kafka;
	struct consumer_config config;
	struct positions positions;
	struct watch watch;
	bool closing;
	bool untold; /* brokers kept the group's offsets to themselves */
	bool absent; /* the group has given it nothing yet, or not again since
		      * its session ended; never in the protocol of KIP-848 */

	/* What a callback met, which cannot return it. */
	enum fault broken;
	bool broken_renewable;
	struct fault_note broken_note;
};

/* How long brokers may take to answer before the consumer is opened anew. One
 * that metadata named no broker to is never answered: librdkafka 2.14 forgets
 * its last broker by it, and does not look for another. */
enum { BROKER_TIMEOUT_MS = 10000 };

/* librdkafka's rebalance callback; opaque is the consumer. */
void assignment_rebalance(rd_kafka_t *kafka, rd_kafka_resp_err_t code,
			  rd_kafka_topic_partition_list_t *partitions,
			  void *opaque);

/* Read the partitions of the list, which are held, from its offsets. False:
 * librdkafka refuses; note says why. */
MUST_CHECK bool assignment_seek(struct consumer *consumer,
				rd_kafka_topic_partition_list_t *list,
				struct fault_note *note);

/* Give the held partitions their ends, by config.bounds; those that are there
 * already, or are not among the bounds, are paused. */
void assignment_bound(struct consumer *consumer);

/* The partition came to its end: take and fetch no more of it. */
void assignment_finish(struct consumer *consumer, struct position *position);

/* Before closing: have a member that holds nothing leave the group. */
void assignment_leave(struct consumer *consumer);

/*
 * Give every partition of the list a concrete offset: the group's, else the
 * one that config.start says, which is then committed. False: the brokers do
 * not tell; note says why.
 */
MUST_CHECK bool start_resolve(struct consumer *consumer,
			      rd_kafka_topic_partition_list_t *list,
			      struct fault_note *note);

/* Log, report and, by policy, skip the gap that message, an error, stands
 * for; where the offset is there after all, read on from it. FAULT_KAFKA: the
 * policy says stop, or the brokers do not answer. */
MUST_CHECK enum fault gap_handle(struct consumer *consumer,
				 const rd_kafka_message_t *message,
				 bool *renewable, struct fault_note *note);

#endif
