/* consumer/watch.h - how far behind its partitions' ends a consumer is. */
#ifndef CONSUMER_WATCH_H
#define CONSUMER_WATCH_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

#include "base/fault.h"

/* The question for the ends, which waits for its answer; for consumer/. */
struct watch {
	rd_kafka_queue_t *queue; /* NULL: never asked */
	bool asked;
	int64_t asked_ms;
	int64_t watched_ms;
	int64_t member_ms; /* when it was last seen in the group; 0: not yet */
};

struct consumer;

/* One partition, as it is seen from here. All times are the caller's. */
struct partition_view {
	const char *topic; /* borrowed until the next consumer_poll() */
	int32_t partition;
	int64_t next;	    /* offset to read on from */
	int64_t high;	    /* the end, past all that is committed, or that of
			       the bound; -1: not told yet. Never below next */
	int64_t high_ms;    /* when it was asked */
	int64_t waiting_ms; /* since when its messages have not come; 0: it is
			       not so */
};

/*
 * Ask the brokers for the ends of the partitions, at most once a second and
 * without waiting, and take the answer to the last question. To be called
 * about as often.
 */
void consumer_watch(struct consumer *consumer, int64_t now_ms);

/*
 * Whether messages of a partition, which the brokers say are there, have not
 * come for half a minute, or the group has not let in again for a minute a
 * member whose session had ended: the client has lost its way to them, says
 * nothing of it, and another is to be opened. While messages of others wait to
 * be polled it is no sign of it, nor is a time without a watch. In the protocol
 * of KIP-848 it is not seen who is in the group. As of the last watch; note
 * says which partition or group.
 */
bool consumer_is_stuck(const struct consumer *consumer, int64_t now_ms,
		       struct fault_note *note);

/* The number-th partition, 0..; false after the last. */
bool consumer_view(const struct consumer *consumer, size_t number,
		   struct partition_view *out);

/* Messages and events that wait in the client to be polled. */
int consumer_queue_length(const struct consumer *consumer);

/*
 * To be called before the client is closed: waits, for three seconds at most,
 * for the answer to a question that is under way. Were the client destroyed
 * meanwhile, the threads of librdkafka's brokers would each fail their part of
 * the question, without a lock, and the last two both finish it (2.14.2,
 * rd_kafka_admin_fanout_worker): the process would end by SIGSEGV.
 */
void watch_release(struct watch *watch);

#endif
