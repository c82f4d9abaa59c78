#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "consumer/handle.h"

static bool is_cooperative(const struct consumer *consumer)
{
	const char *protocol = rd_kafka_rebalance_protocol(consumer->kafka);

	return protocol && !strcmp(protocol, "COOPERATIVE");
}

/* False, with a note, when librdkafka refused; takes error. */
static bool went_well(rd_kafka_error_t *error, struct fault_note *note)
{
	if (!error)
		return true;
	(void)fault_noted(FAULT_KAFKA, note, "set what is read: %s",
			  rd_kafka_error_string(error));
	rd_kafka_error_destroy(error);
	return false;
}

static bool assign_all(struct consumer *consumer,
		       const rd_kafka_topic_partition_list_t *list,
		       struct fault_note *note)
{
	rd_kafka_resp_err_t err = rd_kafka_assign(consumer->kafka, list);

	return went_well(err ? rd_kafka_error_new(err, "%s",
						  rd_kafka_err2str(err))
			     : NULL,
			 note);
}

static bool assign_everything_held(struct consumer *consumer,
				   struct fault_note *note)
{
	rd_kafka_topic_partition_list_t *all =
		positions_list(&consumer->positions, false);
	bool well = assign_all(consumer, all, note);

	rd_kafka_topic_partition_list_destroy(all);
	return well;
}

static void pause_one(struct consumer *consumer,
		      const struct position *position)
{
	rd_kafka_topic_partition_list_t *list =
		rd_kafka_topic_partition_list_new(1);

	rd_kafka_topic_partition_list_add(list, position->topic,
					  position->partition);
	/* Were it fetched all the same, nothing of it would be taken. */
	(void)rd_kafka_pause_partitions(consumer->kafka, list);
	rd_kafka_topic_partition_list_destroy(list);
}

void assignment_finish(struct consumer *consumer, struct position *position)
{
	if (!position->done)
		pause_one(consumer, position);
	position_finish(position);
}

void assignment_bound(struct consumer *consumer)
{
	const struct bounds *bounds = consumer->config.bounds;

	for (size_t i = 0; bounds && i < consumer->positions.count; i++) {
		struct position *p = &consumer->positions.items[i];
		const struct bound *bound =
			bounds_find(bounds, p->topic, p->partition);
		p->end = bound ? bound->end : 0;
		if (p->next >= p->end)
			assignment_finish(consumer, p);
	}
}

/* Not by assigning them anew: while the group waits for partitions to be given
 * back, librdkafka takes any change of the assignment for the answer, though
 * the callback that asks for it has not been called yet. */
static bool seek_partitions(struct consumer *consumer,
			    rd_kafka_topic_partition_list_t *list,
			    struct fault_note *note)
{
	/* One that had come to its end was paused. */
	(void)rd_kafka_resume_partitions(consumer->kafka, list);
	if (!went_well(rd_kafka_seek_partitions(consumer->kafka, list,
						BROKER_TIMEOUT_MS),
		       note))
		return false;
	for (int i = 0; i < list->cnt; i++) {
		const rd_kafka_topic_partition_t *p = &list->elems[i];
		if (!p->err)
			continue;
		(void)fault_noted(FAULT_KAFKA, note,
				  "read %s/%" PRId32 " from offset %" PRId64
				  ": %s",
				  p->topic, p->partition, p->offset,
				  rd_kafka_err2str(p->err));
		return false;
	}
	return true;
}

bool assignment_seek(struct consumer *consumer,
		     rd_kafka_topic_partition_list_t *list,
		     struct fault_note *note)
{
	if (!positions_add(&consumer->positions, list)) {
		(void)fault_noted(FAULT_NO_MEMORY, note, "out of memory");
		return false;
	}
	if (list->cnt == 0)
		return true;
	if (!seek_partitions(consumer, list, note))
		return false;
	assignment_bound(consumer);
	return true;
}

