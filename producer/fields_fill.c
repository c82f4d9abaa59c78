#include <errno.h>

#include "producer/fields.h"
#include "transform/article.h"

_Static_assert(sizeof(enum article_type) == sizeof(int32_t) &&
		       sizeof(int) == sizeof(int32_t),
	       "FIELD_WORD and FIELD_INT read 32 bits");

/* The members that a field tells of; base is its struct. */

static struct slice text_of(const char *base, const struct field *field)
{
	return *(const struct slice *)(base + field->offset);
}

static int32_t int_of(const char *base, const struct field *field)
{
	return *(const int32_t *)(base + field->offset);
}

static int64_t long_of(const char *base, const struct field *field)
{
	return *(const int64_t *)(base + field->offset);
}

static const void *list_of(const char *base, const struct field *field)
{
	return *(const void *const *)(base + field->offset);
}

static size_t count_of(const char *base, const struct field *field)
{
	return *(const size_t *)(base + field->count_offset);
}

/* What follows returns 0 or avro-c's errno, as avro-c itself does. */

static int fill_record(avro_value_t *value, const struct record_fields *record,
		       const char *base);

/* The value borrows text: avro-c counts a NUL behind it, and would copy in
 * any other way of setting it. */
static int give_text(avro_value_t *value, struct slice text)
{
	avro_wrapped_buffer_t borrowed = { .buf = text.ptr ? text.ptr : "",
					   .size = text.len + 1 };

	return avro_value_give_string_len(value, &borrowed);
}

/* The branch of a union to fill, selected; 0 is null. */
static int set_branch(avro_value_t *value, bool present, avro_value_t *branch)
{
	return avro_value_set_branch(value, present, branch);
}

static int fill_text_or_null(avro_value_t *value, struct slice text)
{
	avro_value_t branch;
	int error = set_branch(value, text.ptr != NULL, &branch);

	return error || !text.ptr ? error : give_text(&branch, text);
}

static int fill_int_or_null(avro_value_t *value, int32_t number, int64_t none)
{
	avro_value_t branch;
	int error = set_branch(value, number != none, &branch);

	return error || number == none ? error
				       : avro_value_set_int(&branch, number);
}

static int fill_long_or_null(avro_value_t *value, int64_t number, int64_t none)
{
	avro_value_t branch;
	int error = set_branch(value, number != none, &branch);

	return error || number == none ? error
				       : avro_value_set_long(&branch, number);
}

static int fill_record_or_null(avro_value_t *value,
			       const struct record_fields *record,
			       const char *base)
{
	avro_value_t branch;
	bool present = false;

	for (size_t i = 0; i < record->count; i++)
		present |= text_of(base, &record->fields[i]).ptr != NULL;
	int error = set_branch(value, present, &branch);
	return error || !present ? error : fill_record(&branch, record, base);
}

/* An empty array or map is left alone: a map's reset allocates. */
static int list_reset(avro_value_t *list)
{
	size_t size;
	int error = avro_value_get_size(list, &size);

	return error || size == 0 ? error : avro_value_reset(list);
}

static int fill_texts(avro_value_t *list, const struct slice *texts,
		      size_t count)
{
	avro_value_t item;
	int error = list_reset(list);

	for (size_t i = 0; i < count && !error; i++) {
		error = avro_value_append(list, &item, NULL);
		if (!error)
			error = give_text(&item, texts[i]);
	}
	return error;
}

static int fill_records(avro_value_t *list, const struct record_fields *record,
			const char *items, size_t count)
{
	avro_value_t item;
	int error = list_reset(list);

	for (size_t i = 0; i < count && !error; i++) {
		error = avro_value_append(list, &item, NULL);
		if (!error)
			error = fill_record(&item, record,
					    items + i * record->size);
	}
	return error;
}

static int fill_map(avro_value_t *map, const struct extra *extra, size_t count)
{
	avro_value_t item;
	int error = list_reset(map);

	for (size_t i = 0; i < count && !error; i++) {
		error = avro_value_add(map, extra[i].name.ptr, &item, NULL,
				       NULL);
		if (!error)
			error = give_text(&item, extra[i].value);
	}
	return error;
}

static int fill_field(avro_value_t *value, const struct field *field,
		      const char *base)
{
	switch (field->kind) {
	case FIELD_TEXT:
		return give_text(value, text_of(base, field));
	case FIELD_TEXT_OR_NULL:
		return fill_text_or_null(value, text_of(base, field));
	case FIELD_WORD:
		return avro_value_set_enum(value, int_of(base, field));
	case FIELD_INT:
		return avro_value_set_int(value, int_of(base, field));
	case FIELD_INT_OR_NULL:
		return fill_int_or_null(value, int_of(base, field),
					field->none);
	case FIELD_LONG:
		return avro_value_set_long(value, long_of(base, field));
	case FIELD_LONG_OR_NULL:
		return fill_long_or_null(value, long_of(base, field),
					 field->none);
	case FIELD_HASH:
		return avro_value_set_fixed(value, (char *)base + field->offset,
					    HASH_SIZE);
	case FIELD_RECORD:
		return fill_record(value, field->record, base + field->offset);
	case FIELD_RECORD_OR_NULL:
		return fill_record_or_null(value, field->record,
					   base + field->offset);
	case FIELD_TEXTS:
		return fill_texts(value, list_of(base, field),
				  count_of(base, field));
	case FIELD_RECORDS:
		return fill_records(value, field->record, list_of(base, field),
				    count_of(base, field));
	case FIELD_TEXT_MAP:
		return fill_map(value, list_of(base, field),
				count_of(base, field));
	}
	return EINVAL;
}

static int fill_record(avro_value_t *value, const struct record_fields *record,
		       const char *base)
{
	for (size_t i = 0; i < record->count; i++) {
		avro_value_t member;
		int error = avro_value_get_by_index(value, i, &member, NULL);

		if (!error)
			error = fill_field(&member, &record->fields[i], base);
		if (error)
			return error;
	}
	return 0;
}

int fields_fill(const struct record_fields *record, const void *base,
		avro_value_t *out)
{
	return fill_record(out, record, base);
}
