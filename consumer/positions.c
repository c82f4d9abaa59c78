#include "consumer/positions.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void positions_init(struct positions *positions)
{
	*positions = (struct positions){ 0 };
}

void positions_release(struct positions *positions)
{
	for (size_t i = 0; i < positions->count; i++)
		free(positions->items[i].topic);
	free(positions->items);
	positions_init(positions);
}

static bool add_one(struct positions *positions,
		    const rd_kafka_topic_partition_t *partition)
{
	struct position *known = positions_find(positions, partition->topic,
						partition->partition);
	if (known) {
		known->next = partition->offset;
		known->done = false;
		known->reached = -1;
		return true;
	}

	char *topic = strdup(partition->topic);
	if (!topic)
		return false;
	positions->items[positions->count++] = (struct position){
		.topic = topic,
		.partition = partition->partition,
		.next = partition->offset,
		.committed = partition->offset,
		.end = INT64_MAX,
		.reached = -1,
		.high = -1,
		.seen = -1,
	};
	return true;
}

bool positions_add(struct positions *positions,
		   const rd_kafka_topic_partition_list_t *partitions)
{
	size_t before = positions->count;
	size_t room = before + (size_t)partitions->cnt;
	struct position *grown =
		realloc(positions->items, (room ? room : 1) * sizeof *grown);
	if (!grown)
		return false;
	positions->items = grown;

	for (int i = 0; i < partitions->cnt; i++) {
		assert(partitions->elems[i].offset >= 0);
		if (add_one(positions, &partitions->elems[i]))
			continue;
		while (positions->count > before)
			free(positions->items[--positions->count].topic);
		return false;
	}
	return true;
}

void positions_remove(struct positions *positions,
		      const rd_kafka_topic_partition_list_t *partitions)
{
	for (int i = 0; i < partitions->cnt; i++) {
		struct position *p =
			positions_find(positions, partitions->elems[i].topic,
				       partitions->elems[i].partition);
		if (!p)
			continue;
		free(p->topic);
		*p = positions->items[--positions->count];
	}
	positions->last = 0;
}

static bool is_at(const struct position *position, const char *topic,
		  int32_t partition)
{
	return position->partition == partition &&
	       !strcmp(position->topic, topic);
}

struct position *positions_find(struct positions *positions, const char *topic,
				int32_t partition)
{
	if (positions->last < positions->count &&
	    is_at(&positions->items[positions->last], topic, partition))
		return &positions->items[positions->last];

	for (size_t i = 0; i < positions->count; i++) {
		if (!is_at(&positions->items[i], topic, partition))
			continue;
		positions->last = i;
		return &positions->items[i];
	}
	return NULL;
}

bool position_has_moved(const struct position *position)
{
	return position->next != position->committed;
}

void position_finish(struct position *position)
{
	position->done = true;
	/* What lies between are offsets without a message. */
	if (position->next < position->end)
		position->next = position->end;
}

rd_kafka_topic_partition_list_t *positions_list(
	const struct positions *positions, bool only_moved)
{
	rd_kafka_topic_partition_list_t *list =
		rd_kafka_topic_partition_list_new((int)positions->count);

	for (size_t i = 0; i < positions->count; i++) {
		const struct position *p = &positions->items[i];
		if (only_moved && !position_has_moved(p))
			continue;
		rd_kafka_topic_partition_list_add(list, p->topic, p->partition)
			->offset = p->next;
	}
	return list;
}

void positions_settle(struct positions *positions)
{
	for (size_t i = 0; i < positions->count; i++)
		positions->items[i].committed = positions->items[i].next;
}
