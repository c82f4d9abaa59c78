#include "stage/http/crowd.h"

#include <assert.h>
#include <string.h>

/* Room above which each newcomer takes the oldest one's place: it has had its
 * time, for an answer takes milliseconds. */
enum { CROWD_FULL = CROWD_MAX * 3 / 4 };

void crowd_leave(struct crowd *crowd, int socket)
{
	size_t i = 0;

	while (i < crowd->count && crowd->sockets[i] != socket)
		i++;
	if (i == crowd->count)
		return;
	crowd->count--;
	memmove(&crowd->sockets[i], &crowd->sockets[i + 1],
		(crowd->count - i) * sizeof *crowd->sockets);
}

int crowd_enter(struct crowd *crowd, int socket)
{
	int oldest = -1;

	if (crowd->count == CROWD_MAX)
		return socket;
	if (crowd->count >= CROWD_FULL) {
		oldest = crowd->sockets[0];
		crowd_leave(crowd, oldest);
	}
	crowd->sockets[crowd->count++] = socket;
	return oldest;
}
