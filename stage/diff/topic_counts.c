#include "stage/diff/topic_counts.h"

#include <assert.h>
#include <stdlib.h>

#include "producer/avro/summary.h"

void topic_counts_release(struct topic_counts *counts)
{
	for (size_t i = 0; i < counts->count; i++)
		free(counts->items[i].code);
	free(counts->items);
	free(counts->before.items);
	free(counts->after.items);
	*counts = (struct topic_counts){ .count = 0 };
}

static int code_order(struct slice a, struct slice b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int by = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return by ? by : (a.len > b.len) - (a.len < b.len);
}

static int compare(const void *a, const void *b)
{
	return code_order(*(const struct slice *)a, *(const struct slice *)b);
}

/* Room for count items of size; array may move. NULL: memory is out. */
static void *grow(void *array, size_t *room, size_t count, size_t size)
{
	if (count <= *room)
		return array;
	void *grown = reallocarray(array, 2 * count, size);
	if (grown)
		*room = 2 * count;
	return grown;
}

/* The record's topics, sorted, each once. */
static enum fault list_fill(struct topic_list *list, const avro_value_t *record)
{
	avro_value_t topics;
	size_t count = record_list(record, "topics", &topics), kept = 0;

	list->count = 0;
	if (count == 0)
		return FAULT_NONE;
	struct slice *items =
		grow(list->items, &list->room, count, sizeof *items);
	if (!items)
		return FAULT_NO_MEMORY;
	list->items = items;
	for (size_t i = 0; i < count; i++)
		items[i] = record_text_item(&topics, i);
	qsort(items, count, sizeof *items, compare);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || !slice_equal(items[i], items[kept - 1]))
			items[kept++] = items[i];
	list->count = kept;
	return FAULT_NONE;
}

/* Where code is, or is to be. */
static size_t find_place(const struct topic_counts *counts, struct slice code)
{
	size_t low = 0, high = counts->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (code_order(slice_from(counts->items[middle].code), code) <
		    0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum fault insert(struct topic_counts *counts, size_t place,
			 struct slice code)
{
	struct topic_count *items = grow(counts->items, &counts->room,
					 counts->count + 1, sizeof *items);
	if (!items)
		return FAULT_NO_MEMORY;
	counts->items = items;
	char *copy = strndup(code.ptr, code.len);
	if (!copy)
		return FAULT_NO_MEMORY;
	memmove(items + place + 1, items + place,
		(counts->count - place) * sizeof *items);
	items[place] = (struct topic_count){ .code = copy };
	counts->count++;
	return FAULT_NONE;
}

static enum fault count_one(struct topic_counts *counts, struct slice code,
			    bool came)
{
	size_t place = find_place(counts, code);
	enum fault fault = FAULT_NONE;
	bool known = place < counts->count &&
		     slice_equal(slice_from(counts->items[place].code), code);

	if (!known &&
	    (counts->count == TOPIC_COUNTS_MAX || code.len > TOPIC_CODE_MAX ||
	     memchr(code.ptr, '\0', code.len))) {
		counts->others_came += came;
		counts->others_went += !came;
		return FAULT_NONE;
	}
	if (!known)
		fault = insert(counts, place, code);
	if (!fault) {
		counts->items[place].came += came;
		counts->items[place].went += !came;
	}
	return fault;
}

enum fault topic_counts_add(struct topic_counts *counts,
			    const avro_value_t *before,
			    const avro_value_t *after)
{
	assert(counts && before && after);

	const struct topic_list *old = &counts->before, *new = &counts->after;
	size_t i = 0, j = 0;
	enum fault fault = list_fill(&counts->before, before);

	if (!fault)
		fault = list_fill(&counts->after, after);
	while (!fault && (i < old->count || j < new->count)) {
		int by = i == old->count ? 1
			 : j == new->count
				 ? -1
				 : code_order(old->items[i], new->items[j]);
		if (by < 0)
			fault = count_one(counts, old->items[i], false);
		else if (by > 0)
			fault = count_one(counts, new->items[j], true);
		i += by <= 0;
		j += by >= 0;
	}
	return fault;
}
