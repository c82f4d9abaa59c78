#include "stage/cluster/cluster.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "kafka/client.h"
#include "stage/cluster/admin.h"

/* The first thing that went wrong with a connection says more than that no
 * broker answered. */
static void keep_first(rd_kafka_t *kafka, int code, const char *reason,
		       void *opaque)
{
	struct cluster *cluster = opaque;

	(void)kafka;
	if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
		return;
	if (!cluster->trouble.text[0])
		(void)fault_noted(FAULT_KAFKA, &cluster->trouble, "%s", reason);
}

static enum fault connect_client(struct cluster *cluster,
				 const struct settings *settings,
				 struct fault_note *note)
{
	const struct rd_kafka_metadata *metadata;
	rd_kafka_resp_err_t err = rd_kafka_metadata(
		cluster->kafka, 0, NULL, &metadata, CLUSTER_TIMEOUT_MS);

	if (!err) {
		rd_kafka_metadata_destroy(metadata);
		return FAULT_NONE;
	}
	rd_kafka_poll(cluster->kafka, 0); /* for keep_first() */
	return fault_noted(
		FAULT_KAFKA, note,
		"no broker of bootstrap.servers=%s answers within %d s%s%s; "
		"check the address, and kafka.security.protocol if it is right",
		settings->bootstrap_servers, CLUSTER_TIMEOUT_MS / 1000,
		cluster->trouble.text[0] ? ": " : "", cluster->trouble.text);
}

static void set_callbacks(rd_kafka_conf_t *conf)
{
	rd_kafka_conf_set_error_cb(conf, keep_first);
}

static enum fault open_client(struct cluster *cluster, struct fault_note *note)
{
	const struct kafka_property ours[] = {
		{ "bootstrap.servers", cluster->settings->bootstrap_servers },
		{ "client.id", "wirestage-admin" },
		{ "log.connection.close", "false" },
	};
	const struct kafka_client_config client = {
		.type = RD_KAFKA_PRODUCER,
		.users = cluster->settings->producer,
		.ours = KAFKA_PROPERTIES(ours),
		.set_callbacks = set_callbacks,
		.opaque = cluster,
	};
	return kafka_client_open(&client, &cluster->kafka, note);
}

enum fault cluster_open(const struct settings *settings, struct cluster **out,
			struct fault_note *note)
{
	assert(settings && out && note);

	struct cluster *cluster = calloc(1, sizeof *cluster);
	if (!cluster)
		return FAULT_NO_MEMORY;
	cluster->settings = settings;
	enum fault fault = open_client(cluster, note);
	if (!fault)
		fault = connect_client(cluster, settings, note);
	if (fault)
		cluster_close(cluster);
	else
		*out = cluster;
	return fault;
}

void cluster_close(struct cluster *cluster)
{
	if (!cluster)
		return;
	if (cluster->asker)
		rd_kafka_destroy(cluster->asker);
	if (cluster->kafka)
		rd_kafka_destroy(cluster->kafka);
	free(cluster);
}