static bool accept_all(struct consumer *consumer,
		       const rd_kafka_topic_partition_list_t *partitions,
		       struct fault_note *note)
{
	if (!is_cooperative(consumer))
		return assign_everything_held(consumer, note);
	return went_well(
		rd_kafka_incremental_assign(consumer->kafka, partitions), note);
}

static void assigned(struct consumer *consumer,
		     rd_kafka_topic_partition_list_t *partitions)
{
	struct fault_note *note = &consumer->broken_note;

	/* One that closes is told nothing of offsets any more: asking would be
	 * waiting. librdkafka wants the call all the same, and then lets go. */
	bool well = !consumer->closing &&
		    start_resolve(consumer, partitions, note) &&
		    positions_add(&consumer->positions, partitions);
	struct fault_note ignored;
	if (accept_all(consumer, partitions, well ? note : &ignored) && well) {
		assignment_bound(consumer);
		return;
	}
	consumer->broken = FAULT_KAFKA;
	consumer->broken_renewable = true;
}

static void revoked(struct consumer *consumer,
		    rd_kafka_topic_partition_list_t *partitions)
{
	struct fault_note note;

	bool lost = rd_kafka_assignment_lost(consumer->kafka) != 0;
	consumer->config.events.revoked(consumer->config.events.worker, lost);
	/* In the protocol of KIP-848 it is the coordinator who says so, and
	 * nothing follows where there is nothing to read. */
	consumer->absent = lost &&
			   consumer->config.rebalance != REBALANCE_CONSUMER;
	positions_remove(&consumer->positions, partitions);
	/* What librdkafka says here is for nobody: they are gone anyway. */
	if (is_cooperative(consumer))
		(void)went_well(rd_kafka_incremental_unassign(consumer->kafka,
							      partitions),
				&note);
	else
		(void)assign_all(consumer, NULL, &note);
}

static void log_change(const char *change,
		       const rd_kafka_topic_partition_list_t *partitions)
{
	for (int i = 0; i < partitions->cnt; i++)
		log_event(LOG_INFO, change,
			  LOG_STR("topic", partitions->elems[i].topic),
			  LOG_INT("partition", partitions->elems[i].partition),
			  LOG_END);
}

void assignment_rebalance(rd_kafka_t *kafka, rd_kafka_resp_err_t code,
			  rd_kafka_topic_partition_list_t *partitions,
			  void *opaque)
{
	struct consumer *consumer = opaque;

	(void)kafka;
	if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
		log_change("assigned", partitions);
		consumer->absent = false;
		assigned(consumer, partitions);
		return;
	}
	log_change("revoked", partitions);
	revoked(consumer, partitions);
}

/* Nor one that has sent word of its leaving: librdkafka then forgets its id. */
static bool is_member(const struct consumer *consumer)
{
	char *id = rd_kafka_memberid(consumer->kafka);
	bool member = id && id[0];

	rd_kafka_mem_free(consumer->kafka, id);
	return member;
}

/* rd_kafka_consumer_close() tells the group of it only while giving partitions
 * back, if rebalancing is cooperative; a member without any would be waited
 * for, and be given some, until its session ended. Unsubscribing tells it, but
 * not before a rebalance that is under way is over, which is served here. One
 * that is stuck is left to itself: it waits for more than this member. */
void assignment_leave(struct consumer *consumer)
{
	enum { PATIENCE_MS = 2000, POLL_MS = 20 };

	/* By the setting: a member that joins for the first time has no
	 * protocol yet, and may have one before it is closed. */
	if (consumer->positions.count > 0 ||
	    consumer->config.rebalance == REBALANCE_EAGER ||
	    rd_kafka_unsubscribe(consumer->kafka))
		return;
	/* KIP-848 has no rebalance to wait for, and a member keeps its id. */
	for (int waited_ms = 0;
	     consumer->config.rebalance == REBALANCE_COOPERATIVE &&
	     waited_ms < PATIENCE_MS && is_member(consumer);
	     waited_ms += POLL_MS) {
		rd_kafka_message_t *message =
			rd_kafka_consumer_poll(consumer->kafka, POLL_MS);
		if (message)
			rd_kafka_message_destroy(message);
	}
}
