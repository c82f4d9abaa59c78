/* stage/shutdown.h - signals as something to wait for, and an end in order. */
#ifndef STAGE_SHUTDOWN_H
#define STAGE_SHUTDOWN_H

#include <signal.h>

#include "stage/worker/service.h"

/*
 * Block SIGTERM and SIGINT in this thread and all that it starts, to be waited
 * for; ignore SIGPIPE. Call it before the first thread starts. The caller may
 * add a signal to the set, and block it as well.
 */
sigset_t shutdown_hold_signals(void);

/* The signal of the set that came within some 50 ms, or -1. */
int shutdown_next_signal(const sigset_t *signals);

/*
 * Stop the service and wait until its workers have ended. What they had open
 * is committed; after shutdown.timeout.ms, or at a second signal, the process
 * ends at once with status 3, and the brokers abort what was open.
 */
void shutdown_drain(struct service *service, const struct settings *settings,
		    const sigset_t *signals);

#endif
