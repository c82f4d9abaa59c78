/* consumer/consumer.h - raw messages, as a member of a consumer group. */
#ifndef CONSUMER_CONSUMER_H
#define CONSUMER_CONSUMER_H

#include <librdkafka/rdkafka.h>
#include <stdatomic.h>

#include "base/fault.h"
#include "base/record.h"
#include "consumer/bounds.h"
#include "consumer/catalog.h"
#include "consumer/policy.h"
#include "kafka/conf.h"

/* Messages that are gone before they were read: by retention; or, where from
 * is behind to, with the end of a log that was cut off. */
struct gap {
	const char *topic;
	int32_t partition;
	int64_t from, to; /* offsets: from the one wanted up to, not including,
			     the one read on from */
};

/* What the consumer tells its worker, from within consumer_poll() and
 * consumer_close(). */
struct consumer_events {
	/* Partitions are taken away; nothing of theirs may be in a later
	 * transaction. So: commit what is open, or abort it where the group
	 * has already given them to others (lost). */
	void (*revoked)(void *worker, bool lost);
	void (*gap_found)(void *worker, const struct gap *gap);
	void *worker;
};

struct consumer_config {
	const char *bootstrap_servers, *client_id, *group_id;
	const char *group_instance_id; /* NULL: a dynamic member */
	const char *const *topics;     /* names, or "^pattern"s */
	size_t topic_count;
	struct start start;
	/* The caller's, for all its consumers: with START_LATEST the first
	 * fills it, and a partition that comes later is read from its first
	 * message. */
	struct catalog *catalog;
	enum gap_policy gap;
	enum rebalance rebalance;
	struct kafka_properties properties; /* the user's */
	const struct bounds *bounds; /* all that is read, and the start of what
					has no offset; NULL: read on for ever */
	const atomic_bool *stop; /* once true, no offsets are waited for: it is
				    about to be closed */
	struct consumer_events events;
};

/* Not to be shared between threads. */
struct consumer;

/*
 * Open, and subscribe. What config points to is borrowed until
 * consumer_close().
 * FAULT_CONFIG     librdkafka refuses a property or a topic; note says which
 * FAULT_KAFKA      the brokers do not tell what topics there are
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault consumer_open(const struct consumer_config *config,
				    struct consumer **out,
				    struct fault_note *note);

/* Leave the group, which may call events.revoked, and close; NULL is
 * allowed. */
void consumer_close(struct consumer *consumer);

/*
 * Wait up to timeout_ms for the next message, and take it: its partition's
 * position moves behind it. *out is NULL when none came; else the caller
 * destroys it by rd_kafka_message_destroy().
 *
 * FAULT_KAFKA: this consumer is of no use any more; note says why, and
 * *renewable whether a new one may fare better.
 */
MUST_CHECK enum fault consumer_poll(struct consumer *consumer, int timeout_ms,
				    rd_kafka_message_t **out, bool *renewable,
				    struct fault_note *note);

/* message as a record. Its headers go into the caller's array of room items,
 * reused from message to message; false: they do not fit, *count says how
 * many there are. Everything is borrowed from message. */
bool consumer_record(rd_kafka_message_t *message, struct record_header *headers,
		     size_t room, size_t *count, struct record *out);

/* The positions that moved since they were last committed; the caller
 * destroys the list. */
rd_kafka_topic_partition_list_t *consumer_moved(struct consumer *consumer);

/* Whether consumer_moved() would list any. */
bool consumer_has_moved(const struct consumer *consumer);

/* What consumer_moved() listed is committed. */
void consumer_settle(struct consumer *consumer);

/* Commit the moved positions; for at-least-once delivery alone. */
rd_kafka_resp_err_t consumer_commit(struct consumer *consumer);

/* Read every partition again from the group's committed offset. False: the
 * brokers did not tell it, and the consumer is to be renewed. */
MUST_CHECK bool consumer_rewind(struct consumer *consumer,
				struct fault_note *note);

/*
 * This member, for producer_commit(); the caller destroys it. Taken when a
 * transaction begins, so that the coordinator fences one that outlives its
 * generation (KIP-447). NULL: it is no member at present.
 */
rd_kafka_consumer_group_metadata_t *consumer_member(
	const struct consumer *consumer);

/* Whether it ends for the brokers did not tell the group's offsets, though
 * asked for 10 s: the coordinator is away, or a transaction hides them. */
bool consumer_is_untold(const struct consumer *consumer);

/* How many partitions are assigned. */
size_t consumer_partition_count(const struct consumer *consumer);

#endif
