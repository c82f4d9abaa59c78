#include "stage/worker/service.h"

#include <assert.h>
#include <stdlib.h>

#include "producer/avro/fingerprint.h"
#include "schemas/embedded.h"

struct service {
	struct work work;
	struct counters counters;
	struct current current;
	atomic_bool stop;
	size_t count;
	struct worker *workers[];
};

static enum fault set_framing(const struct settings *settings,
			      struct work *work, struct fault_note *note)
{
	if (settings->framing == FRAMING_CONFLUENT) {
		work->framing = (struct framing){
			.kind = FRAMING_CONFLUENT,
			.schema_id = (uint32_t)settings->schema_id,
		};
		return FAULT_NONE;
	}
	work->framing.kind = FRAMING_SINGLE_OBJECT;
	return schema_fingerprint(work->schema, &work->framing.fingerprint,
				  note);
}

enum fault service_start(const struct settings *settings,
			 const struct transform_context *context,
			 struct service_task task, struct service **out,
			 struct fault_note *note)
{
	assert(settings && context && out && note);

	size_t wanted = (size_t)settings->workers;
	enum fault fault = FAULT_NO_MEMORY;
	struct service *service =
		calloc(1, sizeof *service + wanted * sizeof *service->workers);
	if (!service)
		return fault_noted(fault, note, "out of memory");
	service->work = (struct work){
		.settings = settings,
		.current = &service->current,
		.schema = embedded_article_schema(),
		.output_max_bytes = task.output_max_bytes,
		.deadletter_max_bytes = task.deadletter_max_bytes,
		.bounds = task.bounds,
		.redrive = task.redrive,
		.counters = &service->counters,
		.stop = &service->stop,
	};

	if (!counters_init(&service->counters, wanted) ||
	    !current_init(&service->current, context, wanted)) {
		counters_release(&service->counters);
		free(service);
		return fault_noted(fault, note, "out of memory");
	}
	fault = set_framing(settings, &service->work, note);
	while (!fault && service->count < wanted) {
		fault = worker_start(&service->work, (unsigned)service->count,
				     &service->workers[service->count], note);
		if (!fault)
			service->count++;
	}
	if (!fault) {
		*out = service;
		return FAULT_NONE;
	}

	struct fault_note ignored;
	service_stop(service);
	(void)service_close(service, &ignored);
	return fault;
}

void service_stop(struct service *service)
{
	atomic_store(&service->stop, true);
}

bool service_any_ended(const struct service *service)
{
	for (size_t i = 0; i < service->count; i++)
		if (worker_has_ended(service->workers[i]))
			return true;
	return false;
}

bool service_all_ended(const struct service *service)
{
	for (size_t i = 0; i < service->count; i++)
		if (!worker_has_ended(service->workers[i]))
			return false;
	return true;
}

void service_replace(struct service *service, struct context *context)
{
	const struct hold *holds[WORKERS_MAX];

	for (size_t i = 0; i < service->count; i++)
		holds[i] = worker_hold(service->workers[i]);
	current_replace(&service->current, context, holds, service->count);
}

const struct counters *service_counters(const struct service *service)
{
	return &service->counters;
}

enum fault service_close(struct service *service, struct fault_note *note)
{
	enum fault first = FAULT_NONE;

	for (size_t i = 0; i < service->count; i++) {
		struct fault_note one;
		enum fault fault = worker_join(service->workers[i], &one);
		if (!fault || first)
			continue;
		first = fault;
		*note = one;
	}
	current_release(&service->current);
	counters_release(&service->counters);
	free(service);
	return first;
}
