#include "stage/terminal/arguments.h"

#include <assert.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "stage/settings/table.h"
#include "stage/terminal/nearest.h"

/* One command line being sorted. */
struct scan {
	char **argv;
	int count, next;
	struct arguments *out;
	struct complaints *complaints;
};

/* Is name one of the command's own? OPTIONS_MAX: it is not. */
static size_t find_option(const struct option *options, struct slice name)
{
	for (size_t i = 0; options[i].name; i++)
		if (slice_equal(slice_from(options[i].name), name))
			return i;
	return OPTIONS_MAX;
}

static const char *take_value(struct scan *scan, const char *joined,
			      const char *option)
{
	if (joined)
		return joined;
	if (scan->next < scan->count)
		return scan->argv[scan->next++];
	complaint_add(scan->complaints, "%s needs a value", option);
	return "";
}

static void complain_unknown(struct scan *scan, struct slice name)
{
	struct nearest near = { NULL, 0 };
	const char *setting;

	for (const struct option *o = scan->out->options; o->name; o++)
		nearest_offer(&near, name, o->name);
	for (size_t i = 0; (setting = setting_name(i)); i++)
		nearest_offer(&near, name, setting);
	nearest_offer(&near, name, "config");
	nearest_offer(&near, name, "help");
	complaint_add(scan->complaints, "no option is called --%.*s%s%s%s",
		      SLICE_ARG(name), near.word ? "; did you mean --" : "",
		      near.word ? near.word : "", near.word ? "?" : "");
}

static void take_setting(struct scan *scan, const char *name, const char *value)
{
	scan->out->flags[scan->out->flag_count++] =
		(struct setting_flag){ name, value };
}

static void take_option(struct scan *scan, size_t index, const char *joined,
			const char *word)
{
	const struct option *option = &scan->out->options[index];

	if (option->argument)
		scan->out->values[index] = take_value(scan, joined, word);
	else if (joined)
		complaint_add(scan->complaints, "--%s takes no value",
			      option->name);
	else
		scan->out->values[index] = "";
}

/* "--name", "--name=value", "--name value". */
static void take_long(struct scan *scan, char *word)
{
	char *joined = strchr(word, '=');
	char *text = word + 2;
	struct slice name = joined ? slice_between(text, joined)
				   : slice_from(text);
	size_t index = find_option(scan->out->options, name);

	/* The names that settings are kept by end where the sign stood. */
	if (joined)
		*joined++ = '\0';
	if (!strcmp(text, "help"))
		scan->out->help = true;
	else if (!strcmp(text, "config"))
		scan->out->config = take_value(scan, joined, word);
	else if (index < OPTIONS_MAX)
		take_option(scan, index, joined, word);
	else if (setting_is_known(text))
		take_setting(scan, text, take_value(scan, joined, word));
	else
		complain_unknown(scan, name);
}

/* "-n 5", "-n5", "-h"; letters are not joined to each other. */
static void take_short(struct scan *scan, const char *word)
{
	const struct option *options = scan->out->options;
	const struct setting *setting = setting_find_letter(word[1]);
	const char *joined = word[2] ? word + 2 : NULL;
	size_t index = 0;

	while (options[index].name && options[index].letter != word[1])
		index++;
	if (options[index].name)
		take_option(scan, index, joined, word);
	else if (word[1] == 'h' && !joined)
		scan->out->help = true;
	else if (word[1] == 'c')
		scan->out->config = take_value(scan, joined, word);
	else if (setting)
		take_setting(scan, setting->name,
			     take_value(scan, joined, word));
	else
		complaint_add(scan->complaints, "no option is called %s", word);
}

static void scan_all(struct scan *scan)
{
	struct arguments *out = scan->out;
	bool ended = false;

	while (scan->next < scan->count) {
		char *word = scan->argv[scan->next++];
		if (ended || word[0] != '-' || !word[1])
			out->operands[out->operand_count++] = word;
		else if (!strcmp(word, "--"))
			ended = true;
		else if (word[1] == '-')
			take_long(scan, word);
		else
			take_short(scan, word);
	}
}

enum fault arguments_parse(const struct option *options, int count, char **argv,
			   struct arguments *out, struct complaints *complaints)
{
	assert(options && out && complaints && count >= 0);

	size_t room = (size_t)count + 1, before = complaints->count;
	struct scan scan = { argv, count, 0, out, complaints };

	memset(out, 0, sizeof *out);
	out->options = options;
	out->operands = calloc(room, sizeof *out->operands);
	out->flags = calloc(room, sizeof *out->flags);
	if (!out->operands || !out->flags)
		return FAULT_NO_MEMORY;
	scan_all(&scan);
	return complaints->count > before ? FAULT_CONFIG : FAULT_NONE;
}

void arguments_release(struct arguments *arguments)
{
	free(arguments->operands);
	free(arguments->flags);
	arguments->operands = NULL;
	arguments->flags = NULL;
}

const char *arguments_get(const struct arguments *arguments, const char *name)
{
	size_t index = find_option(arguments->options, slice_from(name));

	assert(index < OPTIONS_MAX);
	return arguments->values[index];
}

bool arguments_number(const struct arguments *arguments, const char *name,
		      long min, long max, long otherwise, long *out,
		      struct complaints *complaints)
{
	const char *text = arguments_get(arguments, name);
	char *end;

	if (!text) {
		*out = otherwise;
		return true;
	}
	long number = strtol(text, &end, 10);
	if (!ascii_is_digit(*text) || *end || number < min || number > max) {
		complaint_add(complaints,
			      "--%s=%.100s is not a number of %ld to %ld", name,
			      text, min, max);
		return false;
	}
	*out = number;
	return true;
}
