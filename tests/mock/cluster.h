/* tests/mock/cluster.h - a mock cluster of the test's own, and its topics. */
#ifndef TESTS_MOCK_CLUSTER_H
#define TESTS_MOCK_CLUSTER_H

#include <librdkafka/rdkafka.h>
/* after rdkafka.h */
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "consumer/reader.h"
#include "producer/sender.h"
#include "tests/unit/suite.h"

/* Kafka's numbers of the requests that the tests inject into or look for. */
enum request {
	PRODUCE = 0,
	FETCH = 1,
	LIST_OFFSETS = 2,
	OFFSET_COMMIT = 8,
	OFFSET_FETCH = 9,
	JOIN_GROUP = 11,
	LEAVE_GROUP = 13,
	SYNC_GROUP = 14,
	INIT_PRODUCER_ID = 22,
	ADD_PARTITIONS = 24,
	ADD_OFFSETS = 25,
	END_TXN = 26,
	TXN_OFFSET_COMMIT = 28,
};

static rd_kafka_t *host;
static rd_kafka_mock_cluster_t *cluster;
static struct fault_note note;

/* The topics are the settings' defaults. */
static inline void cluster_start_with(int brokers)
{
	char error[256];
	rd_kafka_conf_t *conf = rd_kafka_conf_new();

	/* What is injected is logged as well, and is no news here. */
	log_init(&(struct log_config){ .level = LOG_ERROR, .fd = -1 });
	kafka_conf_log(conf);
	host = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
	cluster = rd_kafka_mock_cluster_new(host, brokers);
	rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 0);
	rd_kafka_mock_topic_create(cluster, "raw", 2, 1);
	rd_kafka_mock_topic_create(cluster, "articles", 1, 1);
	rd_kafka_mock_topic_create(cluster, "deadletters", 1, 1);
}

static inline void cluster_start(void)
{
	cluster_start_with(1);
}

static inline void cluster_end(void)
{
	rd_kafka_mock_cluster_destroy(cluster);
	rd_kafka_destroy(host);
}

/* Of what brokers were sent since rd_kafka_mock_start_request_tracking(). */
static inline size_t count_requests(int request)
{
	size_t count;
	rd_kafka_mock_request_t **requests =
		rd_kafka_mock_get_requests(cluster, &count);
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		found += rd_kafka_mock_request_api_key(requests[i]) == request;
	rd_kafka_mock_request_destroy_array(requests, count);
	return found;
}

static inline void wait_for_requests(int request, size_t number)
{
	for (int i = 0; i < 2000 && count_requests(request) < number; i++)
		clock_sleep_ms(10);
	ck_assert_uint_ge(count_requests(request), number);
}

static inline void sending_failed(void *owner, const char *label,
				  const char *why)
{
	(void)owner;
	ck_abort_msg("%s is not sent: %s", label, why);
}

static inline struct sender *open_sender(void)
{
	const struct sender_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.failed = sending_failed,
	};
	struct sender *sender;

	ck_assert_int_eq(sender_open(&config, &sender, &note), FAULT_NONE);
	return sender;
}

/* Send number good articles, padded to size, and then the text bad if any. */
static inline void send_raw_to(const char *topic, int number, size_t size,
			       const char *bad)
{
	static char text[64 << 10];
	struct sender *sender = open_sender();
	struct outgoing record = { .topic = topic, .timestamp_ms = -1 };

	for (int i = 0; i < number; i++) {
		int len = snprintf(text, sizeof text,
				   "date 2026-03-12 SPORT\nRound %d is over\n\n"
				   "The boats of round %d are in, all of "
				   "them. ",
				   i, i);
		while ((size_t)len < size)
			text[len++] = 'o';
		record.key = record.value = (struct slice){ text, (size_t)len };
		record.key.len = 40;
		sender_send(sender, &record, "an article");
	}
	record.key = record.value = slice_from(bad ? bad : "");
	if (bad)
		sender_send(sender, &record, "a bad one");
	(void)sender_flush(sender);
	sender_close(sender);
}

static inline void send_raw(int number, size_t size, const char *bad)
{
	send_raw_to("raw", number, size, bad);
}

/* Call each, if given, for every record of the topic; returns how many. */
static inline size_t read_topic(const char *topic,
				void (*each)(const struct record *record))
{
	const struct reader_config config = {
		.bootstrap_servers = rd_kafka_mock_cluster_bootstraps(cluster),
		.client_id = "test",
		.topic = topic,
		.ends = true,
	};
	const struct record *record;
	struct reader *reader;
	size_t count = 0;

	ck_assert_int_eq(reader_open(&config, &reader, &note), FAULT_NONE);
	while (!reader_has_ended(reader)) {
		ck_assert_int_eq(reader_next(reader, 100, &record, &note),
				 FAULT_NONE);
		if (!record)
			continue;
		count++;
		if (each)
			each(record);
	}
	reader_close(reader);
	return count;
}

/* The next times requests of that kind are answered by error. */
static inline void inject(enum request request, rd_kafka_resp_err_t error,
			  size_t times)
{
	for (size_t i = 0; i < times; i++)
		rd_kafka_mock_push_request_errors_array(
			cluster, (int16_t)request, 1, &error);
}

/* The same of the one broker, which takes its time. */
static inline void inject_late(enum request request, rd_kafka_resp_err_t error,
			       size_t times, int after_ms)
{
	for (size_t i = 0; i < times; i++)
		rd_kafka_mock_broker_push_request_error_rtts(
			cluster, 1, (int16_t)request, 1, error, after_ms);
}

#endif
