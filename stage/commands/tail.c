#include <errno.h>
#include <signal.h>

#include "consumer/reader.h"
#include "producer/avro/encoder.h"
#include "producer/avro/framing.h"
#include "producer/avro/json.h"
#include "producer/avro/summary.h"
#include "schemas/embedded.h"
#include "stage/commands/command.h"
#include "stage/terminal/terminal.h"
#include "transform/text/date.h"

enum { POLL_MS = 100 };

enum look { LOOK_LINE, LOOK_JSON, LOOK_PRETTY };

struct job {
	const struct settings *settings;
	struct start start;
	bool ends;
	long most; /* articles to show; 0: all */
	enum look look;
	const char *topics; /* by commas; NULL: all */

	struct reader *reader;
	struct article_encoder *decoder;
	struct json_form *form;
	struct buffer text;
	long shown;
	size_t unread;
};

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

/* Whether the header's topics, by commas, have one of those asked for. */
static bool is_wanted(const char *asked, struct slice topics)
{
	struct slice one, other, rest = slice_from(asked);

	while (slice_split(&rest, ',', &one)) {
		struct slice have = topics;
		while (slice_split(&have, ',', &other))
			if (slice_equal_nocase(slice_trim(one), other))
				return true;
	}
	return false;
}

/* "[kill] " and the like, where the message does not just tell a story. */
static void print_signal(struct slice signal)
{
	if (signal.len > 0 && !slice_equal(signal, SLICE("none"))) {
		fputs("[", stdout);
		terminal_print(signal, stdout);
		fputs("] ", stdout);
	}
}

static void print_line(const struct record *record, const avro_value_t *article)
{
	struct slice topics = record_header(record, SLICE("wirestage.topics"));
	struct slice title = record_text(article, "headline");
	char time[INSTANT_TEXT_SIZE] = "-";

	if (record->timestamp_ms >= 0)
		instant_format(record->timestamp_ms, time);
	printf("%-20s  ", time);
	terminal_print(topics.len > 0 ? topics : SLICE("-"), stdout);
	fputs("  ", stdout);
	print_signal(record_header(record, SLICE("wirestage.signal")));
	terminal_print(title.ptr ? title : record_text(article, "uri"), stdout);
	fputs("  ", stdout);
	terminal_print(record_header(record, SLICE("wirestage.origin")),
		       stdout);
	fputs("\n", stdout);
}

static void print_json(struct job *job, const avro_value_t *article)
{
	buffer_clear(&job->text);
	enum fault fault = json_form_print(
		job->form, article,
		job->look == LOOK_PRETTY ? JSON_STYLE_PRETTY : JSON_STYLE_LINE,
		&job->text);
	struct slice text = buffer_slice(&job->text);

	if (fault)
		fprintf(stderr, "wirestage: %s\n", fault_text(fault));
	else
		fwrite(text.ptr, 1, text.len, stdout);
}

static void show(struct job *job, const struct record *record)
{
	struct framing framing;
	struct slice body;
	avro_value_t article;

	if (job->topics &&
	    !is_wanted(job->topics, record_header(record, SLICE("wirestage."
								"topics"))))
		return;
	if (!record->value.ptr ||
	    !framing_read(record->value, &framing, &body) ||
	    !article_decode(job->decoder, body, &article)) {
		fprintf(stderr,
			"wirestage: %.*s/%d/%lld is no article of this "
			"version's schema\n",
			SLICE_ARG(record->topic), (int)record->partition,
			(long long)record->offset);
		job->unread++;
		return;
	}
	if (job->look == LOOK_LINE)
		print_line(record, &article);
	else
		print_json(job, &article);
	job->shown++;
}

/* Show what comes until it is enough. */
static enum fault follow(struct job *job, struct fault_note *note)
{
	const struct record *record;
	enum fault fault = FAULT_NONE;

	while (!fault && !interrupted && !reader_has_ended(job->reader) &&
	       (job->most == 0 || job->shown < job->most)) {
		fault = reader_next(job->reader, POLL_MS, &record, note);
		if (!fault && record)
			show(job, record);
		/* Whoever follows wants to see it now. */
		else if (fflush(stdout))
			interrupted = 1;
		if (ferror(stdout))
			interrupted = 1;
	}
	return fflush(stdout) && errno != EPIPE
		       ? fault_noted(FAULT_FILE, note, "standard output: %s",
				     strerrordesc_np(errno))
		       : fault;
}

