/* producer/transaction.h - what a worker does after each step of one. */
#ifndef PRODUCER_TRANSACTION_H
#define PRODUCER_TRANSACTION_H

#include <librdkafka/rdkafka.h>

#include "base/fault.h"

/* A transaction's steps, in the order a worker takes them (KIP-98, KIP-447).
 * At-least-once delivery takes PRODUCE, FLUSH and OFFSETS alone. */
#define TRANSACTION_STEP_MAP(X) \
	X(INIT, "init-transactions") \
	X(BEGIN, "begin-transaction") \
	X(PRODUCE, "produce") \
	X(FLUSH, "flush") \
	X(OFFSETS, "commit-offsets") \
	X(COMMIT, "commit-transaction") \
	X(ABORT, "abort-transaction")

/* What an error says about the transaction. */
#define TRANSACTION_ERROR_MAP(X) \
	X(NONE, "none") \
	X(RETRIABLE, "retriable") /* the same call may yet succeed */ \
	X(ABORTABLE, "abortable") /* the transaction is lost, not more */ \
	X(FATAL, "fatal")	  /* the client is lost: fenced, … */ \
	X(REFUSED, "refused")	  /* no right to: trying again is vain */ \
	X(OTHER, "other")	  /* none of these: the state is unknown */

#define TRANSACTION_ACTION_MAP(X) \
	X(GO_ON, "go-on")   /* the step is done */ \
	X(REPEAT, "repeat") /* the same step again */ \
	X(ABORT, "abort")   /* abort, go back to the committed offsets */ \
	X(RENEW, "renew")   /* a new consumer and producer, which start from \
			       the broker's committed offsets */ \
	X(STOP, "stop")	    /* end the process: the cluster says no */

enum transaction_step {
#define X(symbol, word) STEP_##symbol,
	TRANSACTION_STEP_MAP(X)
#undef X
		STEP_COUNT
};

enum transaction_error {
#define X(symbol, word) ERROR_##symbol,
	TRANSACTION_ERROR_MAP(X)
#undef X
		ERROR_COUNT
};

enum transaction_action {
#define X(symbol, word) ACTION_##symbol,
	TRANSACTION_ACTION_MAP(X)
#undef X
};

const char *transaction_step_word(enum transaction_step step);
const char *transaction_error_word(enum transaction_error error);
const char *transaction_action_word(enum transaction_action action);

/* The table: what follows that error at that step. */
enum transaction_action transaction_next(enum transaction_step step,
					 enum transaction_error error);

/* What a client's error means; NULL is ERROR_NONE. error is borrowed. */
enum transaction_error transaction_error_of(const rd_kafka_error_t *error);

/* The same for a bare code, which cannot tell that a transaction is lost. */
enum transaction_error transaction_error_of_code(rd_kafka_resp_err_t code);

/*
 * Judge a step by its outcome: what follows. Takes error, which may be NULL;
 * what it said, and at which step, goes to note.
 */
enum transaction_action transaction_judge(enum transaction_step step,
					  rd_kafka_error_t *error,
					  struct fault_note *note);

#endif
