#include <errno.h>
#include <glob.h>
#include <stdlib.h>

#include "producer/avro/container.h"
#include "producer/avro/encoder.h"
#include "producer/avro/json.h"
#include "schemas/embedded.h"
#include "stage/commands/command.h"
#include "stage/context.h"
#include "stage/files.h"
#include "stage/terminal/position.h"
#include "stage/terminal/progress.h"

/* All that one call of the command needs, and what came of it. */
struct job {
	const struct settings *settings;
	const struct arguments *arguments;
	struct context context;
	struct transform *transform;
	struct article_encoder *encoder;
	struct json_form *form;
	enum json_style style;
	char *memory; /* the arena's */
	struct arena arena;
	struct progress progress;

	const char *out_name;
	FILE *out;
	bool avro;
	struct container container;
	struct buffer text, record; /* text: on its way to out */

	size_t rejected;    /* parts */
	enum fault outside; /* the first fault that was no article's */
};

static void complain(struct job *job, enum fault fault, const char *text)
{
	progress_clear(&job->progress);
	fprintf(stderr, "wirestage: %s\n", *text ? text : fault_text(fault));
	if (!job->outside)
		job->outside = fault;
}

/* Hand what is in job->text to the file; false: there is no use in more. */
static bool write_out(struct job *job)
{
	struct fault_note note = { "" };
	struct slice text = buffer_slice(&job->text);

	fwrite(text.ptr, 1, text.len, job->out);
	buffer_clear(&job->text);
	if (!ferror(job->out))
		return true;
	/* Whoever read the pipe has seen enough, and need not be told. */
	if (errno == EPIPE)
		job->outside = FAULT_FILE;
	else
		complain(job,
			 fault_noted(FAULT_FILE, &note, "%s: %s", job->out_name,
				     strerrordesc_np(errno)),
			 note.text);
	return false;
}

static enum fault add_article(struct job *job, const struct article *article)
{
	if (!job->avro) {
		avro_value_t value = article_value(article);
		return json_form_print(job->form, &value, job->style,
				       &job->text);
	}
	buffer_clear(&job->record);
	enum fault fault = article_encode(job->encoder, article, &job->record);
	if (fault)
		return fault;
	return container_add(&job->container, buffer_slice(&job->record),
			     &job->text);
}

/* One line a compiler might have written, so that editors find the place. */
static void report(struct job *job, const char *path, struct slice text,
		   unsigned number, enum fault fault, size_t offset)
{
	/* The offset counts from behind a byte order mark. */
	const struct slice mark = SLICE("\xef\xbb\xbf");
	if (slice_starts(text, mark))
		text = slice_skip(text, mark.len);
	struct position at = position_find(text, offset);

	progress_clear(&job->progress);
	fprintf(stderr, "%s:%zu:%zu: part %u: %s: %s\n", path, at.line,
		at.column, number, fault_name(fault), fault_text(fault));
	job->rejected++;
}

static bool transform_text(struct job *job, const char *path, struct slice text,
			   size_t index)
{
	const char *key = arguments_get(job->arguments, "key");
	const char *type = arguments_get(job->arguments, "content-type");
	const struct record_header header = { SLICE("content-type"),
					      type ? slice_from(type)
						   : SLICE_NONE };
	const struct record record = {
		.topic = slice_from(path),
		.offset = (int64_t)index,
		.timestamp_ms = -1,
		.key = key ? slice_from(key) : SLICE_NONE,
		.value = text,
		.headers = &header,
		.header_count = type ? 1 : 0,
	};

	arena_reset(&job->arena);
	struct parts parts =
		transform_record(job->transform, &record, &job->arena);
	for (size_t i = 0; i < parts.count; i++) {
		const struct part *part = &parts.items[i];
		enum fault fault = part->fault;
		if (!fault)
			fault = add_article(job, part->article);
		if (fault_disposition(fault) == DISPOSITION_OUTSIDE) {
			complain(job, fault, "");
			return false;
		}
		if (fault)
			report(job, path, text, part->number, fault,
			       part->fault_offset);
	}
	return write_out(job);
}

/* False: the command is to end. A file that cannot be read is skipped. */
static bool transform_file(struct job *job, const char *path, size_t index)
{
	struct fault_note note = { "" };
	struct slice text;
	enum fault fault = file_read(
		path, (size_t)job->settings->input_max_bytes, &text, &note);

	if (fault == FAULT_TOO_LARGE)
		report(job, path, SLICE(""), 0, fault, 0);
	else if (fault)
		complain(job, fault, note.text);
	if (fault)
		return true;
	bool more = transform_text(job, path, text, index);
	free((char *)text.ptr);
	return more;
}

