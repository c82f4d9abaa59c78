/* stage/worker/service.h - all workers of a process, as one. */
#ifndef STAGE_WORKER_SERVICE_H
#define STAGE_WORKER_SERVICE_H

#include "stage/worker/worker.h"

struct service;

/* What is not a setting. */
struct service_task {
	/* What the cluster says of the topics: max.message.bytes. */
	size_t output_max_bytes, deadletter_max_bytes;
	const struct bounds *bounds;   /* all that is read; NULL: read on */
	const struct redrive *redrive; /* NULL: messages are raw copy */
};

/*
 * Start settings->workers workers. settings, context and task's
 * bounds are borrowed until service_close().
 *
 * FAULT_CONFIG     a property, or the built-in schema, was refused
 * FAULT_NO_MEMORY
 */
MUST_CHECK enum fault service_start(const struct settings *settings,
				    const struct transform_context *context,
				    struct service_task task,
				    struct service **out,
				    struct fault_note *note);

/* Ask the workers to commit what is open, leave the group and end. */
void service_stop(struct service *service);

/* Whether any worker, or every one, has ended. */
bool service_any_ended(const struct service *service);
bool service_all_ended(const struct service *service);

/* Take context, from context_new(); each worker transforms by it from its next
 * batch on, and what none uses any more is freed. For one thread alone. */
void service_replace(struct service *service, struct context *context);

const struct counters *service_counters(const struct service *service);

/*
 * Wait for the workers, which were stopped or have ended, and free all but
 * context and settings. Returns the first fault that ended one, with note.
 */
enum fault service_close(struct service *service, struct fault_note *note);

#endif
