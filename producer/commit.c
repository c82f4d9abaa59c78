#include <assert.h>

#include "base/clock.h"
#include "producer/handle.h"

enum { STEP_TIMEOUT_MS = 5000, PAUSE_MS = 50 };

int64_t producer_longest_wait_ms(enum delivery delivery,
				 int transaction_timeout_ms)
{
	enum {
		STEPS = 3, /* offsets, commit, abort */
		/* a commit of offsets: the consumer's session.timeout.ms and
		 * socket.timeout.ms */
		OFFSETS_MS = 40000,
	};

	if (delivery == DELIVERY_AT_LEAST_ONCE)
		return (int64_t)RECORD_TIMEOUT_MS + STEP_TIMEOUT_MS +
		       transaction_timeout_ms + OFFSETS_MS;
	return STEPS * ((int64_t)transaction_timeout_ms + 2 * STEP_TIMEOUT_MS);
}

static bool transactional(const struct producer *producer)
{
	return producer->delivery == DELIVERY_EXACTLY_ONCE;
}

/*
 * What to do after a step that may be repeated, and was first tried at
 * begun_ms, of the steady clock. Not for ever: librdkafka 2.14 may forget
 * every broker, when all of them leave the metadata for a moment, and answers
 * with nothing but timeouts then; a partition that is away cannot be told that
 * the transaction before has ended, and who waits for it does not poll. So,
 * when a transaction's records would have been given up, the producer is
 * renewed: the next begins at bootstrap.servers, ends what the brokers have not
 * yet ended by themselves, and learns from the group's offsets what became of
 * it.
 */
static enum transaction_action judge_again(struct producer *producer,
					   enum transaction_step step,
					   rd_kafka_error_t *error,
					   int64_t begun_ms,
					   struct fault_note *note)
{
	enum transaction_action action = transaction_judge(step, error, note);

	if (action != ACTION_REPEAT)
		return action;
	if (clock_steady_ms() - begun_ms >=
	    producer->transaction_timeout_ms + STEP_TIMEOUT_MS)
		return ACTION_RENEW;
	/* Serve reports, and do not spin. */
	rd_kafka_poll(producer->kafka, PAUSE_MS);
	return ACTION_REPEAT;
}

enum transaction_action producer_init(struct producer *producer,
				      const atomic_bool *stop,
				      struct fault_note *note)
{
	enum transaction_action action = ACTION_GO_ON;

	if (!transactional(producer))
		return ACTION_GO_ON;
	do {
		action = transaction_judge(
			STEP_INIT,
			rd_kafka_init_transactions(producer->kafka,
						   STEP_TIMEOUT_MS),
			note);
	} while (action == ACTION_REPEAT && !atomic_load(stop));
	return action;
}

enum transaction_action producer_begin(struct producer *producer,
				       struct fault_note *note)
{
	assert(!producer->in_transaction);

	producer->failed = 0;
	producer->in_doubt = false;
	producer->failure = producer->refused = RD_KAFKA_RESP_ERR_NO_ERROR;
	producer->in_transaction = true;
	if (!transactional(producer))
		return ACTION_GO_ON;

	enum transaction_action action;
	do {
		action = transaction_judge(
			STEP_BEGIN, rd_kafka_begin_transaction(producer->kafka),
			note);
	} while (action == ACTION_REPEAT);
	return action;
}

static enum transaction_action send_offsets(
	struct producer *producer,
	const rd_kafka_topic_partition_list_t *offsets,
	const rd_kafka_consumer_group_metadata_t *member,
	struct fault_note *note)
{
	enum transaction_action action;
	int64_t begun_ms = clock_steady_ms();

	do {
		action = judge_again(producer, STEP_OFFSETS,
				     rd_kafka_send_offsets_to_transaction(
					     producer->kafka, offsets, member,
					     STEP_TIMEOUT_MS),
				     begun_ms, note);
	} while (action == ACTION_REPEAT);
	return action;
}

/* By librdkafka's commit or abort, which are called alike. */
static enum transaction_action end_transaction(
	struct producer *producer, enum transaction_step step,
	rd_kafka_error_t *(*end)(rd_kafka_t *kafka, int timeout_ms),
	struct fault_note *note)
{
	enum transaction_action action;
	int64_t begun_ms = clock_steady_ms();

	do {
		action = judge_again(producer, step,
				     end(producer->kafka, STEP_TIMEOUT_MS),
				     begun_ms, note);
	} while (action == ACTION_REPEAT);
	return action;
}

enum transaction_action producer_commit(
	struct producer *producer,
	const rd_kafka_topic_partition_list_t *offsets,
	const rd_kafka_consumer_group_metadata_t *member,
	struct fault_note *note)
{
	assert(transactional(producer) && producer->in_transaction);

	enum transaction_action action =
		send_offsets(producer, offsets, member, note);
	if (action == ACTION_GO_ON)
		action = end_transaction(producer, STEP_COMMIT,
					 rd_kafka_commit_transaction, note);
	if (action == ACTION_GO_ON)
		producer->in_transaction = false;
	return action;
}

/* Wait until every record is delivered or given up: message.timeout.ms. */
static void drain(struct producer *producer)
{
	while (rd_kafka_flush(producer->kafka, STEP_TIMEOUT_MS) ==
	       RD_KAFKA_RESP_ERR__TIMED_OUT)
		;
}

enum transaction_action producer_flush(struct producer *producer,
				       struct fault_note *note)
{
	drain(producer);
	if (producer->failed == 0) {
		producer->in_transaction = false;
		return ACTION_GO_ON;
	}

	char text[256];
	if (rd_kafka_fatal_error(producer->kafka, text, sizeof text)) {
		(void)fault_noted(FAULT_KAFKA, note, "flush: %s", text);
		return transaction_next(STEP_FLUSH, ERROR_FATAL);
	}
	(void)fault_noted(FAULT_KAFKA, note, "flush: %u records: %s",
			  producer->failed,
			  rd_kafka_err2str(producer->failure));
	enum transaction_error error =
		transaction_error_of_code(producer->failure);
	/* It was the last try: the report says that librdkafka gave up. */
	if (error == ERROR_RETRIABLE)
		error = ERROR_ABORTABLE;
	return transaction_next(STEP_FLUSH, error);
}

/*
 * librdkafka gives the sequence numbers of what it purges to the records that
 * follow. Where a broker has written a purged one and the answer was lost, it
 * takes its successor for a duplicate, acknowledges it and drops it; where the
 * purged one arrives late, it becomes part of the next transaction (KIP-890).
 * A new producer's epoch closes both.
 */
static enum transaction_action judge_abort(const struct producer *producer,
					   struct fault_note *note)
{
	if (!producer->in_doubt)
		return ACTION_GO_ON;
	(void)fault_noted(FAULT_KAFKA, note,
			  "%s: a broker may have written records that were "
			  "given up",
			  transaction_step_word(STEP_ABORT));
	return transaction_next(STEP_ABORT, ERROR_OTHER);
}

enum transaction_action producer_abort(struct producer *producer,
				       struct fault_note *note)
{
	producer->in_transaction = false;
	if (!transactional(producer)) {
		/* What is under way may as well arrive: it comes again. */
		drain(producer);
		return ACTION_GO_ON;
	}

	enum transaction_action action = end_transaction(
		producer, STEP_ABORT, rd_kafka_abort_transaction, note);
	return action == ACTION_GO_ON ? judge_abort(producer, note) : action;
}
