/* consumer/positions.h - the next offset of each assigned partition. */
#ifndef CONSUMER_POSITIONS_H
#define CONSUMER_POSITIONS_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

/*
 * Ours, from the messages that were taken: rd_kafka_position() is past what
 * was only fetched, and knows nothing of a rewind. "Next" is Kafka's committed
 * offset: the one to read on from.
 */
struct position {
	char *topic; /* owned */
	int32_t partition;
	int64_t next;
	int64_t committed; /* next, when it was last settled or rewound */
	int64_t end; /* the first offset not to be taken; INT64_MAX: none */
	bool done;   /* next has come to end, and nothing more is fetched */

	/* What consumer_watch() knows. */
	int64_t reached;    /* where nothing more was to be read, or -1 */
	int64_t high;	    /* the end, as the broker said; -1: not yet */
	int64_t high_ms;    /* when it was asked */
	int64_t seen;	    /* next, at the last watch */
	bool came;	    /* a message of it was taken since the last watch */
	int64_t waiting_ms; /* since when there are messages, and none comes;
			       0: it is not so */
	int dry; /* watches since then that saw nothing to be polled */
};

struct positions {
	struct position *items; /* owned */
	size_t count;
	size_t last; /* where the last look-up ended: the next is likely there */
};

void positions_init(struct positions *positions);
void positions_release(struct positions *positions);

/* Take partitions over, or read those held from elsewhere: each from its
 * offset, which is concrete, and where a new one counts as committed. False:
 * out of memory, and nothing has changed. */
bool positions_add(struct positions *positions,
		   const rd_kafka_topic_partition_list_t *partitions);

/* Forget partitions; unknown ones are ignored. */
void positions_remove(struct positions *positions,
		      const rd_kafka_topic_partition_list_t *partitions);

/* The position of a partition, or NULL. */
struct position *positions_find(struct positions *positions, const char *topic,
				int32_t partition);

/* Whether its next offset is to be committed. */
bool position_has_moved(const struct position *position);

/* The position came to its end, or passed it: next is end from here on. */
void position_finish(struct position *position);

/* All partitions with their next offsets, or only those that moved since they
 * were settled. The caller destroys the list. */
rd_kafka_topic_partition_list_t *positions_list(
	const struct positions *positions, bool only_moved);

/* All next offsets are the committed ones: nothing has moved any more. */
void positions_settle(struct positions *positions);

#endif
