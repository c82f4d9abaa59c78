#include "stage/replay/plan.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { PLAN_VERSION = 1 };

void plan_release(struct plan *plan)
{
	bounds_release(&plan->bounds);
	free(plan->group);
	free(plan->from);
	free(plan->to);
	*plan = (struct plan){ .group = NULL };
}

static json_t *partitions_json(const struct plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->bounds.count; i++) {
		const struct bound *b = &plan->bounds.items[i];
		json_array_append_new(list,
				      json_pack("{s:s, s:i, s:I, s:I}", "topic",
						b->topic, "partition",
						(int)b->partition, "start",
						(json_int_t)b->start, "end",
						(json_int_t)b->end));
	}
	return list;
}

static json_t *remarks_json(const struct plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->remark_count; i++)
		json_array_append_new(list, json_string(plan->remarks[i]));
	return list;
}

enum fault plan_print(const struct plan *plan, struct buffer *out)
{
	json_t *root = json_pack(
		"{s:i, s:s, s:s+, s:s, s:s, s:{s:I, s:I, s:I}, s:o, s:o}",
		"version", PLAN_VERSION, "group", plan->group,
		"transactional_id_prefix", plan->group, "-", "from", plan->from,
		"to", plan->to, "estimate", "messages",
		(json_int_t)plan->messages, "bytes", (json_int_t)plan->bytes,
		"seconds", (json_int_t)plan->seconds, "remarks",
		remarks_json(plan), "partitions", partitions_json(plan));
	char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;

	json_decref(root);
	if (!text)
		return FAULT_NO_MEMORY;
	buffer_add(out, slice_from(text));
	buffer_add_byte(out, '\n');
	free(text);
	return out->fault;
}

static enum fault read_partition(json_t *item, size_t index, struct plan *out,
				 struct fault_note *note)
{
	const char *topic;
	int partition;
	json_int_t start, end;
	json_error_t error;
	struct bounds *bounds = &out->bounds;

	if (json_unpack_ex(item, &error, JSON_STRICT, "{s:s, s:i, s:I, s:I}",
			   "topic", &topic, "partition", &partition, "start",
			   &start, "end", &end))
		return fault_noted(FAULT_CONFIG, note,
				   "the plan's partition %zu: %s", index,
				   error.text);
	if (partition < 0 || start < 0 || end < start)
		return fault_noted(FAULT_CONFIG, note,
				   "the plan's partition %zu: 0 <= start <= "
				   "end is not so",
				   index);
	if (bounds_find(bounds, topic, partition))
		return fault_noted(FAULT_CONFIG, note,
				   "the plan names %s/%d twice", topic,
				   partition);
	struct bound *bound = &bounds->items[bounds->count];
	*bound = (struct bound){ strdup(topic), partition, start, end };
	if (!bound->topic)
		return FAULT_NO_MEMORY;
	bounds->count++;
	return FAULT_NONE;
}

static enum fault read_partitions(json_t *list, struct plan *out,
				  struct fault_note *note)
{
	enum fault fault = FAULT_NONE;
	size_t index;
	json_t *item;

	out->bounds.items =
		calloc(json_array_size(list) + 1, sizeof *out->bounds.items);
	if (!out->bounds.items)
		return FAULT_NO_MEMORY;
	json_array_foreach(list, index, item) {
		fault = read_partition(item, index, out, note);
		if (fault)
			return fault;
	}
	return fault;
}

static enum fault read_root(json_t *root, struct plan *out,
			    struct fault_note *note)
{
	int version;
	const char *group, *from = "", *to = "";
	json_t *partitions;
	json_int_t messages = 0, bytes = 0, seconds = 0;
	json_error_t error;

	if (json_unpack_ex(root, &error, 0,
			   "{s:i, s:s, s?s, s?s, s?{s?I, s?I, s?I}, s:o}",
			   "version", &version, "group", &group, "from", &from,
			   "to", &to, "estimate", "messages", &messages,
			   "bytes", &bytes, "seconds", &seconds, "partitions",
			   &partitions))
		return fault_noted(FAULT_CONFIG, note, "the plan: %s",
				   error.text);
	if (version != PLAN_VERSION || !*group || !json_is_array(partitions))
		return fault_noted(FAULT_CONFIG, note,
				   "the plan is not one that 'wirestage replay "
				   "plan' of this version wrote");
	out->group = strdup(group);
	out->from = strdup(from);
	out->to = strdup(to);
	out->messages = messages;
	out->bytes = bytes;
	out->seconds = seconds;
	if (!out->group || !out->from || !out->to)
		return FAULT_NO_MEMORY;
	return read_partitions(partitions, out, note);
}

enum fault plan_read(struct slice json, struct plan *out,
		     struct fault_note *note)
{
	json_error_t error;
	json_t *root =
		json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &error);

	*out = (struct plan){ .group = NULL };
	if (!root)
		return fault_noted(FAULT_CONFIG, note,
				   "the plan is no JSON: line %d, column %d",
				   error.line, error.column);
	enum fault fault = read_root(root, out, note);
	json_decref(root);
	return fault;
}

size_t plan_topics(const struct plan *plan, const char **out)
{
	size_t count = 0;

	/* Sorted by topic, or, if a person edited it, nearly so. */
	for (size_t i = 0; i < plan->bounds.count; i++) {
		const char *topic = plan->bounds.items[i].topic;
		size_t at = 0;
		while (at < count && strcmp(out[at], topic))
			at++;
		if (at == count)
			out[count++] = topic;
	}
	return count;
}
