#include <inttypes.h>

#include "base/log.h"
#include "consumer/handle.h"

/* The partitions of which the group has no offset; the caller destroys. */
static rd_kafka_topic_partition_list_t *without_offset(
	const rd_kafka_topic_partition_list_t *list)
{
	rd_kafka_topic_partition_list_t *missing =
		rd_kafka_topic_partition_list_new(list->cnt);

	for (int i = 0; i < list->cnt; i++)
		if (list->elems[i].offset < 0)
			rd_kafka_topic_partition_list_add(
				missing, list->elems[i].topic,
				list->elems[i].partition);
	return missing;
}

/* "Latest" leaves out what was written before reading began: nothing of a
 * partition that was not there yet, and is only found minutes later. */
static bool begins_at_first(const struct consumer *consumer,
			    const rd_kafka_topic_partition_t *partition)
{
	const struct consumer_config *config = &consumer->config;

	return config->start.at == START_EARLIEST ||
	       (config->start.at == START_LATEST &&
		!catalog_has(config->catalog, partition->topic,
			     partition->partition));
}

static rd_kafka_resp_err_t at_either_end(struct consumer *consumer,
					 rd_kafka_topic_partition_t *partition)
{
	int64_t low, high;
	rd_kafka_resp_err_t err = rd_kafka_query_watermark_offsets(
		consumer->kafka, partition->topic, partition->partition, &low,
		&high, BROKER_TIMEOUT_MS);

	if (!err)
		partition->offset = begins_at_first(consumer, partition) ? low
									 : high;
	return err;
}

/* By the index of times, of which each partition's offset is asked for by
 * putting the time there; a time after the last message gives the end. */
static rd_kafka_resp_err_t at_time(struct consumer *consumer,
				   rd_kafka_topic_partition_list_t *missing)
{
	for (int i = 0; i < missing->cnt; i++)
		missing->elems[i].offset = consumer->config.start.time_ms;

	rd_kafka_resp_err_t err = rd_kafka_offsets_for_times(
		consumer->kafka, missing, BROKER_TIMEOUT_MS);
	for (int i = 0; !err && i < missing->cnt; i++) {
		err = missing->elems[i].err;
		if (!err && missing->elems[i].offset < 0)
			err = at_either_end(consumer, &missing->elems[i]);
	}
	return err;
}

/* A partition without a bound is not read, wherever it would start. */
static void at_bounds(const struct bounds *bounds,
		      rd_kafka_topic_partition_list_t *missing)
{
	for (int i = 0; i < missing->cnt; i++) {
		rd_kafka_topic_partition_t *m = &missing->elems[i];
		const struct bound *bound =
			bounds_find(bounds, m->topic, m->partition);
		m->offset = bound ? bound->start : 0;
	}
}

static rd_kafka_resp_err_t look_up(struct consumer *consumer,
				   rd_kafka_topic_partition_list_t *missing)
{
	rd_kafka_resp_err_t err = RD_KAFKA_RESP_ERR_NO_ERROR;

	if (consumer->config.bounds) {
		at_bounds(consumer->config.bounds, missing);
		return err;
	}
	if (consumer->config.start.at == START_TIME)
		return at_time(consumer, missing);
	for (int i = 0; !err && i < missing->cnt; i++)
		err = at_either_end(consumer, &missing->elems[i]);
	return err;
}

static void take_offsets(rd_kafka_topic_partition_list_t *list,
			 const rd_kafka_topic_partition_list_t *found)
{
	for (int i = 0; i < found->cnt; i++) {
		const rd_kafka_topic_partition_t *f = &found->elems[i];

		rd_kafka_topic_partition_list_set_offset(
			list, f->topic, f->partition, f->offset);
		log_event(LOG_INFO, "start", LOG_STR("topic", f->topic),
			  LOG_INT("partition", f->partition),
			  LOG_INT("offset", f->offset), LOG_END);
	}
}

/*
 * Brokers do not tell an offset that a transaction is about to change
 * (KIP-447), be it of a dead worker, until they have ended that. Who waits for
 * it can be stopped all the same.
 */
static rd_kafka_resp_err_t committed(struct consumer *consumer,
				     rd_kafka_topic_partition_list_t *list)
{
	enum { FIRST_MS = 500 };
	rd_kafka_resp_err_t err;
	int waited_ms = 0, wait_ms = FIRST_MS;

	do {
		err = rd_kafka_committed(consumer->kafka, list, wait_ms);
		waited_ms += wait_ms;
		wait_ms = waited_ms < BROKER_TIMEOUT_MS - waited_ms
				  ? waited_ms
				  : BROKER_TIMEOUT_MS - waited_ms;
	} while (err == RD_KAFKA_RESP_ERR__TIMED_OUT &&
		 waited_ms < BROKER_TIMEOUT_MS &&
		 !atomic_load(consumer->config.stop));
	return err;
}

bool start_resolve(struct consumer *consumer,
		   rd_kafka_topic_partition_list_t *list,
		   struct fault_note *note)
{
	const char *step = "read the group's offsets";
	rd_kafka_topic_partition_list_t *missing = NULL;
	rd_kafka_resp_err_t err = committed(consumer, list);

	consumer->untold = err == RD_KAFKA_RESP_ERR__TIMED_OUT;
	for (int i = 0; !err && i < list->cnt; i++)
		err = list->elems[i].err;
	if (err)
		goto done;

	missing = without_offset(list);
	if (missing->cnt == 0)
		goto done;
	step = "look up where to start";
	err = look_up(consumer, missing);
	if (err)
		goto done;
	/* Committed before the first message, so that going back, at any
	 * time, leads here and not to where the start would be by then. */
	step = "commit where to start";
	err = rd_kafka_commit(consumer->kafka, missing, 0);
	if (!err)
		take_offsets(list, missing);
done:
	if (missing)
		rd_kafka_topic_partition_list_destroy(missing);
	if (err)
		(void)fault_noted(FAULT_KAFKA, note, "%s of group %s: %s%s",
				  step, consumer->config.group_id,
				  rd_kafka_err2str(err),
				  consumer->untold
					  ? "; its coordinator is away, or a "
					    "transaction that is open hides "
					    "them"
					  : "");
	return !err;
}
