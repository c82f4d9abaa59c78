#include "producer/fields.h"
#include "transform/article.h"

/* The Avro type of each kind; of a list, that of its items too. */
static const struct {
	bool nullable;
	avro_type_t type, item;
} types[] = {
	[FIELD_TEXT] = { false, AVRO_STRING, AVRO_NULL },
	[FIELD_TEXT_OR_NULL] = { true, AVRO_STRING, AVRO_NULL },
	[FIELD_WORD] = { false, AVRO_ENUM, AVRO_NULL },
	[FIELD_INT] = { false, AVRO_INT32, AVRO_NULL },
	[FIELD_INT_OR_NULL] = { true, AVRO_INT32, AVRO_NULL },
	[FIELD_LONG] = { false, AVRO_INT64, AVRO_NULL },
	[FIELD_LONG_OR_NULL] = { true, AVRO_INT64, AVRO_NULL },
	[FIELD_HASH] = { false, AVRO_FIXED, AVRO_NULL },
	[FIELD_RECORD] = { false, AVRO_RECORD, AVRO_NULL },
	[FIELD_RECORD_OR_NULL] = { true, AVRO_RECORD, AVRO_NULL },
	[FIELD_TEXTS] = { false, AVRO_ARRAY, AVRO_STRING },
	[FIELD_RECORDS] = { false, AVRO_ARRAY, AVRO_RECORD },
	[FIELD_TEXT_MAP] = { false, AVRO_MAP, AVRO_STRING },
};

/* A type's second mention is a link to its definition. */
static avro_schema_t resolve(avro_schema_t schema)
{
	return avro_typeof(schema) == AVRO_LINK
		       ? avro_schema_link_target(schema)
		       : schema;
}

/* The branch beside null of a union of null and one more; else NULL. */
static avro_schema_t not_null(avro_schema_t schema)
{
	if (avro_typeof(schema) != AVRO_UNION ||
	    avro_schema_union_size(schema) != 2 ||
	    avro_typeof(avro_schema_union_branch(schema, 0)) != AVRO_NULL)
		return NULL;
	return resolve(avro_schema_union_branch(schema, 1));
}

static bool words_match(const struct field *field, avro_schema_t schema)
{
	if (avro_schema_enum_number_of_symbols(schema) != field->word_count)
		return false;
	for (int i = 0; i < field->word_count; i++)
		if (strcmp(avro_schema_enum_get(schema, i), field->words[i]))
			return false;
	return true;
}

static avro_schema_t item_of(avro_schema_t schema)
{
	return resolve(avro_typeof(schema) == AVRO_MAP
			       ? avro_schema_map_values(schema)
			       : avro_schema_array_items(schema));
}

static enum fault field_mismatch(const struct field *field,
				 struct fault_note *note)
{
	return fault_noted(FAULT_CONFIG, note,
			   "the Avro schema's field \"%s\" is not of the type "
			   "that schemas/article.avsc gives it",
			   field->name);
}

static enum fault check_type(const struct field *field, avro_schema_t schema,
			     struct fault_note *note)
{
	schema = types[field->kind].nullable ? not_null(schema)
					     : resolve(schema);
	if (!schema || avro_typeof(schema) != types[field->kind].type)
		return field_mismatch(field, note);
	if (field->kind == FIELD_WORD && !words_match(field, schema))
		return field_mismatch(field, note);
	if (field->kind == FIELD_HASH &&
	    avro_schema_fixed_size(schema) != HASH_SIZE)
		return field_mismatch(field, note);

	if (types[field->kind].item != AVRO_NULL) {
		schema = item_of(schema);
		if (avro_typeof(schema) != types[field->kind].item)
			return field_mismatch(field, note);
	}
	return field->record ? fields_check(field->record, schema, note)
			     : FAULT_NONE;
}

enum fault fields_check(const struct record_fields *record,
			avro_schema_t schema, struct fault_note *note)
{
	size_t count = avro_schema_record_size(schema);

	for (size_t i = 0; i < record->count; i++) {
		const struct field *field = &record->fields[i];
		const char *name =
			i < count
				? avro_schema_record_field_name(schema, (int)i)
				: "nothing";

		if (strcmp(name, field->name))
			return fault_noted(FAULT_CONFIG, note,
					   "the Avro schema has \"%s\" where "
					   "the field \"%s\" is due",
					   name, field->name);
		enum fault fault = check_type(
			field,
			avro_schema_record_field_get_by_index(schema, (int)i),
			note);
		if (fault)
			return fault;
	}
	if (count > record->count)
		return fault_noted(FAULT_CONFIG, note,
				   "the Avro schema has the field \"%s\", "
				   "which nothing fills",
				   avro_schema_record_field_name(
					   schema, (int)record->count));
	return FAULT_NONE;
}
