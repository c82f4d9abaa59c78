/* stage/replay/plan.h - exactly which messages are to be taken again. */
#ifndef STAGE_REPLAY_PLAN_H
#define STAGE_REPLAY_PLAN_H

#include "base/buffer.h"
#include "stage/cluster/offsets.h"

/* What a user asks for. */
struct plan_request {
	const char *topic; /* NULL: input.topics */
	struct offset_spec from, to;
	const char *from_text, *to_text; /* as written, for the plan's reader */
	const char *partitions;		 /* "0,3,5-7"; NULL: all */
	const char *prefix;		 /* of the group: group.id-PREFIX-… */
};

/* Something a person should know before running it. */
enum { PLAN_REMARKS_MAX = 4, PLAN_REMARK_SIZE = 256 };

struct plan {
	char *group; /* of the replay alone; its transactional ids begin so */
	char *from, *to;
	struct bounds bounds; /* topics are owned; sorted by topic, partition */
	int64_t messages;     /* at most: offsets, not all of which hold one */
	int64_t bytes;	      /* about: by the size of the first messages */
	int64_t seconds;      /* about */
	char remarks[PLAN_REMARKS_MAX][PLAN_REMARK_SIZE];
	size_t remark_count;
};

void plan_release(struct plan *plan);

/*
 * Make a plan by asking the brokers. now_ms names the group. *out is always
 * written, and released by the caller.
 *
 * FAULT_CONFIG     the request makes no sense; note says what does
 * FAULT_KAFKA      the brokers do not say, or there is no such topic
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault plan_make(const struct settings *settings,
				const struct plan_request *request,
				int64_t now_ms, struct plan *out,
				struct fault_note *note);

/* Append the plan as JSON, which plan_read() reads. */
MUST_CHECK enum fault plan_print(const struct plan *plan, struct buffer *out);

/*
 * Read what plan_print() wrote, and a person may have edited. *out is always
 * written, and released by the caller.
 *
 * FAULT_CONFIG     json is no plan; note says where
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault plan_read(struct slice json, struct plan *out,
				struct fault_note *note);

/* Each topic of the plan once, to out, which has room for as many as there are
 * partitions; borrowed from the plan. Returns how many. */
size_t plan_topics(const struct plan *plan, const char **out);

#endif
