#include "producer/avro/value.h"
#include "transform/article.h"

/* A type's second mention is a link to its definition. */
static avro_schema_t resolve(avro_schema_t schema)
{
	return avro_typeof(schema) == AVRO_LINK
		       ? avro_schema_link_target(schema)
		       : schema;
}

static bool words_match(const struct value_class *class, avro_schema_t schema)
{
	if (avro_schema_enum_number_of_symbols(schema) != class->word_count)
		return false;
	for (int i = 0; i < class->word_count; i++)
		if (strcmp(avro_schema_enum_get(schema, i), class->words[i]))
			return false;
	return true;
}

/* The type itself; what it is made of is looked at elsewhere. */
static bool type_matches(const struct value_class *class, avro_schema_t schema)
{
	if (avro_typeof(schema) != class->type)
		return false;
	switch (class->type) {
	case AVRO_UNION:
		return avro_schema_union_size(schema) == 2 &&
		       avro_typeof(avro_schema_union_branch(schema, 0)) ==
			       AVRO_NULL;
	case AVRO_ENUM:
		return words_match(class, schema);
	case AVRO_FIXED:
		return avro_schema_fixed_size(schema) == HASH_SIZE;
	default:
		return true;
	}
}

static enum fault check_record(const struct record_fields *record,
			       avro_schema_t schema, struct fault_note *note)
{
	size_t count = avro_schema_record_size(schema);
	enum fault fault = FAULT_NONE;

	if (count > record->count)
		return fault_noted(FAULT_CONFIG, note,
				   "the Avro schema has the field \"%s\", "
				   "which nothing fills",
				   avro_schema_record_field_name(
					   schema, (int)record->count));
	for (size_t i = 0; i < record->count && !fault; i++) {
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
		fault = value_check(
			field->class,
			avro_schema_record_field_get_by_index(schema, (int)i),
			name, note);
	}
	return fault;
}

enum fault value_check(const struct value_class *class, avro_schema_t schema,
		       const char *name, struct fault_note *note)
{
	schema = resolve(schema);
	if (!type_matches(class, schema))
		return fault_noted(FAULT_CONFIG, note,
				   "the Avro schema's \"%s\" is not of the "
				   "type that schemas/article.avsc gives it",
				   name);
	switch (class->type) {
	case AVRO_UNION:
		return value_check(class->branch,
				   avro_schema_union_branch(schema, 1), name,
				   note);
	case AVRO_ARRAY:
		return value_check(class->item, avro_schema_array_items(schema),
				   name, note);
	case AVRO_MAP:
		return value_check(class->item, avro_schema_map_values(schema),
				   name, note);
	case AVRO_RECORD:
		return check_record(class->record, schema, note);
	default:
		return FAULT_NONE;
	}
}
