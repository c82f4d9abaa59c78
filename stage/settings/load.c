#include "stage/settings/load.h"

#include <assert.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "stage/files.h"

enum { FILE_MAX = 256 * 1024, ORIGIN_SIZE = 256 };

static void load_line(struct load *load, struct slice line, struct slice origin)
{
	struct slice name, rest = slice_trim(line);

	if (rest.len == 0 || rest.ptr[0] == '#' || rest.ptr[0] == '!')
		return;
	slice_split(&rest, '=', &name);
	name = slice_trim(name);
	if (!rest.ptr || name.len == 0)
		complaint_add(load->complaints,
			      "%.*s: the line is not name=value",
			      SLICE_ARG(origin));
	else
		load_assign(load, name, slice_trim(rest), origin);
}

static void load_file(struct load *load, const char *path)
{
	struct fault_note note = { "" };
	struct slice text, line, rest;
	char origin[ORIGIN_SIZE];

	load->source = SOURCE_FILE;
	enum fault fault = file_read(path, FILE_MAX, &text, &note);
	if (fault) {
		complaint_add(load->complaints, "%s",
			      *note.text ? note.text : fault_text(fault));
		return;
	}
	rest = text;
	if (slice_starts(rest, SLICE("\xef\xbb\xbf")))
		rest = slice_skip(rest, 3);
	for (unsigned number = 1; slice_split(&rest, '\n', &line); number++) {
		snprintf(origin, sizeof origin, "%.200s:%u", path, number);
		load_line(load, line, slice_from(origin));
	}
	free((char *)text.ptr);
}

/*
 * Kubernetes gives each pod variables for each Service beside it: for one
 * called "wirestage", WIRESTAGE_SERVICE_HOST, WIRESTAGE_PORT_9092_TCP and the
 * like. No setting may begin as those do.
 */
static bool is_kubernetes(struct slice name)
{
	return slice_starts(name, SLICE("SERVICE_")) ||
	       slice_equal(name, SLICE("PORT")) ||
	       slice_starts(name, SLICE("PORT_"));
}

/* The name after WIRESTAGE_ and the value; false: not one of ours. */
static bool split_variable(const char *variable, struct slice *name,
			   struct slice *value)
{
	const struct slice prefix = SLICE("WIRESTAGE_");
	struct slice rest = slice_from(variable);

	if (!slice_starts(rest, prefix))
		return false;
	rest = slice_skip(rest, prefix.len);
	slice_split(&rest, '=', name);
	*value = rest.ptr ? rest : SLICE("");
	return name->len > 0 && !is_kubernetes(*name);
}

/* INPUT_TOPICS is input.topics. */
static void load_variable(struct load *load, const char *variable)
{
	struct slice name, value;
	char lower[128];

	if (!split_variable(variable, &name, &value) ||
	    slice_equal(name, SLICE("CONFIG")))
		return;
	struct slice origin = slice_between(variable, name.ptr + name.len);
	if (name.len > sizeof lower)
		name.len = sizeof lower;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = name.ptr[i] == '_' ? '.' : ascii_lower(name.ptr[i]);
	load_assign(load, (struct slice){ lower, name.len }, value, origin);
}

static const char *find_config(const char *const *environment)
{
	struct slice name, value;

	for (; environment && *environment; environment++)
		if (split_variable(*environment, &name, &value) &&
		    slice_equal(name, SLICE("CONFIG")) && value.len > 0)
			return value.ptr;
	return NULL;
}

static void load_defaults(struct load *load)
{
	for (size_t i = 0; settings_table[i].name; i++) {
		const struct setting *row = &settings_table[i];
		bool valid = setting_read(load->settings, row, row->normal,
					  "default", load->complaints);
		assert(valid);
		load->memory->values[i] = row->normal;
	}
}

static void load_flags(struct load *load, const struct settings_sources *from)
{
	char origin[ORIGIN_SIZE];

	load->source = SOURCE_FLAGS;
	for (size_t i = 0; i < from->flag_count; i++) {
		const struct setting_flag *flag = &from->flags[i];
		snprintf(origin, sizeof origin, "--%.200s", flag->name);
		load_assign(load, slice_from(flag->name),
			    slice_from(flag->value), slice_from(origin));
	}
}

static void load_all(struct load *load, const struct settings_sources *sources)
{
	const char *const *variable = sources->environment;
	const char *path = sources->file;

	load_defaults(load);
	if (!path)
		path = find_config(variable);
	if (path)
		load_file(load, path);
	load->source = SOURCE_ENVIRONMENT;
	for (; variable && *variable; variable++)
		load_variable(load, *variable);
	load_flags(load, sources);
}

enum fault settings_load(const struct settings_sources *sources,
			 struct settings *out, struct complaints *complaints)
{
	assert(sources && out && complaints);

	struct load load = { .settings = out, .complaints = complaints };
	size_t count = complaints->count;

	memset(out, 0, sizeof *out);
	load.memory = out->memory = calloc(1, sizeof *out->memory);
	if (!out->memory)
		return FAULT_NO_MEMORY;
	out->sources = sources;
	arena_init(&out->memory->arena, out->memory->bytes, SETTINGS_MEMORY);

	load_all(&load, sources);
	if (load.full)
		complaint_add(complaints,
			      "the settings are larger than %d bytes",
			      SETTINGS_MEMORY);
	settings_complete(out, complaints);
	return complaints->count > count ? FAULT_CONFIG : FAULT_NONE;
}

void settings_release(struct settings *settings)
{
	free(settings->memory);
	settings->memory = NULL;
}
