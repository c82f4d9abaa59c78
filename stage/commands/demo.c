#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "producer/sender.h"
#include "samples/embedded.h"
#include "stage/cluster/embedded.h"
#include "stage/commands/command.h"
#include "stage/context.h"
#include "stage/files.h"
#include "stage/terminal/showcase.h"
#include "stage/worker/service.h"

enum { PARTITIONS = 2, PATIENCE_MS = 30000, LOOK_MS = 10 };

static void send_failed(void *owner, const char *label, const char *why)
{
	(void)owner;
	fprintf(stderr, "wirestage: %s: not sent: %s\n", label, why);
}

static void send_one(struct sender *sender, const char *topic, const char *path,
		     const char *content_type, struct slice text)
{
	const struct record_header header = { SLICE("content-type"),
					      slice_from(content_type) };
	struct slice name = file_base_name(path);
	const struct outgoing record = {
		.topic = topic,
		.key = name,
		.value = text,
		.timestamp_ms = -1,
		.headers = &header,
		.header_count = *content_type ? 1 : 0,
	};

	sender_send(sender, &record, path);
	printf("  %5zu bytes  %.*s\n", text.len, SLICE_ARG(name));
}

static void send_samples(struct sender *sender, const char *topic)
{
	struct sample sample;

	for (size_t i = 0; sample_get(i, &sample); i++)
		send_one(sender, topic, sample.name, sample.content_type,
			 sample.text);
}

static enum fault send_files(struct sender *sender, const char *topic,
			     const char **operands, struct fault_note *note)
{
	glob_t paths = { .gl_pathc = 0 };
	enum fault fault = files_expand(operands, &paths);

	for (size_t i = 0; !fault && i < paths.gl_pathc; i++) {
		struct slice text;
		fault = file_read(paths.gl_pathv[i], INT32_MAX, &text, note);
		if (fault)
			break;
		send_one(sender, topic, paths.gl_pathv[i], "", text);
		free((char *)text.ptr);
	}
	if (!fault)
		(void)sender_flush(sender); /* while the names are there */
	globfree(&paths);
	return fault;
}

/* Put the articles into the raw topic; *sent is how many there are. */
static enum fault send_all(const struct settings *settings,
			   const struct arguments *arguments, size_t *sent,
			   struct fault_note *note)
{
	const struct sender_config config = {
		.bootstrap_servers = settings->bootstrap_servers,
		.client_id = "wirestage-demo",
		.properties = settings->producer,
		.failed = send_failed,
	};
	const char *topic = settings->input_topics.items[0];
	struct sender *sender;
	enum fault fault = sender_open(&config, &sender, note);

	if (fault)
		return fault;
	printf("These messages go into topic %s:\n\n", topic);
	if (arguments->operand_count > 0)
		fault = send_files(sender, topic, arguments->operands, note);
	else
		send_samples(sender, topic);
	*sent = sender_flush(sender);
	sender_close(sender);
	return fault;
}

/* Wait until the service has committed them all. */
static enum fault await(const struct service *service, size_t sent,
			struct fault_note *note)
{
	const struct counters *counters = service_counters(service);
	int64_t deadline = clock_steady_ms() + PATIENCE_MS;

	while (counters_get(counters, COUNTER_CONSUMED) < sent) {
		if (service_any_ended(service))
			return FAULT_KAFKA; /* service_close() tells why */
		if (clock_steady_ms() > deadline)
			return fault_noted(FAULT_KAFKA, note,
					   "the articles did not come through "
					   "in %d s; --log.level=debug tells "
					   "more",
					   PATIENCE_MS / 1000);
		clock_sleep_ms(LOOK_MS);
	}
	return FAULT_NONE;
}

/* "1 message", "2 messages" */
static void print_count(const struct service *service, enum counter counter,
			const char *unit)
{
	unsigned long long count =
		counters_get(service_counters(service), counter);

	printf("%llu %s%s", count, unit, count == 1 ? "" : "s");
}

static void print_totals(const struct service *service, int64_t took_ms)
{
	const struct counters *counters = service_counters(service);

	fputs("\nIn all: ", stdout);
	print_count(service, COUNTER_CONSUMED, "message");
	fputs(" held ", stdout);
	print_count(service, COUNTER_ARTICLES, "article");
	printf(": %llu published, ",
	       (unsigned long long)counters_get(counters, COUNTER_PUBLISHED));
	print_count(service, COUNTER_DEADLETTERED, "dead letter");
	printf(",\n%llu skipped; ",
	       (unsigned long long)counters_get(counters, COUNTER_SKIPPED));
	print_count(service, COUNTER_COMMITS, "transaction");
	printf(", %lld ms from the start to the last commit.\n",
	       (long long)took_ms);
}

