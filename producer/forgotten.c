#include <assert.h>

#include "kafka/topic.h"
#include "producer/handle.h"

enum { ANSWER_MS = 5000, FLUSH_MS = 1000 };

/* No partition is in a transaction that has no record of it. Nobody is to read
 * these; a compacted topic takes none without a key. */
static rd_kafka_resp_err_t touch_topic(rd_kafka_t *kafka, const char *name)
{
	int count = 0;
	rd_kafka_resp_err_t err =
		kafka_partition_count(kafka, name, ANSWER_MS, &count);

	for (int i = 0; !err && i < count; i++)
		err = rd_kafka_producev(kafka, RD_KAFKA_V_TOPIC(name),
					RD_KAFKA_V_PARTITION(i),
					RD_KAFKA_V_KEY("", 0), RD_KAFKA_V_END);
	return err;
}

/* A partition hears of the end if it has a leader, and that takes the record;
 * one that is not taken is given up when the transaction's time is. */
static bool touch_topics(rd_kafka_t *kafka, const struct forgotten *forgotten,
			 const atomic_bool *stop, struct fault_note *note)
{
	const char *name = forgotten->output_topic;
	rd_kafka_resp_err_t err = touch_topic(kafka, name);

	if (!err)
		err = touch_topic(kafka, name = forgotten->deadletter_topic);
	while (!err &&
	       rd_kafka_flush(kafka, FLUSH_MS) == RD_KAFKA_RESP_ERR__TIMED_OUT)
		if (atomic_load(stop))
			break;
	if (err)
		(void)fault_noted(FAULT_KAFKA, note,
				  "end what was forgotten in %s: %s", name,
				  rd_kafka_err2str(err));
	return !err;
}

/* By an offset that comes to nothing. Where the group refuses it, its partition
 * is in the transaction all the same, and only to be aborted. */
static bool touch_group(rd_kafka_t *kafka, const struct forgotten *forgotten,
			struct fault_note *note)
{
	rd_kafka_consumer_group_metadata_t *nobody =
		rd_kafka_consumer_group_metadata_new(forgotten->group_id);
	rd_kafka_topic_partition_list_t *offsets =
		rd_kafka_topic_partition_list_new(1);

	rd_kafka_topic_partition_list_add(offsets, forgotten->output_topic, 0)
		->offset = 0;
	rd_kafka_error_t *error = rd_kafka_send_offsets_to_transaction(
		kafka, offsets, nobody, ANSWER_MS);
	enum transaction_error class = transaction_error_of(error);
	(void)transaction_judge(STEP_OFFSETS, error, note);
	rd_kafka_topic_partition_list_destroy(offsets);
	rd_kafka_consumer_group_metadata_destroy(nobody);
	return class == ERROR_NONE || class == ERROR_ABORTABLE ||
	       class == ERROR_REFUSED;
}

enum transaction_action producer_end_forgotten(
	struct producer *producer, const struct forgotten *forgotten,
	const atomic_bool *stop, struct fault_note *note)
{
	assert(producer && producer->delivery == DELIVERY_EXACTLY_ONCE);
	assert(forgotten && stop && note);

	enum transaction_action action = producer_begin(producer, note);
	if (action != ACTION_GO_ON)
		return action;
	/* What is begun and not aborted here, the next producer aborts. */
	if (!touch_topics(producer->kafka, forgotten, stop, note) ||
	    !touch_group(producer->kafka, forgotten, note))
		return ACTION_RENEW;
	return producer_abort(producer, note);
}
