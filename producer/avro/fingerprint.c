#include "producer/avro/fingerprint.h"

#include <jansson.h>
#include <stdio.h>

/* The CRC of nothing, and the polynomial: both are the specification's. */
static const uint64_t crc64_empty = 0xc15d213aa4d7a795;

uint64_t fingerprint_crc64(struct slice bytes)
{
	uint64_t crc = crc64_empty;

	for (size_t i = 0; i < bytes.len; i++) {
		crc ^= (unsigned char)bytes.ptr[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc64_empty & -(crc & 1));
	}
	return crc;
}

static enum fault write_schema(const json_t *schema, struct slice namespace,
			       struct buffer *out);

static void add_text(struct buffer *out, const char *text)
{
	buffer_add(out, slice_from(text));
}

static bool is_primitive(const char *type)
{
	static const char *const primitives[] = {
		"null",	 "boolean", "int",   "long",
		"float", "double",  "bytes", "string",
	};

	for (size_t i = 0; i < sizeof primitives / sizeof *primitives; i++)
		if (!strcmp(type, primitives[i]))
			return true;
	return false;
}

/* The name with its namespace in front, where it has none in itself. */
static void add_full_name(struct buffer *out, const char *name,
			  struct slice namespace)
{
	buffer_add_byte(out, '"');
	if (namespace.len > 0 && !strchr(name, '.')) {
		buffer_add(out, namespace);
		buffer_add_byte(out, '.');
	}
	add_text(out, name);
	buffer_add_byte(out, '"');
}

static void add_quoted(struct buffer *out, const char *text)
{
	add_full_name(out, text, SLICE_NONE);
}

static enum fault write_reference(const char *type, struct slice namespace,
				  struct buffer *out)
{
	add_full_name(out, type, is_primitive(type) ? SLICE_NONE : namespace);
	return FAULT_NONE;
}

static enum fault write_union(const json_t *branches, struct slice namespace,
			      struct buffer *out)
{
	enum fault fault = FAULT_NONE;

	buffer_add_byte(out, '[');
	for (size_t i = 0; i < json_array_size(branches) && !fault; i++) {
		if (i > 0)
			buffer_add_byte(out, ',');
		fault = write_schema(json_array_get(branches, i), namespace,
				     out);
	}
	buffer_add_byte(out, ']');
	return fault;
}

static enum fault write_fields(const json_t *record, struct slice namespace,
			       struct buffer *out)
{
	const json_t *fields = json_object_get(record, "fields");
	enum fault fault = json_is_array(fields) ? FAULT_NONE : FAULT_CONFIG;

	add_text(out, ",\"fields\":[");
	for (size_t i = 0; i < json_array_size(fields) && !fault; i++) {
		const json_t *field = json_array_get(fields, i);
		const char *name =
			json_string_value(json_object_get(field, "name"));

		if (!name)
			return FAULT_CONFIG;
		add_text(out, i > 0 ? ",{\"name\":" : "{\"name\":");
		add_quoted(out, name);
		add_text(out, ",\"type\":");
		fault = write_schema(json_object_get(field, "type"), namespace,
				     out);
		buffer_add_byte(out, '}');
	}
	buffer_add_byte(out, ']');
	return fault;
}

static enum fault write_symbols(const json_t *schema, struct buffer *out)
{
	const json_t *symbols = json_object_get(schema, "symbols");

	if (!json_is_array(symbols))
		return FAULT_CONFIG;
	add_text(out, ",\"symbols\":[");
	for (size_t i = 0; i < json_array_size(symbols); i++) {
		const char *symbol =
			json_string_value(json_array_get(symbols, i));

		if (!symbol)
			return FAULT_CONFIG;
		if (i > 0)
			buffer_add_byte(out, ',');
		add_quoted(out, symbol);
	}
	buffer_add_byte(out, ']');
	return FAULT_NONE;
}

static enum fault write_size(const json_t *schema, struct buffer *out)
{
	const json_t *size = json_object_get(schema, "size");
	char text[32];

