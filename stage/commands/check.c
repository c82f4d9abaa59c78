#include <stdio.h>

#include "stage/cluster/preflight.h"
#include "stage/commands/command.h"
#include "stage/context.h"

static void print(const char *mark, const struct complaints *complaints)
{
	for (size_t i = 0; i < complaints->count && i < COMPLAINTS_MAX; i++)
		printf("%s %s\n", mark, complaints->text[i]);
}

static int run(const struct settings *settings,
	       const struct arguments *arguments)
{
	static struct preflight preflight; /* too large for a stack */
	struct fault_note note;
	struct context context;

	(void)arguments;
	enum fault vocabulary = context_open(settings, &context, &note);
	if (vocabulary)
		printf("wrong    %s\n", note.text);
	else
		printf("ok       vocabulary version %.*s\n",
		       SLICE_ARG(vocabulary_version(context.vocabulary)));
	context_close(&context);

	enum fault fault = preflight_run(settings, &preflight);
	print("ok      ", &preflight.findings);
	print("careful ", &preflight.warnings);
	print("wrong   ", &preflight.errors);
	if (fflush(stdout))
		return STATUS_OUTSIDE;
	return status_from(fault ? fault : vocabulary);
}

static const struct option options[] = { { .name = NULL } };
static const char *const all_settings[] = { "", NULL };

const struct command command_check = {
	.name = "check",
	.summary = "whether the settings and the brokers fit, without starting",
	.operands = "",
	.about = "Reads the settings and the vocabulary, and asks the brokers "
		 "of the topics and\nof your rights. Every line that is not ok "
		 "says what to do.\n",
	.examples = "wirestage check -b localhost:9092\n"
		    "wirestage check -c wirestage.properties\n",
	.options = options,
	.settings = all_settings,
	.quiet = true,
	.run = run,
};
