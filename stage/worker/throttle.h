/* stage/worker/throttle.h - no more than so many messages a second. */
#ifndef STAGE_WORKER_THROTTLE_H
#define STAGE_WORKER_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds, each with its messages. */
struct throttle {
	int rate;	  /* messages a second; 0: no limit */
	int64_t taken;	  /* in this second */
	int64_t begun_ms; /* the second, on the steady clock */
};

/*
 * rate is messages a second, 0 for no limit. They come in tenths of a second;
 * what a slow commit held up is made up for within its second, and no later.
 *
 *	50 -> 5 in each 100 ms    2 -> 1 in each 500 ms
 */
void throttle_init(struct throttle *throttle, int rate, int64_t now_ms);

/* Count one message. Returns how long to wait before the next; 0: not. */
int throttle_take(struct throttle *throttle, int64_t now_ms);

#endif
