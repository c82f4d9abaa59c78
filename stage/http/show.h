/* stage/http/show.h - a service that is shown while it runs. */
#ifndef STAGE_HTTP_SHOW_H
#define STAGE_HTTP_SHOW_H

#include "stage/context.h"
#include "stage/http/server.h"
#include "stage/worker/service.h"

/* Zeroed at the start. */
struct show {
	struct status *status;
	struct server *server; /* NULL: http.address is empty */
};

/*
 * Keep the service's status, and show it where http.address says. plan is what
 * is read, NULL for what comes. All is borrowed until show_close(), which is
 * called after a fault as well.
 *
 * FAULT_NO_MEMORY, and as server_open(); then there is a status nonetheless
 */
MUST_CHECK enum fault show_open(const struct settings *settings,
				const struct service *service,
				const struct context *context,
				const struct bounds *plan, struct show *out,
				struct fault_note *note);
void show_close(struct show *show);

#endif
