#include "producer/transaction.h"

#include <assert.h>

#define X(symbol, word) word,
static const char *const step_words[] = { TRANSACTION_STEP_MAP(X) };
static const char *const error_words[] = { TRANSACTION_ERROR_MAP(X) };
static const char *const action_words[] = { TRANSACTION_ACTION_MAP(X) };
#undef X

/*
 * Why each row is as it is:
 *
 * INIT     waits for the coordinator, and for a dead predecessor's open
 *          transaction to be aborted, as long as that takes: retriable.
 * PRODUCE  and FLUSH fail for one record or for all; going back sends all of
 *          them again, so an error that names no class is abortable too.
 * OFFSETS  of a member that the group no longer knows (KIP-447 fencing by
 *          generation) is abortable: another member has the partitions.
 * COMMIT   of which nobody knows whether it happened is repeated, never
 *          aborted (the brokers may have committed); only what they call
 *          abortable is. In doubt the incarnation ends, and the next learns
 *          from the committed offsets how it went.
 * ABORT    that fails leaves a transaction that only a new producer fences.
 */
static const enum transaction_action table[STEP_COUNT][ERROR_COUNT] = {
#define ROW(none, retriable, abortable, fatal, refused, other) \
	{ \
		[ERROR_NONE] = ACTION_##none, \
		[ERROR_RETRIABLE] = ACTION_##retriable, \
		[ERROR_ABORTABLE] = ACTION_##abortable, \
		[ERROR_FATAL] = ACTION_##fatal, \
		[ERROR_REFUSED] = ACTION_##refused, \
		[ERROR_OTHER] = ACTION_##other, \
	}
	/* clang-format off */
	/*                     none   retriable abortable fatal  refused other */
	[STEP_INIT]    = ROW(GO_ON, REPEAT,   RENEW,    RENEW, STOP,   RENEW),
	[STEP_BEGIN]   = ROW(GO_ON, REPEAT,   ABORT,    RENEW, STOP,   RENEW),
	[STEP_PRODUCE] = ROW(GO_ON, REPEAT,   ABORT,    RENEW, STOP,   ABORT),
	[STEP_FLUSH]   = ROW(GO_ON, REPEAT,   ABORT,    RENEW, STOP,   ABORT),
	[STEP_OFFSETS] = ROW(GO_ON, REPEAT,   ABORT,    RENEW, STOP,   ABORT),
	[STEP_COMMIT]  = ROW(GO_ON, REPEAT,   ABORT,    RENEW, STOP,   RENEW),
	[STEP_ABORT]   = ROW(GO_ON, REPEAT,   RENEW,    RENEW, STOP,   RENEW),
/* clang-format on */
#undef ROW
};

const char *transaction_step_word(enum transaction_step step)
{
	assert(step < STEP_COUNT);
	return step_words[step];
}

const char *transaction_error_word(enum transaction_error error)
{
	assert(error < ERROR_COUNT);
	return error_words[error];
}

const char *transaction_action_word(enum transaction_action action)
{
	assert(action <= ACTION_STOP);
	return action_words[action];
}

enum transaction_action transaction_next(enum transaction_step step,
					 enum transaction_error error)
{
	assert(step < STEP_COUNT && error < ERROR_COUNT);
	return table[step][error];
}

enum transaction_error transaction_error_of_code(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_NO_ERROR:
		return ERROR_NONE;
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
	case RD_KAFKA_RESP_ERR__AUTHENTICATION:
		return ERROR_REFUSED;
	case RD_KAFKA_RESP_ERR__FATAL:
	case RD_KAFKA_RESP_ERR__FENCED:
		return ERROR_FATAL;
	case RD_KAFKA_RESP_ERR__TIMED_OUT:
	case RD_KAFKA_RESP_ERR__QUEUE_FULL:
	case RD_KAFKA_RESP_ERR__TRANSPORT:
	case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
	case RD_KAFKA_RESP_ERR__WAIT_COORD:
	case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
	case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
	case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
	case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
		return ERROR_RETRIABLE;
	case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
	case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
	case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
	case RD_KAFKA_RESP_ERR_STALE_MEMBER_EPOCH:
		return ERROR_ABORTABLE;
	default:
		return ERROR_OTHER;
	}
}

enum transaction_error transaction_error_of(const rd_kafka_error_t *error)
{
	if (!error)
		return ERROR_NONE;

	/* A fenced producer's error is at times marked as abortable, and its
	 * abort then fails. */
	enum transaction_error by_code =
		transaction_error_of_code(rd_kafka_error_code(error));
	if (by_code == ERROR_REFUSED || by_code == ERROR_FATAL)
		return by_code;
	if (rd_kafka_error_is_fatal(error))
		return ERROR_FATAL;
	if (rd_kafka_error_txn_requires_abort(error))
		return ERROR_ABORTABLE;
	if (rd_kafka_error_is_retriable(error))
		return ERROR_RETRIABLE;
	return by_code;
}

enum transaction_action transaction_judge(enum transaction_step step,
					  rd_kafka_error_t *error,
					  struct fault_note *note)
{
	if (!error)
		return ACTION_GO_ON;

	enum transaction_error class = transaction_error_of(error);
	enum transaction_action action = transaction_next(step, class);
	(void)fault_noted(FAULT_KAFKA, note, "%s: %s (%s)",
			  transaction_step_word(step),
			  rd_kafka_error_string(error),
			  rd_kafka_error_name(error));
	rd_kafka_error_destroy(error);
	return action;
}
