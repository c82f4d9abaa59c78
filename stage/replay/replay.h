/* stage/replay/replay.h - a plan carried out. */
#ifndef STAGE_REPLAY_REPLAY_H
#define STAGE_REPLAY_REPLAY_H

#include "stage/replay/plan.h"
#include "stage/worker/redrive.h"

/* How far the plan's group has come: offsets passed, of all in the plan. */
struct replay_state {
	int64_t done, total;
};

/*
 * Ask the brokers how far the group has come; in each partition as well, where
 * passed is not NULL but has room for as many.
 * FAULT_KAFKA: they do not say; note says why
 */
MUST_CHECK enum fault replay_ask(struct cluster *cluster,
				 const struct plan *plan, int64_t *passed,
				 struct replay_state *out,
				 struct fault_note *note);

/* What one process did, and how far all have come. */
struct replay_result {
	uint64_t consumed, published, deadlettered, skipped, gap_messages;
	uint64_t faults[FAULT_COUNT]; /* of the dead letters */
	uint64_t skips[SKIP_COUNT];   /* of the skipped */
	struct replay_state state;
	bool interrupted;
};

/* Say it on stdout, in words; dry: nothing was published. False: it cannot be
 * written. */
bool result_print(const struct replay_result *result, bool dry);

/*
 * Take part in the plan, until every partition has been read to its end by
 * whoever takes part, or SIGTERM or SIGINT comes, which are held from here on.
 * settings are the replay's own: its group is the plan's, its output.topic
 * where the articles go. redrive is NULL unless the plan's messages are dead
 * letters. Shows progress on stderr, and over HTTP. *out is always written.
 *
 * FAULT_KAFKA, FAULT_CONFIG, FAULT_FILE, FAULT_NO_MEMORY; note says why
 */
MUST_CHECK enum fault replay_run(const struct settings *settings,
				 const struct plan *plan,
				 const struct redrive *redrive,
				 struct replay_result *out,
				 struct fault_note *note);

/*
 * Write what the plan's messages become into an Avro container file, partition
 * after partition in the order of offsets, and nothing into Kafka. path NULL:
 * count alone. Shows progress on stderr. *out is always written; its state is
 * this run's.
 *
 * FAULT_FILE, and as replay_run()
 */
MUST_CHECK enum fault replay_dry_run(const struct settings *settings,
				     const struct plan *plan,
				     const struct redrive *redrive,
				     const char *path,
				     struct replay_result *out,
				     struct fault_note *note);

#endif
