#include "stage/counters/labels.h"

#include <assert.h>
#include <stdlib.h>

void labels_init(struct labels *labels, size_t limit)
{
	assert(limit > 0 && limit <= LABELS_MAX);

	memset(labels, 0, sizeof *labels);
	labels->limit = limit;
	atomic_store(&labels->count, 1);
}

void labels_release(struct labels *labels)
{
	for (size_t i = 1; i < labels_count(labels); i++)
		free(labels->names[i]);
	atomic_store(&labels->count, 1);
}

size_t labels_count(const struct labels *labels)
{
	return atomic_load_explicit(&labels->count, memory_order_acquire);
}

const char *labels_name(const struct labels *labels, size_t number)
{
	assert(number < labels_count(labels));
	return number == 0 ? LABEL_OTHER : labels->names[number];
}

/* FNV-1a: the names are few, short and not chosen by an enemy, and a full
 * table's worst case is bounded by its size. */
static uint32_t hash(struct slice name)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ (unsigned char)name.ptr[i]) * 16777619u;
	return hash;
}

static bool is_named(const struct labels *labels, size_t number,
		     struct slice name)
{
	const char *known = labels->names[number];

	return !strncmp(known, name.ptr, name.len) && !known[name.len];
}

/* Written before the count says that it is there. */
static size_t add(struct labels *labels, struct slice name)
{
	size_t number = labels_count(labels);

	if (number >= labels->limit)
		return 0;
	labels->names[number] = strndup(name.ptr, name.len);
	if (!labels->names[number])
		return 0;
	atomic_store_explicit(&labels->count, number + 1, memory_order_release);
	return number;
}

size_t labels_number(struct labels *labels, struct slice name)
{
	enum { SLOTS = 2 * LABELS_MAX };

	if (name.len == 0 || name.len >= LABEL_SIZE ||
	    memchr(name.ptr, '\0', name.len))
		return 0;
	if (labels->last && is_named(labels, labels->last, name))
		return labels->last;
	size_t slot = hash(name) % SLOTS;
	while (labels->slots[slot] &&
	       !is_named(labels, labels->slots[slot], name))
		slot = (slot + 1) % SLOTS;
	if (!labels->slots[slot])
		labels->slots[slot] = (uint16_t)add(labels, name);
	labels->last = labels->slots[slot];
	return labels->last;
}
