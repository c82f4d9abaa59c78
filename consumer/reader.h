/* consumer/reader.h - a topic read by no group, for people to look at. */
#ifndef CONSUMER_READER_H
#define CONSUMER_READER_H

#include "base/record.h"
#include "consumer/bounds.h"
#include "consumer/policy.h"
#include "kafka/conf.h"

struct reader_config {
	const char *bootstrap_servers, *client_id;
	const char *topic;
	struct start start; /* in each partition */
	bool ends; /* where the partitions end as it is opened; else never */
	const struct bound *bound; /* that span alone; NULL: start and ends */
	struct kafka_properties properties; /* the user's */
};

/* Reads what is committed, from all partitions that the topic has when it is
 * opened; commits nothing. Not to be shared between threads. */
struct reader;

/*
 * Open, and find where each partition starts and ends. config's strings are
 * borrowed for the call.
 *
 * FAULT_CONFIG     librdkafka refuses a property; note says which and why
 * FAULT_KAFKA      no broker answers, or there is no such topic; note says
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault reader_open(const struct reader_config *config,
				  struct reader **out, struct fault_note *note);

/* NULL is allowed. */
void reader_close(struct reader *reader);

/*
 * Wait up to timeout_ms for the next message. *out is NULL when none came, or
 * the reader has ended; else it is borrowed until the next call.
 *
 * FAULT_KAFKA      the topic is gone, or may not be read; note says why
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault reader_next(struct reader *reader, int timeout_ms,
				  const struct record **out,
				  struct fault_note *note);

/*
 * Open, call each with every message up to the end that config sets, and close.
 * A fault of each's ends it, and is what is returned; else as reader_open() and
 * reader_next().
 */
MUST_CHECK enum fault reader_each(
	const struct reader_config *config,
	enum fault (*each)(void *opaque, const struct record *record,
			   struct fault_note *note),
	void *opaque, struct fault_note *note);

/* Whether every partition has been read to its end; never, without ends. */
bool reader_has_ended(const struct reader *reader);

#endif