	if (!json_is_integer(size))
		return FAULT_CONFIG;
	snprintf(text, sizeof text, ",\"size\":%" JSON_INTEGER_FORMAT,
		 json_integer_value(size));
	add_text(out, text);
	return FAULT_NONE;
}

/* The namespace that a definition's name is in, and those within it. */
static struct slice own_namespace(const json_t *schema, const char *name,
				  struct slice outer)
{
	const char *dot = strrchr(name, '.');
	const json_t *namespace = json_object_get(schema, "namespace");

	if (dot)
		return slice_between(name, dot);
	return json_is_string(namespace)
		       ? slice_from(json_string_value(namespace))
		       : outer;
}

static enum fault write_named(const json_t *schema, const char *type,
			      struct slice outer, struct buffer *out)
{
	const char *name = json_string_value(json_object_get(schema, "name"));
	enum fault fault;

	if (!name)
		return FAULT_CONFIG;
	struct slice namespace = own_namespace(schema, name, outer);
	add_text(out, "{\"name\":");
	add_full_name(out, name, namespace);
	add_text(out, ",\"type\":");
	add_quoted(out, strcmp(type, "error") ? type : "record");
	if (!strcmp(type, "enum"))
		fault = write_symbols(schema, out);
	else if (!strcmp(type, "fixed"))
		fault = write_size(schema, out);
	else
		fault = write_fields(schema, namespace, out);
	buffer_add_byte(out, '}');
	return fault;
}

static enum fault write_container(const json_t *schema, const char *type,
				  struct slice namespace, struct buffer *out)
{
	const char *content = strcmp(type, "map") ? "items" : "values";

	add_text(out, "{\"type\":");
	add_quoted(out, type);
	buffer_add_byte(out, ',');
	add_quoted(out, content);
	buffer_add_byte(out, ':');
	enum fault fault =
		write_schema(json_object_get(schema, content), namespace, out);
	buffer_add_byte(out, '}');
	return fault;
}

/* Recursion ends: jansson bounds the depth of what it parses. */
static enum fault write_schema(const json_t *schema, struct slice namespace,
			       struct buffer *out)
{
	if (json_is_string(schema))
		return write_reference(json_string_value(schema), namespace,
				       out);
	if (json_is_array(schema))
		return write_union(schema, namespace, out);

	const json_t *inner = json_object_get(schema, "type");
	const char *type = json_string_value(inner);
	if (!type)
		return inner ? write_schema(inner, namespace, out)
			     : FAULT_CONFIG;
	if (!strcmp(type, "array") || !strcmp(type, "map"))
		return write_container(schema, type, namespace, out);
	if (!strcmp(type, "record") || !strcmp(type, "error") ||
	    !strcmp(type, "enum") || !strcmp(type, "fixed"))
		return write_named(schema, type, namespace, out);
	return write_reference(type, namespace, out);
}

enum fault schema_canonical_form(struct slice schema, struct buffer *out,
				 struct fault_note *note)
{
	json_error_t error;
	json_t *json = json_loadb(schema.ptr, schema.len,
				  JSON_DECODE_ANY | JSON_REJECT_DUPLICATES,
				  &error);
	if (!json)
		return fault_noted(FAULT_CONFIG, note,
				   "the Avro schema is not JSON: line %d, "
				   "column %d",
				   error.line, error.column);

	enum fault fault = write_schema(json, SLICE_NONE, out);
	json_decref(json);
	if (fault)
		return fault_noted(fault, note,
				   "the Avro schema lacks a type, a name, "
				   "fields, symbols or a size where one is "
				   "due");
	return out->fault;
}

enum fault schema_fingerprint(struct slice schema, uint64_t *out,
			      struct fault_note *note)
{
	struct buffer form;
	buffer_init(&form, SIZE_MAX);
	enum fault fault = schema_canonical_form(schema, &form, note);

	if (!fault)
		*out = fingerprint_crc64(buffer_slice(&form));
	buffer_release(&form);
	return fault;
}
