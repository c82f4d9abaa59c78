#include "consumer/watch.h"

#include <inttypes.h>

#include "consumer/handle.h"

enum { WATCH_MS = 1000, ANSWER_MS = 2000, STUCK_MS = 30000, AWAY_MS = 10000 };
enum { OUTSIDE_MS = 60000, DRY_WATCHES = 10 };

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

/* A partition may end in offsets without a message. */
static int64_t read_up_to(const struct position *p)
{
	return p->reached > p->next ? p->reached : p->next;
}

/* Where reading ends; -1: not told yet. Never below what was read. */
static int64_t end_of(const struct consumer *consumer, const struct position *p)
{
	int64_t end = p->high;
	int64_t read = read_up_to(p);

	if (consumer->config.bounds && end > p->end)
		end = p->end;
	return end < 0 || end > read ? end : read;
}

/* While the client has messages of other partitions to give, its queue may be
 * full, and those of this one are not fetched: that is no fault. */
static bool is_overdue(const struct position *p)
{
	return p->waiting_ms > 0 && p->dry >= DRY_WATCHES;
}

/* A time without a watch, and so without a poll, tells nothing. */
static bool was_away(const struct watch *watch, int64_t now_ms)
{
	return now_ms - watch->watched_ms >= AWAY_MS;
}

static void look(struct consumer *consumer, struct position *p, int64_t now_ms,
		 bool dry)
{
	bool moved = p->came || p->seen != p->next;
	/* Nor does an old answer. */
	bool more = end_of(consumer, p) > read_up_to(p) &&
		    now_ms - p->high_ms < AWAY_MS &&
		    !was_away(&consumer->watch, now_ms);

	if (moved || !more || p->done) {
		p->waiting_ms = 0;
	} else if (p->waiting_ms == 0) {
		p->waiting_ms = now_ms;
		p->dry = 0;
	} else if (dry) {
		p->dry++;
	}
	p->seen = p->next;
	p->came = false;
}

void consumer_watch(struct consumer *consumer, int64_t now_ms)
{
	struct watch *watch = &consumer->watch;
	const bool dry = consumer_queue_length(consumer) == 0;

	if (!consumer->absent ||
	    (watch->member_ms > 0 && was_away(watch, now_ms)))
		watch->member_ms = now_ms;
	for (size_t i = 0; i < consumer->positions.count; i++)
		look(consumer, &consumer->positions.items[i], now_ms, dry);
	watch->watched_ms = now_ms;
	if (watch->asked)
		take_answer(consumer);
	if (!watch->asked && consumer->positions.count > 0 &&
	    now_ms - watch->asked_ms >= WATCH_MS)
		ask(consumer, now_ms);
}

bool consumer_is_stuck(const struct consumer *consumer, int64_t now_ms,
		       struct fault_note *note)
{
	int64_t member_ms = consumer->watch.member_ms;
	int64_t outside_ms = now_ms - member_ms;

	/* librdkafka 2.14 may forget all brokers where a lone one is fenced:
	 * its metadata names none. */
	if (consumer->absent && member_ms > 0 && outside_ms >= OUTSIDE_MS) {
		(void)fault_noted(
			FAULT_KAFKA, note,
			"group %s has not let it in again for %" PRId64 " s",
			consumer->config.group_id, outside_ms / 1000);
		return true;
	}
	for (size_t i = 0; i < consumer->positions.count; i++) {
		const struct position *p = &consumer->positions.items[i];
		int64_t waited_ms = now_ms - p->waiting_ms;

		if (!is_overdue(p) || waited_ms < STUCK_MS)
			continue;
		(void)fault_noted(FAULT_KAFKA, note,
				  "%s/%" PRId32 " has not come on from offset "
				  "%" PRId64 " for %" PRId64 " s, and ends "
				  "at %" PRId64,
				  p->topic, p->partition, p->next,
				  waited_ms / 1000, p->high);
		return true;
	}
	return false;
}

bool consumer_view(const struct consumer *consumer, size_t number,
		   struct partition_view *out)
{
	if (number >= consumer->positions.count)
		return false;
	const struct position *p = &consumer->positions.items[number];
	*out = (struct partition_view){
		.topic = p->topic,
		.partition = p->partition,
		.next = read_up_to(p),
		.high = end_of(consumer, p),
		.high_ms = p->high_ms,
		.waiting_ms = is_overdue(p) ? p->waiting_ms : 0,
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
	enum { LATER_MS = 1000 }; /* than librdkafka itself gives up */
	rd_kafka_event_t *event =
		watch->asked ? rd_kafka_queue_poll(watch->queue,
						   ANSWER_MS + LATER_MS)
			     : NULL;

	if (event)
		rd_kafka_event_destroy(event);
	if (watch->queue)
		rd_kafka_queue_destroy(watch->queue);
	*watch = (struct watch){ 0 };
}
