#include "stage/terminal/help.h"

void help_print(const struct command *const *commands, FILE *out)
{
	fputs("wirestage turns raw wire copy in Kafka into tagged Avro "
	      "articles, exactly once.\n\n"
	      "usage: wirestage COMMAND [OPTION]...\n\n",
	      out);
	for (; *commands; commands++)
		fprintf(out, "  %-11s  %s\n", (*commands)->name,
			(*commands)->summary);
	fputs("\n"
	      "  wirestage help COMMAND   what it does, with examples\n"
	      "  wirestage --version      this program and its libraries\n\n"
	      "Settings come from a file (-c FILE, or WIRESTAGE_CONFIG), then "
	      "from variables\n(WIRESTAGE_INPUT_TOPICS=raw), then from flags "
	      "(--input.topics=raw).\nNAME.file=PATH takes a value from a "
	      "file. 'wirestage help settings' lists them.\n",
	      out);
}

static void print_option(const struct option *option, FILE *out)
{
	char text[64] = "";

	if (option->argument)
		snprintf(text, sizeof text, "=%s", option->argument);
	if (option->letter)
		fprintf(out, "  -%c, --%s%s\n", option->letter, option->name,
			text);
	else
		fprintf(out, "      --%s%s\n", option->name, text);
	fprintf(out, "          %s\n", option->doc);
}

/* Each line of text, which ends in a newline, two columns in. */
static void print_indented(const char *text, FILE *out)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		fprintf(out, "  %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void print_options(const struct command *command, FILE *out)
{
	fputs("\nOptions:\n", out);
	for (const struct option *o = command->options; o->name; o++)
		print_option(o, out);
	fputs("  -h, --help\n          this text\n", out);
	if (!command->settings)
		return;
	fputs("  -c, --config=FILE\n"
	      "          settings, name=value a line\n"
	      "\nSettings, which may come from a file or the environment as "
	      "well:\n",
	      out);
	settings_help(command->settings, out);
}

void help_print_command(const struct command *command, FILE *out)
{
	fprintf(out, "wirestage %s - %s\n\n", command->name, command->summary);
	fprintf(out, "usage: wirestage %s [OPTION]...%s%s\n\n", command->name,
		*command->operands ? " " : "", command->operands);
	fprintf(out, "%s\nExamples:\n", command->about);
	print_indented(command->examples, out);
	print_options(command, out);
	fprintf(out,
		"\nExit status: 0 done; 1 %s; 2 the command line or\n"
		"a setting is wrong; 3 a file, a broker or the memory "
		"failed.\n",
		command->rejected ? command->rejected
				  : "some articles were rejected");
}
