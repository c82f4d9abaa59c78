#include "producer/avro/json_form.h"

#include <stdlib.h>

const char *schema_attribute(const json_t *type, const char *name)
{
	const char *value = json_string_value(json_object_get(type, name));

	return value ? value : "";
}

const char *schema_short_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

static bool is_definition(const json_t *type)
{
	const char *kind = schema_attribute(type, "type");

	return !strcmp(kind, "record") || !strcmp(kind, "enum") ||
	       !strcmp(kind, "fixed");
}

/* Note each named type at or below json; jansson bounds the depth. */
static bool collect_names(json_t *names, json_t *json)
{
	const char *key;
	json_t *item;
	size_t i;

	if (is_definition(json) &&
	    json_object_set(names,
			    schema_short_name(schema_attribute(json, "name")),
			    json))
		return false;
	json_object_foreach(json, key, item)
		if (!collect_names(names, item))
			return false;
	json_array_foreach(json, i, item)
		if (!collect_names(names, item))
			return false;
	return true;
}

enum fault json_form_new(struct slice schema, struct json_form **out,
			 struct fault_note *note)
{
	json_error_t error;
	struct json_form *form = calloc(1, sizeof *form);

	if (!form)
		return FAULT_NO_MEMORY;
	form->names = json_object();
	form->schema = json_loadb(schema.ptr, schema.len, 0, &error);
	if (!form->schema) {
		json_form_free(form);
		return fault_noted(FAULT_CONFIG, note,
				   "the Avro schema is not JSON: line %d, "
				   "column %d",
				   error.line, error.column);
	}
	if (!form->names || !collect_names(form->names, form->schema)) {
		json_form_free(form);
		return FAULT_NO_MEMORY;
	}
	*out = form;
	return FAULT_NONE;
}

void json_form_free(struct json_form *form)
{
	if (!form)
		return;
	json_decref(form->names);
	json_decref(form->schema);
	free(form);
}
