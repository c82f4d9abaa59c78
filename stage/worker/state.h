/* stage/worker/state.h - a worker's inside, for this folder alone. */
#ifndef STAGE_WORKER_STATE_H
#define STAGE_WORKER_STATE_H

#include <pthread.h>

#include "base/log.h"
#include "consumer/consumer.h"
#include "producer/avro/encoder.h"
#include "producer/deadletter.h"
#include "producer/output.h"
#include "producer/producer.h"
#include "stage/worker/throttle.h"
#include "stage/worker/worker.h"

/* Where a message stands. */
struct spot {
	char topic[256]; /* Kafka allows 249 */
	int32_t partition;
	int64_t offset; /* -1: nowhere */
};

/* One message in SAMPLE_EVERY is timed: reading clocks costs, too. */
enum { SAMPLE_EVERY = 16, BATCH_STAMPS = 512 };

/* The messages between two commits. */
struct batch {
	bool open; /* a transaction is begun */
	size_t messages;
	int64_t begun_ms;			    /* steady */
	rd_kafka_consumer_group_metadata_t *member; /* as it began */
	struct tally tally;
	struct spot last; /* the message taken last */
	/* When some of the messages were written to the raw topic. */
	int64_t written_ms[BATCH_STAMPS];
	size_t stamp_count;
};

/*
 * The way through brokers that refuse a record: the batch it was in is taken
 * again one message a transaction, until the one that is refused is known,
 * which is then dead-lettered by reference.
 */
struct caution {
	size_t remaining;    /* messages still to be taken one by one */
	struct spot culprit; /* offset -1: none known */
};

struct worker {
	const struct work *work;
	unsigned number;
	pthread_t thread;
	atomic_bool ended;
	enum fault fault; /* what ended it; read after ended */
	struct fault_note note;

	struct ledger *ledger;
	size_t wire;		  /* the number of the message's raw topic */
	bool timed;		  /* the message is one of those that are */
	bool joined;		  /* it was in the group at the last report() */
	unsigned attempt;	  /* which one this is for the message */
	int64_t told_ms;	  /* steady, the last report() */
	struct holding *holdings; /* scratch for it */
	size_t holding_room;

	struct catalog catalog; /* all incarnations' */
	bool untold;		/* the last one ended for the group's offsets */
	/* One incarnation's. */
	struct consumer *consumer;
	struct producer *producer;
	struct batch batch;
	struct caution caution;
	struct throttle throttle;
	bool rewind;			/* before the next message */
	enum transaction_action action; /* GO_ON, or why it ends */
	unsigned aborts, renewals;	/* in a row, without a commit */

	/* Reused from message to message. */
	struct hold hold; /* what transform borrows */
	struct transform *transform;
	struct article_encoder *encoder;
	struct deadletter *deadletter;
	struct arena arena;
	size_t arena_size;
	struct buffer value; /* a framed record */
	struct record_header *headers;
	size_t header_room;
	int64_t committed_ms; /* steady, the last commit */
	struct log_limit rejected[FAULT_COUNT];
};

/* Memory for a worker; false: none is left, and what was had is held. */
bool scratch_init(struct worker *worker, struct fault_note *note);
void scratch_release(struct worker *worker);
/* Transform by the latest context from here on, between two batches. False:
 * no memory is left. */
MUST_CHECK bool scratch_renew(struct worker *worker);
/* Forget the message; memory that only a large one needs goes back. */
void scratch_reset(struct worker *worker);

/* Open a consumer and a producer, work until stop or an end, close them. */
void incarnation_run(struct worker *worker);

/* Take messages and commit them until stop, or until more is to be done than
 * a step again or going back: what that is. */
enum transaction_action loop_run(struct worker *worker);

/* Once a second, for who looks at the process: how this worker does, and what
 * it holds. ACTION_RENEW: it gets nothing more of it. */
enum transaction_action report(struct worker *worker);
/* It holds nothing any more. */
void report_gone(struct worker *worker);
/* Count a message, and time it if it is its turn. */
void count_message(struct worker *worker, const struct record *raw);
void count_published(struct worker *worker, const struct article *article);
void count_rejected(struct worker *worker, const struct record *raw,
		    const struct rejection *rejection);
/* Count a commit begun at that time, and enter the batch's tally. */
void count_commit(struct worker *worker, int64_t begun_us);
/* The time now, in us, if the message is timed, else 0; and count what a step
 * took, if it is. */
int64_t timing_now(const struct worker *worker);
void timing_count(struct worker *worker, enum histogram_kind kind, int64_t us);

/* Transform one message and send what it becomes; counted in batch.tally. */
enum transaction_action message_handle(struct worker *worker,
				       rd_kafka_message_t *message);

/* End the worker: the fault is the process's, and nothing that a message did. */
enum transaction_action give_up(struct worker *worker, enum fault fault);
/* Transform raw; the parts live until the arena is reset. */
struct parts part_transform(struct worker *worker, const struct record *raw);
/* Send a part's article, or the dead letter of its fault. */
enum transaction_action part_publish(struct worker *worker,
				     const struct record *raw,
				     const struct part *part);
enum transaction_action part_reject(struct worker *worker,
				    const struct record *raw,
				    const struct part *part, enum fault fault,
				    bool by_reference);
/* Take a dead letter: send the part that it is of through the transform again,
 * or skip it. refused: brokers refuse what became of it. */
enum transaction_action redrive_take(struct worker *worker,
				     const struct record *message,
				     bool refused);

/* Begin a batch, if none is open. */
enum transaction_action batch_begin(struct worker *worker);
/* Commit the open batch, with its input's offsets; nothing if none is. */
enum transaction_action batch_commit(struct worker *worker);
/* Go back on the open batch, and on gaps found before one; the caller rewinds.
 * ACTION_STOP: the dead-letter topic refuses even a reference. */
enum transaction_action batch_abort(struct worker *worker);
/* Whether the open batch is full, or old enough, or the input is dry. */
bool batch_is_due(const struct worker *worker, bool dry);
/* How long to wait for a message before batch_is_due() is worth asking. */
int batch_patience_ms(const struct worker *worker, bool dry);

#endif
