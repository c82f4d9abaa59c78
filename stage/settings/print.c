#include "stage/settings/table.h"

static const char mask[] = "(hidden)";

bool setting_is_known(const char *name)
{
	struct slice whole = slice_from(name);
	const struct slice suffix = SLICE(".file");

	if (whole.len > suffix.len &&
	    slice_equal(slice_skip(whole, whole.len - suffix.len), suffix))
		whole.len -= suffix.len;
	return setting_find(whole) || property_name(whole).ptr;
}

static const char *shown(const char *name, const char *value)
{
	return setting_is_secret(slice_from(name)) ? mask : value;
}

/* What is printed is a settings file again, so the origin has its own line. */
static void print_one(FILE *out, const char *name, const char *value,
		      const char *origin)
{
	const char *text = shown(name, value);

	if (origin)
		fprintf(out, "# %s\n", origin);
	fprintf(out, "%s =%s%s\n", name, *text ? " " : "", text);
}

bool setting_is_same(const struct settings *a, const struct settings *b,
		     size_t number)
{
	return !strcmp(a->memory->values[number], b->memory->values[number]);
}

void settings_print(const struct settings *settings, FILE *out)
{
	const struct settings_memory *memory = settings->memory;

	for (size_t i = 0; settings_table[i].name; i++)
		print_one(out, settings_table[i].name, memory->values[i],
			  memory->origins[i]);
	for (size_t i = 0; i < memory->passed_count; i++)
		print_one(out, memory->passed[i].name, memory->passed[i].value,
			  memory->passed[i].origin);
}

static void log_one(const char *name, const char *value, const char *origin)
{
	log_event(LOG_INFO, "setting", LOG_STR("name", name),
		  LOG_STR("value", shown(name, value)),
		  LOG_STR("origin", origin ? origin : "default"), LOG_END);
}

void settings_log(const struct settings *settings)
{
	const struct settings_memory *memory = settings->memory;

	for (size_t i = 0; settings_table[i].name; i++)
		log_one(settings_table[i].name, memory->values[i],
			memory->origins[i]);
	for (size_t i = 0; i < memory->passed_count; i++)
		log_one(memory->passed[i].name, memory->passed[i].value,
			memory->passed[i].origin);
}

/* "kafka." selects all that starts so, "gap" itself alone. */
static bool selects(const char *const *names, const char *name)
{
	for (; *names; names++) {
		size_t len = strlen(*names);
		bool all = len == 0 || (*names)[len - 1] == '.';
		if (all ? !strncmp(name, *names, len) : !strcmp(name, *names))
			return true;
	}
	return false;
}

/* Print text in lines of at most 76 columns, behind an indent. */
static void print_wrapped(FILE *out, const char *indent, const char *text)
{
	size_t room = 76 - strlen(indent);

	while (*text) {
		size_t len = strlen(text);
		if (len > room) {
			len = room;
			while (len > 0 && text[len] != ' ')
				len--;
		}
		if (len == 0)
			len = strcspn(text, " ");
		fprintf(out, "%s%.*s\n", indent, (int)len, text);
		text += len;
		text += strspn(text, " ");
	}
}

static void help_row(const struct setting *row, FILE *out)
{
	char values[200], doc[512];

	setting_values(row, values, sizeof values);
	if (row->letter)
		fprintf(out, "  -%c, --%s=VALUE\n", row->letter, row->name);
	else
		fprintf(out, "      --%s=VALUE\n", row->name);
	snprintf(doc, sizeof doc, "%s", row->doc);
	print_wrapped(out, "          ", doc);
	if (*row->normal)
		snprintf(doc, sizeof doc, "(%s; default %s)", values,
			 row->normal);
	else
		snprintf(doc, sizeof doc, "(%s)", values);
	print_wrapped(out, "          ", doc);
}

static const struct {
	const char *name, *doc;
} families[] = {
	{ "kafka.", "passed to librdkafka for every client" },
	{ "consumer.", "passed to librdkafka for consumers" },
	{ "producer.", "passed to librdkafka for producers" },
};

void settings_help(const char *const *names, FILE *out)
{
	for (const struct setting *row = settings_table; row->name; row++)
		if (selects(names, row->name))
			help_row(row, out);
	for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
		if (!selects(names, families[i].name))
			continue;
		fprintf(out, "      --%sPROPERTY=VALUE\n", families[i].name);
		print_wrapped(out, "          ", families[i].doc);
	}
}

void settings_markdown(FILE *out)
{
	char values[200];
	const char *name, *why;

	fputs("| setting | takes | default | what it is |\n"
	      "| --- | --- | --- | --- |\n",
	      out);
	for (const struct setting *row = settings_table; row->name; row++) {
		setting_values(row, values, sizeof values);
		fprintf(out, "| `%s` | %s | %s%s%s | %s |\n", row->name, values,
			*row->normal ? "`" : "", row->normal,
			*row->normal ? "`" : "", row->doc);
	}
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		fprintf(out, "| `%s*` | text | | %s |\n", families[i].name,
			families[i].doc);
	fputs("\nNot for passing to librdkafka, since the guarantees rest on "
	      "them:\n\n| property | why |\n| --- | --- |\n",
	      out);
	for (size_t i = 0; (name = property_refused(i, &why)); i++)
		fprintf(out, "| `%s` | %s |\n", name, why);
}
