#include "stage/http/json.h"

#include <stdlib.h>

json_t *json_text(const char *text)
{
	json_t *json = json_string(text);

	if (json)
		return json;
	/* A line of librdkafka's may be cut within a character. */
	char *copy = strdup(text);
	for (char *c = copy; c && *c; c++)
		if ((unsigned char)*c >= 0x80)
			*c = '?';
	json = copy ? json_string(copy) : NULL;
	free(copy);
	return json;
}

json_t *json_reasons(const struct reasons *reasons)
{
	json_t *list = json_array();

	for (size_t i = 0; i < reasons->count; i++)
		json_array_append_new(list, json_text(reasons->text[i]));
	return list;
}

static int append(const char *bytes, size_t len, void *out)
{
	buffer_add(out, (struct slice){ bytes, len });
	return ((struct buffer *)out)->fault ? -1 : 0;
}

void json_finish(json_t *root, struct buffer *out)
{
	if (json_dump_callback(root, append, out, JSON_COMPACT) && !out->fault)
		out->fault = FAULT_NO_MEMORY;
	buffer_add_byte(out, '\n');
	json_decref(root);
}
