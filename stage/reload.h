/* stage/reload.h - files read again while the service runs. */
#ifndef STAGE_RELOAD_H
#define STAGE_RELOAD_H

#include "stage/worker/service.h"

/*
 * Read the settings again from where settings came, and with them the
 * vocabulary; the workers take it from their next batch on, and log.level
 * holds at once. What is wrong is logged, and then nothing changes. Any other
 * setting that has another value now is named: it waits for a restart.
 *
 * True: done. *version, of size bytes, is then the vocabulary's.
 */
bool reload(const struct settings *settings, struct service *service,
	    char *version, size_t size);

#endif
