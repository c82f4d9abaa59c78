/* tests/bench/clients.h - the worker's clients, for whoever holds them bare. */
#ifndef TESTS_BENCH_CLIENTS_H
#define TESTS_BENCH_CLIENTS_H

#include <librdkafka/rdkafka.h>

#include "consumer/handle.h"
#include "producer/handle.h"

/* What passthrough is asked to do; borrowed from the command line. */
struct task {
	const char *brokers, *group, *input, *output;
	enum delivery delivery;
};

/* End the process with status 1: what failed, and why. */
_Noreturn void fail(const char *what, const char *why);

/* Fail unless code, or error, says that all is well. */
void check(const char *what, rd_kafka_resp_err_t code);
void check_error(const char *what, rd_kafka_error_t *error);

/* What a worker opens with the settings' defaults, and so with whatever
 * properties those functions give; the caller closes them. */
struct producer *open_producer(const struct task *task, unsigned number);
struct consumer *open_consumer(const struct task *task);

#endif
