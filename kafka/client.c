#include "kafka/client.h"

#include <assert.h>

static enum fault conf_fill(rd_kafka_conf_t *conf,
			    const struct kafka_client_config *config,
			    struct fault_note *note)
{
	enum fault fault = kafka_conf_set(conf, config->defaults, note);

	if (!fault)
		fault = kafka_conf_set(conf, config->users, note);
	if (!fault)
		fault = kafka_conf_set(conf, config->ours, note);
	return fault;
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
