#include <stdlib.h>

#include "stage/files.h"
#include "stage/settings/load.h"
#include "stage/terminal/nearest.h"

enum { SECRET_MAX = 64 * 1024 };

/* "name=value" from one place. All but origin is borrowed. */
struct assignment {
	struct slice name, value;
	const char *origin;
};

/* The text in the settings' memory; "" and full where there is no room. */
static const char *keep(struct load *load, struct slice text)
{
	struct slice copy = arena_copy(&load->memory->arena, text);

	load->full |= !copy.ptr;
	return copy.ptr ? copy.ptr : "";
}

static void complain_unknown(struct load *load, const struct assignment *given)
{
	struct nearest near = { NULL, 0 };

	for (const struct setting *row = settings_table; row->name; row++)
		nearest_offer(&near, given->name, row->name);
	complaint_add(load->complaints, "%s: no setting is called %.*s%s%s%s",
		      given->origin, SLICE_ARG(given->name),
		      near.word ? "; did you mean " : "",
		      near.word ? near.word : "", near.word ? "?" : "");
}

/* The last flag wins; anywhere else a second value is a slip. */
static bool is_set_twice(struct load *load, const struct assignment *given,
			 enum source source, const char *origin)
{
	if (source != load->source || source == SOURCE_FLAGS)
		return false;
	complaint_add(load->complaints, "%s: %.*s was set by %s already",
		      given->origin, SLICE_ARG(given->name), origin);
	return true;
}

static void set_row(struct load *load, const struct assignment *given,
		    const struct setting *row)
{
	struct settings_memory *memory = load->memory;
	size_t i = (size_t)(row - settings_table);

	if (is_set_twice(load, given, memory->sources[i], memory->origins[i]))
		return;
	const char *value = keep(load, given->value);
	memory->sources[i] = load->source;
	memory->origins[i] = given->origin;
	if (!load->full && setting_read(load->settings, row, value,
					given->origin, load->complaints))
		memory->values[i] = value;
}

static struct passed *find_passed(struct settings_memory *memory,
				  struct slice name)
{
	for (size_t i = 0; i < memory->passed_count; i++)
		if (slice_equal(slice_from(memory->passed[i].name), name))
			return &memory->passed[i];
	return NULL;
}

/* A new one; NULL and full where there is no room. */
static struct passed *add_passed(struct load *load)
{
	struct settings_memory *memory = load->memory;
	struct passed *grown = arena_grow(&memory->arena, memory->passed,
					  memory->passed_count, sizeof *grown);

	load->full |= !grown;
	if (!grown)
		return NULL;
	memory->passed = grown;
	return &grown[memory->passed_count++];
}

static void set_property(struct load *load, const struct assignment *given,
			 struct slice property)
{
	const char *why = property_refusal(property);

	if (why) {
		complaint_add(load->complaints, "%s: %.*s may not be set: %s",
			      given->origin, SLICE_ARG(given->name), why);
		return;
	}
	struct passed *passed = find_passed(load->memory, given->name);
	if (passed && is_set_twice(load, given, passed->source, passed->origin))
		return;
	if (!passed)
		passed = add_passed(load);
	if (passed)
		*passed = (struct passed){ keep(load, given->name),
					   keep(load, given->value),
					   given->origin, load->source };
}

/* librdkafka has properties of its own whose names end so. */
static bool is_indirect(struct slice name)
{
	const struct slice suffix = SLICE(".file"), own = SLICE("oauthbearer."
								"assertion.");

	return name.len > suffix.len &&
	       slice_equal(slice_skip(name, name.len - suffix.len), suffix) &&
	       !memmem(name.ptr, name.len, own.ptr, own.len);
}

static void set_value(struct load *load, const struct assignment *given)
{
	const struct setting *row = setting_find(given->name);
	struct slice property = property_name(given->name);

	if (given->value.len > 0 &&
	    memchr(given->value.ptr, '\0', given->value.len))
		complaint_add(load->complaints,
			      "%s: the value of %.*s holds a NUL byte",
			      given->origin, SLICE_ARG(given->name));
	else if (row)
		set_row(load, given, row);
	else if (property.ptr)
		set_property(load, given, property);
	else
		complain_unknown(load, given);
}

/* The value is what the file holds, without its last line's end. */
static void set_from_file(struct load *load, struct assignment *given)
{
	struct fault_note note = { "" };
	struct slice text;
	const char *path = keep(load, given->value);

	if (load->full)
		return;
	enum fault fault = file_read(path, SECRET_MAX, &text, &note);
	if (fault) {
		complaint_add(load->complaints, "%s: %.*s: %s", given->origin,
			      SLICE_ARG(given->name),
			      *note.text ? note.text : fault_text(fault));
		return;
	}
	given->name.len -= SLICE(".file").len;
	given->value = text;
	while (given->value.len > 0 &&
	       memchr("\r\n", given->value.ptr[given->value.len - 1], 2))
		given->value.len--;
	set_value(load, given);
	free((char *)text.ptr);
}

void load_assign(struct load *load, struct slice name, struct slice value,
		 struct slice origin)
{
	struct assignment given = { name, value, keep(load, origin) };

	if (load->full)
		return;
	if (is_indirect(name))
		set_from_file(load, &given);
	else
		set_value(load, &given);
}
