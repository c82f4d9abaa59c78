#include <inttypes.h>

#include "producer/avro/fingerprint.h"
#include "schemas/embedded.h"
#include "stage/commands/command.h"

static int fail(enum fault fault, const struct fault_note *note)
{
	fprintf(stderr, "wirestage: %s\n",
		*note->text ? note->text : fault_text(fault));
	return status_from(fault);
}

static int print_slice(struct slice text, const char *end)
{
	fwrite(text.ptr, 1, text.len, stdout);
	fputs(end, stdout);
	return fflush(stdout) ? STATUS_OUTSIDE : STATUS_DONE;
}

static int print_canonical(void)
{
	struct fault_note note = { "" };
	struct buffer form;

	buffer_init(&form, SIZE_MAX);
	enum fault fault =
		schema_canonical_form(embedded_article_schema(), &form, &note);
	int status = fault ? fail(fault, &note)
			   : print_slice(buffer_slice(&form), "\n");
	buffer_release(&form);
	return status;
}

static int print_fingerprint(void)
{
	struct fault_note note = { "" };
	uint64_t fingerprint;
	char text[24];
	enum fault fault = schema_fingerprint(embedded_article_schema(),
					      &fingerprint, &note);

	if (fault)
		return fail(fault, &note);
	snprintf(text, sizeof text, "%016" PRIx64, fingerprint);
	return print_slice(slice_from(text), "\n");
}

static int schema_run(const struct settings *settings,
		      const struct arguments *arguments)
{
	const char *what = arguments->operands[0];
	bool canonical = arguments_get(arguments, "canonical");

	(void)settings;
	if (arguments->operand_count == 1 && !strcmp(what, "print"))
		return canonical ? print_canonical()
				 : print_slice(embedded_article_schema(), "");
	if (arguments->operand_count == 1 && !strcmp(what, "fingerprint"))
		return print_fingerprint();
	fputs("wirestage: schema takes one word, print or fingerprint\n",
	      stderr);
	return STATUS_USAGE;
}

static const struct option options[] = {
	{ "canonical", 0, NULL, "print Avro's Parsing Canonical Form" },
	{ .name = NULL },
};

const struct command command_schema = {
	.name = "schema",
	.summary = "print the articles' Avro schema, or its fingerprint",
	.operands = "print|fingerprint",
	.about = "print writes the schema as it is in the program, with its "
		 "docs; fingerprint the\nCRC-64-AVRO of its canonical form, "
		 "which stands, byte by byte in reverse, in\nevery record of "
		 "single-object framing.\n",
	.examples = "wirestage schema print > article.avsc\n"
		    "wirestage schema fingerprint\n",
	.options = options,
	.settings = NULL,
	.run = schema_run,
};