static enum fault open_out(struct job *job, struct fault_note *note)
{
	const char *path = arguments_get(job->arguments, "avro");

	job->avro = path != NULL;
	job->out = stdout;
	job->out_name = "standard output";
	if (!path)
		return FAULT_NONE;
	if (strcmp(path, "-") != 0) {
		job->out_name = path;
		job->out = fopen(path, "wbe");
		if (!job->out)
			return fault_noted(FAULT_FILE, note, "%s: %s", path,
					   strerrordesc_np(errno));
	}
	container_start(&job->container, embedded_article_schema(), &job->text);
	return job->text.fault;
}

static enum fault job_open(struct job *job, struct fault_note *note)
{
	size_t size = (size_t)job->settings->arena_max_bytes;
	enum fault fault = context_open(job->settings, &job->context, note);

	if (fault)
		return fault;
	job->transform = transform_new(&job->context.transform);
	job->memory = malloc(size);
	if (!job->transform || !job->memory)
		return FAULT_NO_MEMORY;
	arena_init(&job->arena, job->memory, size);
	fault = article_encoder_new(embedded_article_schema(), &job->encoder,
				    note);
	if (!fault)
		fault = json_form_new(embedded_article_schema(), &job->form,
				      note);
	return fault ? fault : open_out(job, note);
}

/* Write the last block, and learn whether all that was written arrived. */
static void job_finish(struct job *job)
{
	if (job->avro)
		container_finish(&job->container, &job->text);
	if (job->text.fault)
		complain(job, job->text.fault, "");
	else if (write_out(job) && fflush(job->out))
		write_out(job);
}

static void job_close(struct job *job)
{
	if (job->out && job->out != stdout)
		fclose(job->out);
	container_release(&job->container);
	buffer_release(&job->text);
	buffer_release(&job->record);
	json_form_free(job->form);
	article_encoder_free(job->encoder);
	transform_free(job->transform);
	context_close(&job->context);
	free(job->memory);
}

static void transform_paths(struct job *job, char *const *paths, size_t count)
{
	size_t i = 0;

	progress_begin(&job->progress, "files", count);
	while (i < count && transform_file(job, paths[i], i))
		progress_show(&job->progress, ++i);
	progress_clear(&job->progress);
	if (i == count)
		job_finish(job);
}

static int transform_run(const struct settings *settings,
			 const struct arguments *arguments)
{
	struct fault_note note = { "" };
	struct job job = { .settings = settings, .arguments = arguments };
	glob_t paths = { .gl_pathc = 0 };

	container_init(&job.container);
	buffer_init(&job.text, SIZE_MAX);
	buffer_init(&job.record, SIZE_MAX);
	if (arguments_get(arguments, "pretty"))
		job.style = JSON_STYLE_PRETTY;
	enum fault fault = files_expand(arguments->operands, &paths);
	if (!fault)
		fault = job_open(&job, &note);
	if (fault)
		complain(&job, fault, note.text);
	else
		transform_paths(&job, paths.gl_pathv, paths.gl_pathc);
	globfree(&paths);
	job_close(&job);
	if (job.outside)
		return status_from(job.outside);
	return job.rejected ? STATUS_REJECTED : STATUS_DONE;
}

static const struct option options[] = {
	{ "pretty", 0, NULL, "JSON for people, indented" },
	{ "avro", 0, "FILE",
	  "an Avro object container file instead of JSON; - is stdout" },
	{ "content-type", 0, "TYPE",
	  "as if the message had this header: application/json" },
	{ "key", 0, "KEY", "as if the message had this key" },
	{ .name = NULL },
};

static const char *const settings_used[] = {
	"format",	   "encoding", "uri.from",   "input.max.bytes",
	"arena.max.bytes", "work.max", "vocabulary", NULL,
};

const struct command command_transform = {
	.name = "transform",
	.summary = "see what files become, without a broker",
	.operands = "[FILE...]",
	.about = "Each file is one message; none, or -, is standard input; "
		 "quoted globs are\nexpanded. Articles go to standard output, "
		 "one JSON object a line. What is\nrejected is said on "
		 "standard error as FILE:LINE:COLUMN: part N: FAULT: why.\n",
	.examples = "wirestage transform --pretty samples/budget-vote.txt\n"
		    "wirestage transform --avro articles.avro "
		    "'samples/*.txt'\n",
	.options = options,
	.settings = settings_used,
	.quiet = true,
	.run = transform_run,
};
