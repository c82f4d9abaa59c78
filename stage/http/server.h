/* stage/http/server.h - the status over HTTP, on a thread of its own. */
#ifndef STAGE_HTTP_SERVER_H
#define STAGE_HTTP_SERVER_H

#include "stage/http/status.h"

struct server;

/*
 * Listen at address, host:port, and answer GET and HEAD until server_close():
 *
 *	/		the status page
 *	/api/status	what it shows, as JSON
 *	/metrics	Prometheus' text, or OpenMetrics where it is accepted
 *	/livez		200 while the process comes round, else 503
 *	/readyz		200 or 503, and why, as JSON
 *
 * Connections are few, short and small; where they are too many, the oldest
 * gives way to the newest. status is borrowed until server_close().
 *
 * FAULT_CONFIG     the address cannot be listened at; note says why
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault server_open(const char *address, struct status *status,
				  struct server **out, struct fault_note *note);

/* NULL is allowed. */
void server_close(struct server *server);

#endif
