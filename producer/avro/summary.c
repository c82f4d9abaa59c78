#include "producer/avro/summary.h"

struct slice record_text(const avro_value_t *record, const char *field)
{
	avro_value_t value, branch;
	const char *text;
	size_t size; /* counts the NUL */

	if (avro_value_get_by_name(record, field, &value, NULL))
		return SLICE_NONE;
	if (avro_value_get_type(&value) == AVRO_UNION) {
		if (avro_value_get_current_branch(&value, &branch))
			return SLICE_NONE;
		value = branch;
	}
	if (avro_value_get_type(&value) != AVRO_STRING ||
	    avro_value_get_string(&value, &text, &size) || size == 0)
		return SLICE_NONE;
	return (struct slice){ text, size - 1 };
}
