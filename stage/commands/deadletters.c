#include <inttypes.h>
#include <stdio.h>

#include "consumer/reader.h"
#include "producer/deadletter.h"
#include "stage/commands/command.h"
#include "stage/terminal/position.h"
#include "stage/terminal/terminal.h"
#include "transform/text/date.h"

enum { CONTEXT_BYTES = 60 };

/* The letters of one reason. */
struct reason {
	size_t count, again; /* again: that a redrive has returned */
	char newest[300];    /* where it is from, and since when */
};

struct job {
	const struct settings *settings;
	const char *reason; /* NULL: all */
	const char *show;   /* an origin; NULL: none */
	bool list;
	struct start start;
	struct reason reasons[FAULT_COUNT];
	size_t total, foreign;
};

static bool fault_from(struct slice name, enum fault *out)
{
	for (enum fault fault = FAULT_NONE; fault < FAULT_COUNT; fault++) {
		if (slice_equal(slice_from(fault_name(fault)), name)) {
			*out = fault;
			return true;
		}
	}
	return false;
}

static void print_slice(const char *before, struct slice text,
			const char *after)
{
	fputs(before, stdout);
	terminal_print(text, stdout);
	fputs(after, stdout);
}

static void describe(const struct record *record, const struct letter *letter,
		     char *out, size_t size)
{
	char time[INSTANT_TEXT_SIZE] = "-";

	if (record->timestamp_ms >= 0)
		instant_format(record->timestamp_ms, time);
	snprintf(out, size, "%.*s, of %s, attempt %u%s",
		 SLICE_ARG(record_header(record, SLICE("wirestage.origin"))),
		 time, letter->rejection.attempt,
		 letter->by_reference ? ", by reference" : "");
}

/* The text around the byte where it failed, and a mark below it. */
static void print_place(const struct letter *letter)
{
	struct slice text = letter->raw.value;
	size_t at = letter->rejection.offset;

	if (!text.ptr || at > text.len)
		return;
	struct position position = position_find(text, at);
	size_t begin = at < CONTEXT_BYTES ? 0 : at - CONTEXT_BYTES;
	size_t end = text.len - at < CONTEXT_BYTES ? text.len
						   : at + CONTEXT_BYTES;
	for (size_t i = at; i > begin; i--)
		if (text.ptr[i - 1] == '\n')
			begin = i;
	for (size_t i = at; i < end; i++)
		if (text.ptr[i] == '\n')
			end = i;
	printf("\nit failed at byte %zu, line %zu, column %zu:\n\n", at,
	       position.line, position.column);
	print_slice("  ", slice_between(text.ptr + begin, text.ptr + end),
		    "\n");
	printf("  %*s^\n", (int)(at - begin), "");
}

static void show_whole(const struct record *record, const struct letter *letter)
{
	for (size_t i = 0; i < record->header_count; i++) {
		print_slice("", record->headers[i].name, ": ");
		print_slice("", record->headers[i].value, "\n");
	}
	print_slice("key: ", record->key, "\n");
	printf("value: %zu bytes%s\n", record->value.len,
	       letter->by_reference ? ", cut" : "");
	print_place(letter);
	fputs("\n", stdout);
}

static bool is_wanted(const struct job *job, const struct record *record,
		      const struct letter *letter)
{
	if (job->show)
		return slice_equal(record_header(record,
						 SLICE("wirestage.origin")),
				   slice_from(job->show));
	return !job->reason ||
	       slice_equal(slice_from(job->reason), letter->fault_name);
}

static enum fault take(void *opaque, const struct record *record,
		       struct fault_note *note)
{
	struct job *job = opaque;
	enum fault fault = FAULT_NONE;
	struct letter letter;

	(void)note;
	if (!deadletter_read(record, &letter)) {
		job->foreign++;
		return FAULT_NONE;
	}
	if (!is_wanted(job, record, &letter))
		return FAULT_NONE;
	/* A later version's reason may have no number here. */
	(void)fault_from(letter.fault_name, &fault);
	struct reason *reason = &job->reasons[fault];
	describe(record, &letter, reason->newest, sizeof reason->newest);
	reason->count++;
	reason->again += letter.rejection.attempt > 1;
	job->total++;
	if (job->list) {
		print_slice("", letter.fault_name, "  ");
		print_slice("", slice_from(reason->newest), "  ");
		print_slice("key ", record->key, "\n");
	}
	if (job->show)
		show_whole(record, &letter);
	return FAULT_NONE;
}

