/* tests/bench/clients.h - librdkafka as wirestage uses it, and no more. */
#ifndef TESTS_BENCH_CLIENTS_H
#define TESTS_BENCH_CLIENTS_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

/* What passthrough is asked to do; borrowed from the command line. */
struct task {
	const char *brokers, *group, *input, *output;
	bool exactly_once;
};

/* End the process with status 1: what failed, and why. */
_Noreturn void fail(const char *what, const char *why);

/* Fail unless code, or error, says that all is well. */
void check(const char *what, rd_kafka_resp_err_t code);
void check_error(const char *what, rd_kafka_error_t *error);

/* Clients with the properties of producer/producer.c and of
 * consumer/consumer.c, the consumer subscribed to the input. The caller
 * destroys them. */
rd_kafka_t *producer_new(const struct task *task, unsigned number);
rd_kafka_t *consumer_new(const struct task *task);

#endif
