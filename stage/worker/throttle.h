/* stage/worker/throttle.h - no more than so many messages a second. */
#ifndef STAGE_WORKER_THROTTLE_H
#define STAGE_WORKER_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

/* Windows of time, each with its share of messages. */
struct throttle {
	int share; /* messages a window; 0: no limit */
	int window_ms;
	int taken;	  /* in this window */
	int64_t begun_ms; /* the window, on the steady clock */
};

/*
 * rate is messages a second, 0 for no limit.
 *
 *	50 -> 5 in each 100 ms    2 -> 1 in each 500 ms
 */
void throttle_init(struct throttle *throttle, int rate, int64_t now_ms);

/* Count one message. Returns how long to wait before the next; 0: not. */
int throttle_take(struct throttle *throttle, int64_t now_ms);

#endif