static void print_next_steps(void)
{
	const char *us = program_invocation_name;

	printf("\nTo try next:\n\n"
	       "  %s transform --pretty FILE   what a file becomes, as JSON\n"
	       "  %s demo --keep               the same, and the broker stays\n"
	       "  %s help                      all that it does\n\n"
	       "README.md says how to run it on a cluster.\n",
	       us, us, us);
}

/* Leave the broker and the service up until someone has seen enough. */
static void keep_up(const struct settings *settings, const sigset_t *signals)
{
	const char *us = program_invocation_name;
	const char *address = settings->bootstrap_servers;

	printf("\nThe broker stays up at %s. From another terminal:\n\n"
	       "  %s tail -b %s --from beginning\n"
	       "  %s send -b %s FILE\n"
	       "  kcat -b %s -t %s -C -f '%%k %%h\\n'\n\n"
	       "Ctrl-C ends it.\n",
	       address, us, address, us, address, address,
	       settings->output_topic);
	fflush(stdout);
	sigwaitinfo(signals, NULL);
}

static enum fault serve(const struct settings *settings,
			const struct arguments *arguments,
			const sigset_t *signals, struct fault_note *note)
{
	/* The embedded broker takes what it gets. */
	const struct service_task task = {
		.output_max_bytes = 1000000,
		.deadletter_max_bytes = 1000000,
	};
	struct service *service;
	struct context context;
	int64_t begun_ms = clock_steady_ms();
	size_t sent = 0;
	enum fault fault = context_open(settings, &context, note);

	if (fault)
		goto close_context;
	fault = service_start(settings, &context.transform, task, &service,
			      note);
	if (fault)
		goto close_context;
	fault = send_all(settings, arguments, &sent, note);
	if (!fault)
		fault = await(service, sent, note);
	int64_t took_ms = clock_steady_ms() - begun_ms;
	if (!fault)
		fault = showcase_print(settings, note);
	if (!fault)
		print_totals(service, took_ms);
	if (!fault && arguments_get(arguments, "keep"))
		keep_up(settings, signals);
	else if (!fault)
		print_next_steps();

	service_stop(service);
	enum fault ended = service_close(service, note);
	if (!fault)
		fault = ended;
close_context:
	context_close(&context);
	return fault;
}

static enum fault make_topics(struct embedded *broker,
			      const struct settings *settings,
			      struct fault_note *note)
{
	const char *const topics[] = { settings->input_topics.items[0],
				       settings->output_topic,
				       settings->deadletter_topic };

	for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
		if (embedded_create_topic(broker, topics[i], PARTITIONS))
			return fault_noted(FAULT_KAFKA, note,
					   "topic %s cannot be made",
					   topics[i]);
	return FAULT_NONE;
}

static int demo_run(const struct settings *settings,
		    const struct arguments *arguments)
{
	struct fault_note note = { "" };
	struct embedded *broker = NULL;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	if (arguments_get(arguments, "keep"))
		pthread_sigmask(SIG_BLOCK, &signals, NULL);

	enum fault fault = embedded_open(&broker, &note);
	if (!fault)
		fault = make_topics(broker, settings, &note);
	if (!fault) {
		struct settings ours = *settings;

		ours.bootstrap_servers = embedded_address(broker);
		ours.workers = 1; /* the embedded group serves one member */
		printf("A broker is up inside this process, at %s.\n",
		       ours.bootstrap_servers);
		fault = serve(&ours, arguments, &signals, &note);
	}
	embedded_close(broker);
	if (fault)
		fprintf(stderr, "wirestage: %s\n",
			note.text[0] ? note.text : fault_text(fault));
	return fflush(stdout) ? STATUS_OUTSIDE : status_from(fault);
}

static const struct option options[] = {
	{ "keep", 0, NULL, "stay up, and say how to reach the broker" },
	{ .name = NULL },
};

static const char *const settings_used[] = {
	"input.topics", "output.topic", "deadletter.topic", "delivery",
	"encoding",	"uri.from",	"format",	    "vocabulary",
	"log.level",	NULL,
};

const struct command command_demo = {
	.name = "demo",
	.summary = "everything on an embedded broker, in one process",
	.operands = "[FILE...]",
	.about = "Starts librdkafka's mock cluster, sends it the bundled "
		 "articles or the files\ngiven, runs the real worker on them, "
		 "and reads back what came out. It shows the\nflow, not the "
		 "guarantees: those need real brokers.\n",
	.examples = "wirestage demo\n"
		    "wirestage demo --keep\n"
		    "wirestage demo samples/*.txt\n",
	.options = options,
	.settings = settings_used,
	.quiet = true,
	.run = demo_run,
};
