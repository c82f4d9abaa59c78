#include "kafka/client.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <threads.h>
#include <time.h>

static enum fault conf_fill(rd_kafka_conf_t *conf,
			    const struct kafka_client_config *config,
			    struct fault_note *note)
{
	/* What waits for a broker would wait for ten seconds more once it is
	 * back. */
	static const struct kafka_property everyones[] = {
		{ "reconnect.backoff.max.ms", "1000" },
	};
	enum fault fault =
		kafka_conf_set(conf, KAFKA_PROPERTIES(everyones), note);

	if (!fault)
		fault = kafka_conf_set(conf, config->defaults, note);
	if (!fault)
		fault = kafka_conf_set(conf, config->users, note);
	if (!fault)
		fault = kafka_conf_set(conf, config->ours, note);
	return fault;
}

/*
 * librdkafka's threads wait by this, until a time of the wall clock: were that
 * put back by an hour, they would sleep for an hour more (its issue 2145).
 * Wherever a client is opened this takes the place of the C library's, and
 * waits for what is left by the steady clock. Weak, since a librdkafka that is
 * built without C11's threads brings its own. Both types are POSIX's in the C
 * libraries that have them.
 */
__attribute__((weak)) int cnd_timedwait(cnd_t *restrict condition,
					mtx_t *restrict mutex,
					const struct timespec *restrict until)
{
	enum { SECOND_NS = 1000000000 };
	struct timespec wall, end;

	clock_gettime(CLOCK_REALTIME, &wall);
	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += until->tv_sec - wall.tv_sec;
	end.tv_nsec += until->tv_nsec - wall.tv_nsec;
	if (end.tv_nsec < 0) {
		end.tv_sec--;
		end.tv_nsec += SECOND_NS;
	} else if (end.tv_nsec >= SECOND_NS) {
		end.tv_sec++;
		end.tv_nsec -= SECOND_NS;
	}
	switch (pthread_cond_clockwait((pthread_cond_t *)condition,
				       (pthread_mutex_t *)mutex,
				       CLOCK_MONOTONIC, &end)) {
	case 0:
		return thrd_success;
	case ETIMEDOUT:
		return thrd_timedout;
	default:
		return thrd_error;
	}
}

enum fault kafka_client_open(const struct kafka_client_config *config,
			     rd_kafka_t **out, struct fault_note *note)
{
	assert(config && out && note);

	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	enum fault fault = conf_fill(conf, config, note);
	if (fault)
		goto fail;
	kafka_conf_log(conf);
	rd_kafka_conf_set_opaque(conf, config->opaque);
	if (config->set_callbacks)
		config->set_callbacks(conf);

	rd_kafka_t *kafka =
		rd_kafka_new(config->type, conf, note->text, sizeof note->text);
	if (!kafka) {
		fault = FAULT_CONFIG;
		goto fail;
	}
	*out = kafka; /* conf is its own now */
	return FAULT_NONE;

fail:
	rd_kafka_conf_destroy(conf);
	return fault;
}
