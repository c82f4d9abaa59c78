#include <glob.h>
#include <stdlib.h>

#include "producer/sender.h"
#include "stage/commands/command.h"
#include "stage/files.h"
#include "stage/terminal/progress.h"
#include "stage/topic_pattern.h"

struct job {
	const struct settings *settings;
	const struct arguments *arguments;
	const char *topic;
	struct sender *sender;
	struct progress progress;
	size_t failed;
	enum fault outside; /* the first fault */
};

static void complain(struct job *job, enum fault fault, const char *text)
{
	progress_clear(&job->progress);
	fprintf(stderr, "wirestage: %s\n", *text ? text : fault_text(fault));
	if (!job->outside)
		job->outside = fault;
}

static void send_failed(void *owner, const char *label, const char *why)
{
	struct job *job = owner;
	struct fault_note note;

	job->failed++;
	complain(job,
		 fault_noted(FAULT_KAFKA, &note, "%s: not in topic %s: %s",
			     label, job->topic, why),
		 note.text);
}

static void send_file(struct job *job, const char *path)
{
	const char *key = arguments_get(job->arguments, "key");
	const char *type = arguments_get(job->arguments, "content-type");
	struct fault_note note = { "" };
	struct slice text;
	const struct record_header header = { SLICE("content-type"),
					      type ? slice_from(type)
						   : SLICE_NONE };
	enum fault fault = file_read(path, INT32_MAX, &text, &note);

	if (fault) {
		complain(job, fault, note.text);
		return;
	}
	const struct outgoing record = {
		.topic = job->topic,
		.key = key ? slice_from(key) : file_base_name(path),
		.value = text,
		.timestamp_ms = -1,
		.headers = &header,
		.header_count = type ? 1 : 0,
	};
	sender_send(job->sender, &record, path);
	free((char *)text.ptr);
}

static void send_paths(struct job *job, char *const *paths, size_t count)
{
	struct fault_note note = { "" };
	const struct sender_config config = {
		.bootstrap_servers = job->settings->bootstrap_servers,
		.client_id = "wirestage-send",
		.properties = job->settings->producer,
		.failed = send_failed,
		.owner = job,
	};
	enum fault fault = sender_open(&config, &job->sender, &note);

	if (fault) {
		complain(job, fault, note.text);
		return;
	}
	progress_begin(&job->progress, "files", count);
	for (size_t i = 0; i < count; i++) {
		send_file(job, paths[i]);
		progress_show(&job->progress, i + 1);
	}
	size_t sent = sender_flush(job->sender);
	progress_clear(&job->progress);
	printf("%zu of %zu sent to topic %s\n", sent, count, job->topic);
	sender_close(job->sender);
}

static int send_run(const struct settings *settings,
		    const struct arguments *arguments)
{
	struct job job = { .settings = settings, .arguments = arguments };
	glob_t paths = { .gl_pathc = 0 };

	job.topic = arguments_get(arguments, "topic");
	if (!job.topic)
		job.topic = settings->input_topics.items[0];
	if (topic_is_pattern(job.topic)) {
		fputs("wirestage: input.topics is a pattern: name one topic by "
		      "--topic\n",
		      stderr);
		return STATUS_USAGE;
	}
	if (files_expand(arguments->operands, &paths))
		complain(&job, FAULT_NO_MEMORY, "");
	else
		send_paths(&job, paths.gl_pathv, paths.gl_pathc);
	if (job.outside == FAULT_KAFKA)
		fputs(TRY_CHECK, stderr);
	globfree(&paths);
	return status_from(job.outside);
}

static const struct option options[] = {
	{ "topic", 0, "TOPIC", "into that topic; else the first raw topic" },
	{ "key", 0, "KEY", "with that key; else the file's name" },
	{ "content-type", 0, "TYPE", "with a header that says so" },
	{ .name = NULL },
};

static const char *const settings_used[] = {
	"bootstrap.servers", "input.topics", "kafka.", "producer.", NULL,
};

const struct command command_send = {
	.name = "send",
	.summary = "put files into a raw topic",
	.operands = "[FILE...]",
	.about = "Each file becomes one message; none, or -, is standard "
		 "input; quoted globs are\nexpanded. Waits until the brokers "
		 "have each of them, and names those that fail.\n",
	.examples = "wirestage send samples/budget-vote.txt\n"
		    "wirestage send --topic raw --content-type "
		    "application/json 'samples/*.json'\n",
	.options = options,
	.settings = settings_used,
	.quiet = true,
	.run = send_run,
};
