#include <stdlib.h>

#include "transform/topics/vocabulary_table.h"

static const char *const file_properties[] = { "version", "topics", NULL };

/* How many names the topics may have together. */
static size_t count_names(const json_t *topics)
{
	const json_t *topic;
	size_t i, count = 0;

	json_array_foreach(topics, i, topic)
		count += 2 + json_array_size(json_object_get(topic, "aliases"));
	return count;
}

static bool allocate(struct vocabulary *v, const json_t *topics)
{
	v->count = json_array_size(topics);
	v->topics = calloc(v->count, sizeof *v->topics);
	return v->topics && names_init(&v->names, count_names(topics)) &&
	       names_init(&v->medtops, v->count);
}

static enum fault read_root(struct vocabulary *v, struct fault_note *note)
{
	const json_t *version = json_object_get(v->root, "version");
	const json_t *topics = json_object_get(v->root, "topics");

	if (!json_is_object(v->root))
		return fault_noted(FAULT_CONFIG, note, "not a JSON object");
	const char *unknown = vocabulary_find_unknown(v->root, file_properties);
	if (unknown)
		return fault_noted(FAULT_CONFIG, note,
				   "there is no property \"%s\"", unknown);
	if (!json_is_string(version) ||
	    !vocabulary_text_fits(vocabulary_string(version)))
		return fault_noted(FAULT_CONFIG, note,
				   "no \"version\", a string of clean text");
	v->version = vocabulary_string(version);
	if (json_array_size(topics) == 0)
		return fault_noted(FAULT_CONFIG, note,
				   "no \"topics\", an array of topics");
	if (!allocate(v, topics))
		return FAULT_NO_MEMORY;
	return vocabulary_read_topics(v, topics, note);
}

/* jansson's words quote the file: its position is enough. */
static enum fault syntax_fault(const json_error_t *error,
			       struct fault_note *note)
{
	if (json_error_code(error) == json_error_out_of_memory)
		return FAULT_NO_MEMORY;
	return fault_noted(FAULT_CONFIG, note,
			   "line %d, column %d: not valid JSON, or a name "
			   "given twice",
			   error->line, error->column);
}

enum fault vocabulary_parse(struct slice json, struct vocabulary **out,
			    struct fault_note *note)
{
	json_error_t error;
	struct vocabulary *v = calloc(1, sizeof *v);

	if (!v)
		return FAULT_NO_MEMORY;
	v->root = json_loadb(json.ptr ? json.ptr : "", json.len,
			     JSON_REJECT_DUPLICATES, &error);
	enum fault fault = v->root ? read_root(v, note)
				   : syntax_fault(&error, note);
	if (fault) {
		vocabulary_free(v);
		return fault;
	}
	*out = v;
	return FAULT_NONE;
}

void vocabulary_free(struct vocabulary *vocabulary)
{
	if (!vocabulary)
		return;
	json_decref(vocabulary->root);
	free(vocabulary->topics);
	names_release(&vocabulary->names);
	names_release(&vocabulary->medtops);
	free(vocabulary);
}
