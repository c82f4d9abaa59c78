#include "stage/worker/throttle.h"

enum { WINDOW_MS = 100, SECOND_MS = 1000 };

void throttle_init(struct throttle *throttle, int rate, int64_t now_ms)
{
	*throttle = (struct throttle){ .rate = rate, .begun_ms = now_ms };
}

int throttle_take(struct throttle *throttle, int64_t now_ms)
{
	int64_t passed = now_ms - throttle->begun_ms;

	if (throttle->rate == 0)
		return 0;
	if (passed >= SECOND_MS) {
		throttle->begun_ms += passed / SECOND_MS * SECOND_MS;
		throttle->taken = 0;
	}
	throttle->taken++;
	int64_t due = throttle->taken * SECOND_MS / throttle->rate;
	int64_t wait =
		throttle->begun_ms + due / WINDOW_MS * WINDOW_MS - now_ms;
	return wait > 0 ? (int)wait : 0;
}
