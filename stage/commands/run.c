#include "stage/cluster/preflight.h"
#include "stage/commands/command.h"
#include "stage/context.h"
#include "stage/http/show.h"
#include "stage/reload.h"
#include "stage/shutdown.h"
#include "stage/version.h"
#include "stage/worker/service.h"

static void log_complaints(enum log_level level, const char *event,
			   const struct complaints *complaints)
{
	for (size_t i = 0; i < complaints->count && i < COMPLAINTS_MAX; i++)
		log_event(level, event, LOG_STR("text", complaints->text[i]),
			  LOG_END);
}

static enum fault fly(const struct settings *settings,
		      struct service_task *task)
{
	static struct preflight preflight; /* too large for a stack */
	enum fault fault = preflight_run(settings, &preflight);

	log_complaints(LOG_DEBUG, "preflight", &preflight.findings);
	log_complaints(LOG_WARN, "preflight", &preflight.warnings);
	log_complaints(LOG_ERROR, "preflight", &preflight.errors);
	*task = (struct service_task){
		.output_max_bytes = preflight.output_max_bytes,
		.deadletter_max_bytes = preflight.deadletter_max_bytes,
	};
	return fault;
}

static void reload_files(struct service *service,
			 const struct settings *settings, struct status *status)
{
	char version[64] = "";
	bool done = reload(settings, service, version, sizeof version);

	status_reloaded(status, done, version);
}

/* Wait for a signal to end, or for a worker that ends by itself; then drain. */
static void attend(struct service *service, const struct settings *settings,
		   struct status *status, const sigset_t *signals)
{
	int number = -1;

	while (number < 0 && !service_any_ended(service)) {
		number = shutdown_next_signal(signals);
		status_tick(status);
		if (number != SIGHUP)
			continue;
		reload_files(service, settings, status);
		number = -1;
	}
	status_stopping(status);
	log_event(LOG_INFO, "stop",
		  LOG_STR("signal", number < 0 ? NULL : sigabbrev_np(number)),
		  LOG_INT("timeout_ms", settings->shutdown_timeout_ms),
		  LOG_END);
	shutdown_drain(service, settings, signals);
}

/* Show how the service does, if it is to be shown, while it runs. */
static enum fault attend_shown(struct service *service,
			       const struct settings *settings,
			       const struct context *context,
			       const sigset_t *signals, struct fault_note *note)
{
	struct show show = { NULL, NULL };
	enum fault fault =
		show_open(settings, service, context, NULL, &show, note);

	if (fault)
		shutdown_drain(service, settings, signals);
	else
		attend(service, settings, show.status, signals);
	show_close(&show);
	return fault;
}

static enum fault serve(const struct settings *settings,
			struct service_task task, const sigset_t *signals)
{
	struct fault_note note = { "" };
	struct context context;
	struct service *service = NULL;
	enum fault fault = context_open(settings, &context, &note);

	if (!fault)
		fault = service_start(settings, &context.transform, task,
				      &service, &note);
	if (!fault) {
		enum fault shown = attend_shown(service, settings, &context,
						signals, &note);
		counters_log(service_counters(service), "totals");
		fault = service_close(service, &note);
		if (!fault)
			fault = shown;
	}
	if (fault)
		log_event(LOG_ERROR, "failed",
			  LOG_STR("fault", fault_name(fault)),
			  LOG_STR("text", note.text), LOG_END);
	context_close(&context);
	return fault;
}

static int run(const struct settings *settings,
	       const struct arguments *arguments)
{
	sigset_t signals = shutdown_hold_signals();
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	struct service_task task;

	(void)arguments;
	version_log();
	settings_log(settings);
	enum fault fault = fly(settings, &task);
	if (!fault)
		fault = serve(settings, task, &signals);
	return status_from(fault);
}

static const struct option options[] = { { .name = NULL } };
static const char *const all_settings[] = { "", NULL };

const struct command command_run = {
	.name = "run",
	.summary = "take raw articles to the output topic: the service",
	.operands = "",
	.about = "Joins the consumer group, transforms every raw message and "
		 "writes articles\nand dead letters, exactly once, until "
		 "SIGTERM or SIGINT: then it commits what\nis open and leaves "
		 "the group. A second signal ends it at once.\n"
		 "SIGHUP reads the vocabulary and log.level again, from where "
		 "they came.\n\n"
		 "The topics must exist; 'wirestage check' says what does not "
		 "fit.\n",
	.examples = "wirestage run -b localhost:9092 --input.topics=raw\n"
		    "wirestage run -c wirestage.properties\n",
	.options = options,
	.settings = all_settings,
	.run = run,
};
