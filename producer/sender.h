/* producer/sender.h - records into a topic, each with its own fate. */
#ifndef PRODUCER_SENDER_H
#define PRODUCER_SENDER_H

#include "producer/producer.h"

struct sender_config {
	const char *bootstrap_servers, *client_id;
	struct kafka_properties properties; /* the user's */

	/* Called from within sender_send() and sender_flush() for each record
	 * that is not delivered: its label, and why. */
	void (*failed)(void *owner, const char *label, const char *why);
	void *owner;
};

/* An idempotent producer without transactions. Not to be shared between
 * threads. */
struct sender;

/*
 * FAULT_CONFIG     librdkafka refuses a property; note says which and why
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault sender_open(const struct sender_config *config,
				  struct sender **out, struct fault_note *note);

/* What is not delivered yet is dropped; NULL is allowed. */
void sender_close(struct sender *sender);

/*
 * Hand one record over; librdkafka copies it, and label is borrowed until
 * sender_flush(). Waits for room where the queue is full. A record that is
 * refused at once has failed like any other.
 */
void sender_send(struct sender *sender, const struct outgoing *record,
		 const char *label);

/* Wait until every record is delivered or has failed, which librdkafka's
 * message.timeout.ms bounds; returns how many were delivered since opened. */
size_t sender_flush(struct sender *sender);

#endif
