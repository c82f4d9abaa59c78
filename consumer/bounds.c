#include "consumer/bounds.h"

#include <stdlib.h>
#include <string.h>

void bounds_release(struct bounds *bounds)
{
	for (size_t i = 0; i < bounds->count; i++)
		free((char *)bounds->items[i].topic);
	free(bounds->items);
	*bounds = (struct bounds){ NULL, 0 };
}

const struct bound *bounds_find(const struct bounds *bounds, const char *topic,
				int32_t partition)
{
	for (size_t i = 0; i < bounds->count; i++)
		if (bounds->items[i].partition == partition &&
		    !strcmp(bounds->items[i].topic, topic))
			return &bounds->items[i];
	return NULL;
}

int64_t bound_size(const struct bound *bound)
{
	return bound->end > bound->start ? bound->end - bound->start : 0;
}

int64_t bounds_size(const struct bounds *bounds)
{
	int64_t size = 0;

	for (size_t i = 0; i < bounds->count; i++)
		size += bound_size(&bounds->items[i]);
	return size;
}
