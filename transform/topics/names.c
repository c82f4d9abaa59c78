#include "transform/topics/names.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/ascii.h"

bool names_init(struct names *names, size_t count)
{
	*names = (struct names){ .slot_count = 2 };
	while (names->slot_count < count * 2)
		names->slot_count *= 2;
	names->slots = calloc(names->slot_count, sizeof *names->slots);
	return names->slots != NULL;
}

void names_release(struct names *names)
{
	free(names->slots);
	*names = (struct names){ 0 };
}

/* FNV-1a, 32 bits, of the upper case. */
static uint32_t hash(struct slice text)
{
	uint32_t sum = UINT32_C(2166136261);

	for (size_t i = 0; i < text.len; i++) {
		sum ^= (unsigned char)ascii_upper(text.ptr[i]);
		sum *= UINT32_C(16777619);
	}
	return sum;
}

/* The slot that holds text, or the free one where it belongs. */
static struct name *find_slot(const struct names *names, struct slice text)
{
	size_t mask = names->slot_count - 1;
	size_t at = hash(text) & mask;

	while (names->slots[at].text.ptr &&
	       !slice_equal_nocase(names->slots[at].text, text))
		at = (at + 1) & mask;
	return &names->slots[at];
}

const struct topic *names_find(const struct names *names, struct slice text)
{
	if (text.len > names->longest)
		return NULL;
	return find_slot(names, text)->topic;
}

const struct topic *names_add(struct names *names, struct slice text,
			      const struct topic *topic)
{
	struct name *slot = find_slot(names, text);

	if (slot->text.ptr)
		return slot->topic;
	*slot = (struct name){ text, topic };
	if (text.len > names->longest)
		names->longest = text.len;
	return topic;
}
