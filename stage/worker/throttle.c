#include "stage/worker/throttle.h"

enum { WINDOW_MS = 100, SECOND_MS = 1000 };

void throttle_init(struct throttle *throttle, int rate, int64_t now_ms)
{
	const int windows = SECOND_MS / WINDOW_MS;

	*throttle = (struct throttle){
		.share = rate >= windows ? rate / windows : rate > 0,
		.window_ms = rate > 0 && rate < windows ? SECOND_MS / rate
							: WINDOW_MS,
		.begun_ms = now_ms,
	};
}

int throttle_take(struct throttle *throttle, int64_t now_ms)
{
	if (throttle->share == 0)
		return 0;
	if (now_ms - throttle->begun_ms >= throttle->window_ms) {
		throttle->begun_ms = now_ms;
		throttle->taken = 0;
	}
	if (++throttle->taken < throttle->share)
		return 0;
	int64_t wait = throttle->begun_ms + throttle->window_ms - now_ms;
	return (int)wait;
}
