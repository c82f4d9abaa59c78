#include <assert.h>

#include "producer/avro/json_form.h"
#include "producer/avro/json_scalar.h"

/* One record being written. */
struct printer {
	const struct json_form *form;
	enum json_style style;
	int depth;
	struct buffer *out;
};

static void print_value(struct printer *printer, const avro_value_t *value,
			const json_t *type);

static void print_raw(struct printer *printer, const char *text)
{
	buffer_add(printer->out, slice_from(text));
}

static void print_string(struct printer *printer, const avro_value_t *value)
{
	const char *text = "";
	size_t size = 1; /* with the NUL */

	avro_value_get_string(value, &text, &size);
	json_add_text(printer->out, (struct slice){ text, size - 1 });
}

static void print_fixed(struct printer *printer, const avro_value_t *value)
{
	const void *bytes = "";
	size_t size = 0;

	avro_value_get_fixed(value, &bytes, &size);
	json_add_hex(printer->out, (struct slice){ bytes, size });
}

static void print_symbol(struct printer *printer, const avro_value_t *value,
			 const json_t *type)
{
	int symbol = 0;

	avro_value_get_enum(value, &symbol);
	const char *word = json_string_value(json_array_get(
		json_object_get(type, "symbols"), (size_t)symbol));
	json_add_text(printer->out, slice_from(word ? word : ""));
}

static void print_integer(struct printer *printer, const avro_value_t *value,
			  const json_t *type)
{
	const char *logical = schema_attribute(type, "logicalType");
	int32_t small = 0;
	int64_t number = 0;

	if (avro_value_get_type(value) == AVRO_INT32) {
		avro_value_get_int(value, &small);
		number = small;
	} else {
		avro_value_get_long(value, &number);
	}
	if (!strcmp(logical, "date"))
		json_add_date(printer->out, small);
	else if (!strcmp(logical, "timestamp-millis"))
		json_add_instant(printer->out, number);
	else
		json_add_number(printer->out, number);
}

static void print_break(struct printer *printer)
{
	if (printer->style == JSON_STYLE_LINE)
		return;
	buffer_add_byte(printer->out, '\n');
	for (int i = 0; i < printer->depth; i++)
		print_raw(printer, "  ");
}

static void print_open(struct printer *printer, char bracket)
{
	buffer_add_byte(printer->out, bracket);
	printer->depth++;
}

static void print_close(struct printer *printer, char bracket, bool empty)
{
	printer->depth--;
	if (!empty)
		print_break(printer);
	buffer_add_byte(printer->out, bracket);
}

static void print_key(struct printer *printer, const char *name, bool first)
{
	if (!first)
		buffer_add_byte(printer->out, ',');
	print_break(printer);
	json_add_text(printer->out, slice_from(name));
	print_raw(printer, printer->style == JSON_STYLE_LINE ? ":" : ": ");
}

static void print_array(struct printer *printer, const avro_value_t *value,
			const json_t *type)
{
	const json_t *item_type = json_object_get(type, "items");
	avro_value_t item;
	size_t size = 0;

	avro_value_get_size(value, &size);
	print_open(printer, '[');
	for (size_t i = 0; i < size; i++) {
		if (avro_value_get_by_index(value, i, &item, NULL))
			break; /* never: i is below its size */
		if (i > 0)
			buffer_add_byte(printer->out, ',');
		print_break(printer);
		print_value(printer, &item, item_type);
	}
	print_close(printer, ']', size == 0);
}

/* Null, or a list of nothing: left out where it has a name. */
static bool is_absent(const avro_value_t *value)
{
	size_t size = 1;
	int branch = 1;

	switch (avro_value_get_type(value)) {
	case AVRO_UNION:
		avro_value_get_discriminant(value, &branch);
		return branch == 0; /* null is first in each union */
	case AVRO_ARRAY:
	case AVRO_MAP:
		avro_value_get_size(value, &size);
		return size == 0;
	default:
		return false;
	}
}

/* A record or a map. */
static void print_object(struct printer *printer, const avro_value_t *value,
			 const json_t *type)
{
	const json_t *fields = json_object_get(type, "fields");
	const json_t *values = json_object_get(type, "values");
	avro_value_t member;
	const char *name;
	bool empty = true;
	size_t size = 0;

	avro_value_get_size(value, &size);
	print_open(printer, '{');
	for (size_t i = 0; i < size; i++) {
		if (avro_value_get_by_index(value, i, &member, &name))
			break; /* never: i is below its size */
		if (is_absent(&member))
			continue;
		print_key(printer, name, empty);
		print_value(printer, &member,
			    values ? values
				   : json_object_get(json_array_get(fields, i),
						     "type"));
		empty = false;
	}
	print_close(printer, '}', empty);
}

static void print_union(struct printer *printer, const avro_value_t *value,
			const json_t *type)
{
	avro_value_t branch;
	int index = 0;

	avro_value_get_discriminant(value, &index);
	if (avro_value_get_current_branch(value, &branch))
		return; /* never: a union has one */
	print_value(printer, &branch, json_array_get(type, (size_t)index));
}

static void print_value(struct printer *printer, const avro_value_t *value,
			const json_t *type)
{
	if (json_is_string(type))
		type = json_object_get(
			printer->form->names,
			schema_short_name(json_string_value(type)));
	switch (avro_value_get_type(value)) {
	case AVRO_STRING:
		print_string(printer, value);
		break;
	case AVRO_INT32:
	case AVRO_INT64:
		print_integer(printer, value, type);
		break;
	case AVRO_ENUM:
		print_symbol(printer, value, type);
		break;
	case AVRO_FIXED:
		print_fixed(printer, value);
		break;
	case AVRO_ARRAY:
		print_array(printer, value, type);
		break;
	case AVRO_MAP:
	case AVRO_RECORD:
		print_object(printer, value, type);
		break;
	case AVRO_UNION:
		print_union(printer, value, type);
		break;
	default:
		print_raw(printer, "null"); /* no article has such a type */
	}
}

enum fault json_form_print(const struct json_form *form,
			   const avro_value_t *record, enum json_style style,
			   struct buffer *out)
{
	assert(form && record && out);

	struct printer printer = { form, style, 0, out };
	print_value(&printer, record, form->schema);
	buffer_add_byte(out, '\n');
	return out->fault;
}

/* The type of the record's field of that name, which is there. */
static const json_t *field_type(const json_t *record, const char *name)
{
	const json_t *field;
	size_t i;

	json_array_foreach(json_object_get(record, "fields"), i, field) {
		if (!strcmp(schema_attribute(field, "name"), name))
			return json_object_get(field, "type");
	}
	return NULL;
}

enum fault json_form_print_field(const struct json_form *form,
				 const avro_value_t *record, const char *outer,
				 const char *inner, struct buffer *out)
{
	assert(form && record && outer && out);

	struct printer printer = { form, JSON_STYLE_LINE, 0, out };
	const json_t *type = field_type(form->schema, outer);
	avro_value_t value;
	int error = avro_value_get_by_name(record, outer, &value, NULL);

	if (!error && inner) {
		type = field_type(type, inner);
		error = avro_value_get_by_name(&value, inner, &value, NULL);
	}
	assert(!error && type);
	print_value(&printer, &value, type);
	return out->fault;
}
