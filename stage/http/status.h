/* stage/http/status.h - how the process does, for those who ask. */
#ifndef STAGE_HTTP_STATUS_H
#define STAGE_HTTP_STATUS_H

#include "base/buffer.h"
#include "consumer/bounds.h"
#include "stage/counters/counters.h"
#include "stage/settings/settings.h"

/* Everything below may be called by any thread; no worker ever waits for it. */
struct status;

/* settings, counters and plan are borrowed until status_free(); vocabulary is
 * the version in use; plan is what is read, NULL for what comes. NULL: out of
 * memory. */
struct status *status_new(const struct settings *settings,
			  const struct counters *counters,
			  struct slice vocabulary, const struct bounds *plan);
void status_free(struct status *status);

/* Keep the history, and log a raw topic that goes quiet or is heard again; to
 * be called a few times a second, and cheap when it has nothing to do. */
void status_tick(struct status *status);

/* The files were read again; done: they were right, and version is the
 * vocabulary's. */
void status_reloaded(struct status *status, bool done, const char *version);

/* So many offsets of each of the plan's spans are done, by whoever takes part;
 * passed is copied. */
void status_replayed(struct status *status, const int64_t *passed);

/* The process is about to end. */
void status_stopping(struct status *status);

/* Whether status_tick() is still being called. */
bool status_is_alive(struct status *status);

/* Prometheus text format 0.0.4, or OpenMetrics 1.0; see metrics.h. */
void status_metrics(struct status *status, bool open_metrics,
		    struct buffer *out);

/* What the page shows, as JSON; a fault goes to out. */
void status_json(struct status *status, struct buffer *out);

/* {"ready":false,"reasons":["..."]}; whether it is. */
bool status_readiness(struct status *status, struct buffer *out);

#endif
