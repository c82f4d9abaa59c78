#include "producer/avro/summary.h"

#include <assert.h>

/* The field's value, or its union's; false where there is none. */
static bool find_value(const avro_value_t *record, const char *field,
		       avro_value_t *out)
{
	avro_value_t value;

	if (avro_value_get_by_name(record, field, &value, NULL))
		return false;
	if (avro_value_get_type(&value) != AVRO_UNION) {
		*out = value;
		return true;
	}
	return !avro_value_get_current_branch(&value, out);
}

static struct slice text_of(const avro_value_t *value)
{
	const char *text;
	size_t size; /* counts the NUL */

	if (avro_value_get_type(value) != AVRO_STRING ||
	    avro_value_get_string(value, &text, &size) || size == 0)
		return SLICE_NONE;
	return (struct slice){ text, size - 1 };
}

struct slice record_text(const avro_value_t *record, const char *field)
{
	avro_value_t value;

	return find_value(record, field, &value) ? text_of(&value) : SLICE_NONE;
}

int64_t record_number(const avro_value_t *record, const char *field,
		      int64_t none)
{
	avro_value_t value;
	int64_t large;
	int small;

	if (!find_value(record, field, &value))
		return none;
	switch (avro_value_get_type(&value)) {
	case AVRO_INT32:
		return avro_value_get_int(&value, &small) ? none : small;
	case AVRO_INT64:
		return avro_value_get_long(&value, &large) ? none : large;
	case AVRO_ENUM:
		return avro_value_get_enum(&value, &small) ? none : small;
	default:
		return none;
	}
}

size_t record_list(const avro_value_t *record, const char *field,
		   avro_value_t *list)
{
	avro_value_t value;
	size_t count;

	if (!find_value(record, field, &value) ||
	    avro_value_get_type(&value) != AVRO_ARRAY ||
	    avro_value_get_size(&value, &count) || count == 0)
		return 0;
	*list = value;
	return count;
}

avro_value_t record_item(const avro_value_t *list, size_t index)
{
	avro_value_t item = { NULL, NULL };
	int error = avro_value_get_by_index(list, index, &item, NULL);

	assert(!error);
	(void)error;
	return item;
}

struct slice record_text_item(const avro_value_t *list, size_t index)
{
	avro_value_t item = record_item(list, index);

	return text_of(&item);
}