static enum fault job_open(struct job *job, struct fault_note *note)
{
	const struct reader_config config = {
		.bootstrap_servers = job->settings->bootstrap_servers,
		.client_id = "wirestage-tail",
		.topic = job->settings->output_topic,
		.start = job->start,
		.ends = job->ends,
		.properties = job->settings->consumer,
	};
	struct slice schema = embedded_article_schema();
	enum fault fault = article_encoder_new(schema, &job->decoder, note);

	if (!fault)
		fault = json_form_new(schema, &job->form, note);
	return fault ? fault : reader_open(&config, &job->reader, note);
}

static void job_close(struct job *job)
{
	reader_close(job->reader);
	json_form_free(job->form);
	article_encoder_free(job->decoder);
	buffer_release(&job->text);
}

/* Read the command's options; what is wrong becomes a complaint. */
static void read_options(struct job *job, const struct arguments *arguments,
			 struct complaints *complaints)
{
	const char *from = arguments_get(arguments, "from");

	job->topics = arguments_get(arguments, "topic");
	job->ends = arguments_get(arguments, "exit");
	if (arguments_get(arguments, "json"))
		job->look = LOOK_JSON;
	if (arguments_get(arguments, "pretty"))
		job->look = LOOK_PRETTY;
	if (!from || !strcmp(from, "end"))
		job->start.at = START_LATEST;
	else if (!strcmp(from, "beginning"))
		job->start.at = START_EARLIEST;
	else if (!start_parse(slice_from(from), &job->start))
		complaint_add(complaints,
			      "--from=%.100s is none of end, beginning, a day "
			      "(2025-09-01), and an RFC 3339 instant",
			      from);
	arguments_number(arguments, "count", 1, INT32_MAX, 0, &job->most,
			 complaints);
}

static int tail_run(const struct settings *settings,
		    const struct arguments *arguments)
{
	static struct complaints complaints;
	struct sigaction action = { .sa_handler = interrupt };
	struct fault_note note = { "" };
	struct job job = { .settings = settings };

	read_options(&job, arguments, &complaints);
	if (complaints.count > 0) {
		complaints_print(&complaints, stderr);
		return STATUS_USAGE;
	}
	buffer_init(&job.text, SIZE_MAX);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	enum fault fault = job_open(&job, &note);
	if (!fault)
		fault = follow(&job, &note);
	if (fault)
		fprintf(stderr, "wirestage: %s\n%s",
			*note.text ? note.text : fault_text(fault),
			fault == FAULT_KAFKA ? TRY_CHECK : "");
	job_close(&job);
	if (fault)
		return status_from(fault);
	return job.unread ? STATUS_REJECTED : STATUS_DONE;
}

static const struct option options[] = {
	{ "from", 0, "end|beginning|TIME",
	  "where to begin; TIME as 2025-09-09T10:00:00Z; else the end" },
	{ "topic", 0, "CODE,...", "articles with one of these topics alone" },
	{ "json", 0, NULL, "the whole article, one JSON object a line" },
	{ "pretty", 0, NULL, "the whole article, indented" },
	{ "count", 'n', "COUNT", "end after so many articles" },
	{ "exit", 'e', NULL, "end where the topic ends now" },
	{ .name = NULL },
};

static const char *const settings_used[] = {
	"bootstrap.servers", "output.topic", "kafka.", "consumer.", NULL,
};

const struct command command_tail = {
	.name = "tail",
	.summary = "the articles topic, readable, as it grows",
	.operands = "",
	.about = "One line an article: when, topics, headline, and where its "
		 "message stands as\ntopic/partition/offset/part. Reads what "
		 "is committed, joins no group, and ends\non SIGINT.\n",
	.examples = "wirestage tail --topic POLITICS,WORLD\n"
		    "wirestage tail --from beginning --pretty -n 1\n",
	.options = options,
	.settings = settings_used,
	.quiet = true,
	.run = tail_run,
};
