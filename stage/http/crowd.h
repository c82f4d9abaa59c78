/* stage/http/crowd.h - the open connections, so that none stays for long. */
#ifndef STAGE_HTTP_CROWD_H
#define STAGE_HTTP_CROWD_H

#include <stddef.h>
#include <stdint.h>

enum { CROWD_MAX = 64 };

/* For the server's one thread. Zeroed at the start. */
struct crowd {
	int sockets[CROWD_MAX]; /* the oldest first */
	size_t count;
};

/* One more. Returns the socket that must give way, or -1; it still belongs to
 * the crowd until crowd_leave(). */
int crowd_enter(struct crowd *crowd, int socket);

/* It is closed; one that is not there is ignored. */
void crowd_leave(struct crowd *crowd, int socket);

#endif