static void print_reasons(const struct job *job)
{
	printf("%zu dead letter%s in topic %s\n", job->total,
	       job->total == 1 ? "" : "s", job->settings->deadletter_topic);
	for (enum fault fault = FAULT_NONE; fault < FAULT_COUNT; fault++) {
		const struct reason *reason = &job->reasons[fault];
		if (reason->count == 0)
			continue;
		printf("\n%8zu  %s", reason->count,
		       fault ? fault_name(fault) : "(unknown here)");
		if (reason->again)
			printf(", of which a redrive returned %zu",
			       reason->again);
		printf("\n          %s\n          last: ",
		       fault ? fault_text(fault) : "");
		terminal_print(slice_from(reason->newest), stdout);
		fputs("\n", stdout);
	}
	if (job->foreign)
		printf("\n%zu messages there are no dead letters of wirestage\n",
		       job->foreign);
}

static enum fault read_letters(struct job *job, struct fault_note *note)
{
	const struct reader_config config = {
		.bootstrap_servers = job->settings->bootstrap_servers,
		.client_id = "wirestage-deadletters",
		.topic = job->settings->deadletter_topic,
		.start = job->start,
		.ends = true,
		.properties = job->settings->consumer,
	};

	return reader_each(&config, take, job, note);
}

static void read_options(struct job *job, const struct arguments *arguments,
			 struct complaints *complaints)
{
	const char *from = arguments_get(arguments, "from");
	enum fault ignored;

	job->reason = arguments_get(arguments, "reason");
	job->show = arguments_get(arguments, "show");
	job->list = arguments_get(arguments, "list") != NULL;
	job->start.at = START_EARLIEST;
	if (from && !start_parse(slice_from(from), &job->start))
		complaint_add(complaints,
			      "--from=%.100s is none of earliest, latest, a "
			      "day (2025-09-01), and an RFC 3339 instant",
			      from);
	if (job->reason && !fault_from(slice_from(job->reason), &ignored))
		complaint_add(complaints,
			      "--reason=%.60s is no fault; "
			      "transform/README.md lists them",
			      job->reason);
}

static int deadletters_run(const struct settings *settings,
			   const struct arguments *arguments)
{
	static struct complaints complaints;
	static struct job job;
	struct fault_note note = { "" };

	job.settings = settings;
	read_options(&job, arguments, &complaints);
	if (complaints.count) {
		complaints_print(&complaints, stderr);
		return STATUS_USAGE;
	}
	enum fault fault = read_letters(&job, &note);
	if (fault) {
		fprintf(stderr, "wirestage: %s\n%s",
			note.text[0] ? note.text : fault_text(fault),
			TRY_CHECK);
		return status_from(fault);
	}
	if (!job.list && !job.show)
		print_reasons(&job);
	if (fflush(stdout))
		return STATUS_OUTSIDE;
	if (!job.show || job.total > 0)
		return STATUS_DONE;
	fprintf(stderr, "wirestage: no dead letter is from %s\n", job.show);
	return STATUS_REJECTED;
}

static const struct option options[] = {
	{ "reason", 0, "FAULT", "of that fault alone" },
	{ "from", 0, "WHEN", "earliest, latest, a day, or an instant" },
	{ "list", 0, NULL, "each in a line" },
	{ "show", 0, "ORIGIN", "one, with its headers and where it failed" },
	{ .name = NULL },
};

static const char *const settings_used[] = {
	"bootstrap.servers", "deadletter.topic", "kafka.", "consumer.", NULL,
};

const struct command command_deadletters = {
	.name = "deadletters",
	.summary = "count, list and look at what could not become an article",
	.operands = "",
	.about = "Reads the dead-letter topic and counts it by reason. An "
		 "origin is\ntopic/partition/offset/part, as --list and the "
		 "logs tell it.\n",
	.examples = "wirestage deadletters\n"
		    "wirestage deadletters --list --reason date-invalid\n"
		    "wirestage deadletters --show raw/1/3/0\n",
	.options = options,
	.settings = settings_used,
	.quiet = true,
	.rejected = "nothing is there to --show",
	.run = deadletters_run,
};
