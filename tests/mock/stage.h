/* tests/mock/stage.h - the service on a mock cluster of the test's own. */
#ifndef TESTS_MOCK_STAGE_H
#define TESTS_MOCK_STAGE_H

#include "base/clock.h"
#include "stage/context.h"
#include "stage/worker/service.h"
#include "tests/mock/cluster.h"

static struct settings settings;
static struct context context;
static struct service *service;
static struct service_task task;

static void setup(void)
{
	cluster_start();
	task = (struct service_task){
		.output_max_bytes = 1000000,
		.deadletter_max_bytes = 1000000,
	};
}

static void teardown(void)
{
	context_close(&context);
	settings_release(&settings);
	cluster_end();
}

/* Start the service with count flags besides what every test wants. */
static enum fault start(const struct setting_flag *flags, size_t count)
{
	enum { OURS = 6, MORE = 8 };
	static struct complaints complaints;
	struct setting_flag all[OURS + MORE] = {
		{ "bootstrap.servers",
		  rd_kafka_mock_cluster_bootstraps(cluster) },
		{ "workers", "1" },
		{ "instance", "test" },
		/* What is sent waits for its commit: a batch is one request. */
		{ "producer.linger.ms", "200" },
		/* The mock cluster lets a join wait for most of a session. */
		{ "consumer.session.timeout.ms", "1500" },
		{ "consumer.heartbeat.interval.ms", "300" },
	};

	ck_assert_int_le(count, MORE);
	for (size_t i = 0; i < count; i++)
		all[OURS + i] = flags[i];
	ck_assert_int_eq(
		settings_load(&(struct settings_sources){ .flags = all,
							  .flag_count = OURS +
									count },
			      &settings, &complaints),
		FAULT_NONE);
	ck_assert_int_eq(context_open(&settings, &context, &note), FAULT_NONE);
	return service_start(&settings, &context.transform, task, &service,
			     &note);
}

static enum fault stop(void)
{
	service_stop(service);
	return service_close(service, &note);
}

static uint64_t counted(enum counter counter)
{
	return counters_get(service_counters(service), counter);
}

/* Wait until that counter is at least least, or the service has ended. */
static void await(enum counter counter, uint64_t least)
{
	int64_t deadline = clock_steady_ms() + 90000;

	while (counted(counter) < least && !service_any_ended(service) &&
	       clock_steady_ms() < deadline)
		clock_sleep_ms(5);
}

/* Wait until nothing was committed for half a second. */
static inline void await_silence(void)
{
	uint64_t before;

	do {
		before = counted(COUNTER_COMMITS);
		clock_sleep_ms(500);
	} while (counted(COUNTER_COMMITS) != before);
}

static inline void await_end(void)
{
	while (!service_all_ended(service))
		clock_sleep_ms(5);
}

#endif
