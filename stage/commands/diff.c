#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "stage/commands/command.h"
#include "stage/diff/report.h"
#include "stage/terminal/progress.h"
#include "stage/terminal/terminal.h"

enum { EXAMPLES_DEFAULT = 3, PROGRESS_UNIT = 1000000 };

/* One call of the command. */
struct job {
	const char *before_path, *after_path;
	struct join join;
	struct comparison *comparison;
	struct progress progress;
};

/* The note may quote a file, which may hold what a terminal obeys. */
static int complain(enum fault fault, const struct fault_note *note)
{
	fputs("wirestage: ", stderr);
	terminal_print(slice_from(*note->text ? note->text : fault_text(fault)),
		       stderr);
	fputc('\n', stderr);
	return status_from(fault);
}

static void begin_progress(struct job *job)
{
	uint64_t before = article_file_size(job->join.before);
	uint64_t after = article_file_size(job->join.after);

	/* Of a pipe the size is not known. */
	progress_begin(&job->progress, "MB",
		       before && after
			       ? (size_t)((before + after) / PROGRESS_UNIT)
			       : 0);
	/* Nothing else is written until the end. */
	job->progress.terminal = isatty(STDERR_FILENO);
}

static void show_progress(struct job *job)
{
	uint64_t at = article_file_at(job->join.before) +
		      article_file_at(job->join.after);

	progress_show(&job->progress, (size_t)(at / PROGRESS_UNIT));
}

static enum fault job_open(struct job *job, size_t examples,
			   struct fault_note *note)
{
	enum fault fault = comparison_new(examples, &job->comparison, note);

	if (!fault)
		fault = article_file_open(job->before_path, &job->join.before,
					  note);
	if (!fault)
		fault = article_file_open(job->after_path, &job->join.after,
					  note);
	return fault;
}

static void job_close(struct job *job)
{
	article_file_close(job->join.before);
	article_file_close(job->join.after);
	comparison_free(job->comparison);
}

static enum fault compare_all(struct job *job, struct fault_note *note)
{
	struct pair pair = { NULL, NULL };
	enum fault fault = FAULT_NONE;

	begin_progress(job);
	do {
		fault = join_next(&job->join, &pair, note);
		if (fault || (!pair.before && !pair.after))
			break;
		fault = comparison_add(job->comparison, &pair);
		show_progress(job);
	} while (!fault);
	progress_clear(&job->progress);
	return fault;
}

static enum fault write_report(const struct job *job, bool json,
			       struct fault_note *note)
{
	const struct report report = {
		.comparison = job->comparison,
		.before_path = job->before_path,
		.after_path = job->after_path,
		.colour = isatty(STDOUT_FILENO),
	};
	enum fault fault = FAULT_NONE;
	struct buffer text;

	buffer_init(&text, SIZE_MAX);
	if (json)
		fault = report_json(&report, &text);
	else
		report_print(&report, stdout);
	struct slice bytes = buffer_slice(&text);
	if (!fault)
		fwrite(bytes.ptr, 1, bytes.len, stdout);
	buffer_release(&text);
	if (!fault && (fflush(stdout) || ferror(stdout)))
		fault = fault_noted(FAULT_FILE, note, "standard output: %s",
				    strerrordesc_np(errno));
	return fault;
}

static int diff_run(const struct settings *settings,
		    const struct arguments *arguments)
{
	static struct complaints complaints;
	struct fault_note note = { "" };
	long examples = 0;

	(void)settings;
	if (arguments->operand_count != 2)
		complaint_add(&complaints, "diff takes two Avro files, BEFORE "
					   "and AFTER");
	arguments_number(arguments, "examples", 0, EXAMPLES_MAX,
			 EXAMPLES_DEFAULT, &examples, &complaints);
	if (complaints.count > 0) {
		complaints_print(&complaints, stderr);
		return STATUS_USAGE;
	}
	struct job job = { .before_path = arguments->operands[0],
			   .after_path = arguments->operands[1] };
	enum fault fault = job_open(&job, (size_t)examples, &note);
	if (!fault)
		fault = compare_all(&job, &note);
	if (!fault)
		fault = write_report(&job, arguments_get(arguments, "json"),
				     &note);
	int status = fault ? complain(fault, &note)
		     : comparison_differs(job.comparison) ? STATUS_REJECTED
							  : STATUS_DONE;
	job_close(&job);
	return status;
}

static const struct option options[] = {
	{ "json", 0, NULL, "one JSON object, for tools" },
	{ "examples", 0, "N",
	  "the most articles to show of each kind: 0 to 100; 3 unless given" },
	{ .name = NULL },
};

const struct command command_diff = {
	.name = "diff",
	.summary = "what two files of articles say differently",
	.operands = "BEFORE AFTER",
	.about = "Joins two Avro files, as 'replay --dry-run' and 'transform "
		 "--avro' write them,\nby where each article came from "
		 "(topic, partition, offset, part), and says how\nmany "
		 "articles changed and in which fields, which topics came and "
		 "went, and\nwhich articles are in one file only. The "
		 "versions of transform, vocabulary,\nrules and model are "
		 "told at the top, and are no change of an article.\nFiles "
		 "may be of any size; both must be in that order.\n",
	.examples = "wirestage diff before.avro after.avro\n"
		    "wirestage diff --examples=20 before.avro after.avro\n"
		    "wirestage diff --json before.avro after.avro | jq "
		    ".topics\n",
	.options = options,
	.settings = NULL,
	.rejected = "the files differ",
	.run = diff_run,
};
