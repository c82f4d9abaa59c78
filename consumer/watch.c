#include "consumer/watch.h"

#include "consumer/handle.h"

enum { WATCH_MS = 1000, ANSWER_MS = 5000 };

static rd_kafka_topic_partition_list_t *list_ends(
	const struct positions *positions)
{
	rd_kafka_topic_partition_list_t *list =
		rd_kafka_topic_partition_list_new((int)positions->count);

	for (size_t i = 0; i < positions->count; i++)
		rd_kafka_topic_partition_list_add(list,
						  positions->items[i].topic,
						  positions->items[i].partition)
			->offset = RD_KAFKA_OFFSET_SPEC_LATEST;
	return list;
}

/* read_committed: what an open transaction holds back is not there yet. */
static void ask(struct consumer *consumer, int64_t now_ms)
{
	struct watch *watch = &consumer->watch;
	rd_kafka_topic_partition_list_t *list = list_ends(&consumer->positions);
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(
		consumer->kafka, RD_KAFKA_ADMIN_OP_LISTOFFSETS);
	char text[64];

	if (!watch->queue)
		watch->queue = rd_kafka_queue_new(consumer->kafka);
	(void)rd_kafka_AdminOptions_set_request_timeout(options, ANSWER_MS,
							text, sizeof text);
	rd_kafka_error_t *error = rd_kafka_AdminOptions_set_isolation_level(
		options, RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED);
	if (error)
		rd_kafka_error_destroy(error);
	rd_kafka_ListOffsets(consumer->kafka, list, options, watch->queue);
	rd_kafka_AdminOptions_destroy(options);
	rd_kafka_topic_partition_list_destroy(list);
	watch->asked = true;
	watch->asked_ms = now_ms;
}

static void take_end(struct consumer *consumer,
		     const rd_kafka_topic_partition_t *end)
{
	struct position *position = positions_find(&consumer->positions,
						   end->topic, end->partition);

	if (!position || end->err || end->offset < 0)
		return;
	position->high = end->offset;
	position->high_ms = consumer->watch.asked_ms;
}

/* Where a broker does not answer, the ends grow old, and say so. */
static void take_answer(struct consumer *consumer)
{
	rd_kafka_event_t *event = rd_kafka_queue_poll(consumer->watch.queue, 0);
	const rd_kafka_ListOffsets_result_t *result =
		event ? rd_kafka_event_ListOffsets_result(event) : NULL;
	size_t count = 0;

	if (!event)
		return;
	consumer->watch.asked = false;
	const rd_kafka_ListOffsetsResultInfo_t **infos =
		result ? rd_kafka_ListOffsets_result_infos(result, &count)
		       : NULL;
	for (size_t i = 0; i < count; i++)
		take_end(consumer,
			 rd_kafka_ListOffsetsResultInfo_topic_partition(
				 infos[i]));
	rd_kafka_event_destroy(event);
}

void consumer_watch(struct consumer *consumer, int64_t now_ms)
{
	struct watch *watch = &consumer->watch;

	for (size_t i = 0; i < consumer->positions.count; i++) {
		struct position *p = &consumer->positions.items[i];
		if (p->seen != p->next)
			p->advanced_ms = now_ms;
		p->seen = p->next;
	}
	if (watch->asked)
		take_answer(consumer);
	if (!watch->asked && consumer->positions.count > 0 &&
	    now_ms - watch->asked_ms >= WATCH_MS)
		ask(consumer, now_ms);
}

/* Where reading ends; -1: not told yet. Never below what was read. */
static int64_t end_of(const struct consumer *consumer, const struct position *p,
		      int64_t read)
{
	int64_t end = p->high;

	if (consumer->config.bounds && end > p->end)
		end = p->end;
	return end < 0 || end > read ? end : read;
}

bool consumer_view(const struct consumer *consumer, size_t number,
		   struct partition_view *out)
{
	if (number >= consumer->positions.count)
		return false;
	const struct position *p = &consumer->positions.items[number];
	int64_t read = p->reached > p->next ? p->reached : p->next;
	*out = (struct partition_view){
		.topic = p->topic,
		.partition = p->partition,
		.next = read,
		.high = end_of(consumer, p, read),
		.high_ms = p->high_ms,
		.advanced_ms = p->advanced_ms,
	};
	return true;
}

int consumer_queue_length(const struct consumer *consumer)
{
	rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(consumer->kafka);
	int length = queue ? (int)rd_kafka_queue_length(queue) : 0;

	if (queue)
		rd_kafka_queue_destroy(queue);
	return length;
}

void watch_release(struct watch *watch)
{
	if (watch->queue)
		rd_kafka_queue_destroy(watch->queue);
	watch->queue = NULL;
}
