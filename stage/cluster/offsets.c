#include "stage/cluster/offsets.h"

#include <stdlib.h>
#include <string.h>

#include "kafka/client.h"
#include "stage/cluster/admin.h"
#include "stage/topic_pattern.h"

static enum fault add_topic(struct bounds *out, const char *topic, int count)
{
	size_t room = out->count + (size_t)count;
	struct bound *grown =
		realloc(out->items, (room ? room : 1) * sizeof *grown);

	if (!grown)
		return FAULT_NO_MEMORY;
	out->items = grown;
	for (int i = 0; i < count; i++) {
		char *copy = strdup(topic);
		if (!copy)
			return FAULT_NO_MEMORY;
		grown[out->count++] = (struct bound){ copy, i, 0, 0 };
	}
	return FAULT_NONE;
}

static enum fault add_matches(const struct rd_kafka_metadata *metadata,
			      const char *text, struct bounds *out)
{
	enum fault fault = FAULT_NONE;
	struct topic_pattern pattern;

	if (!topic_pattern_init(&pattern, text))
		return FAULT_CONFIG;
	for (int i = 0; !fault && i < metadata->topic_cnt; i++) {
		const rd_kafka_metadata_topic_t *t = &metadata->topics[i];
		if (!t->err && topic_pattern_fits(&pattern, t->topic))
			fault = add_topic(out, t->topic, t->partition_cnt);
	}
	topic_pattern_release(&pattern);
	return fault;
}

enum fault cluster_partitions(struct cluster *cluster, const char *pattern,
			      struct bounds *out, struct fault_note *note)
{
	const struct rd_kafka_metadata *metadata;
	rd_kafka_resp_err_t err = rd_kafka_metadata(
		cluster->kafka, 1, NULL, &metadata, CLUSTER_TIMEOUT_MS);

	if (err)
		return fault_noted(FAULT_KAFKA, note, "list the topics: %s",
				   rd_kafka_err2str(err));
	enum fault fault = add_matches(metadata, pattern, out);
	rd_kafka_metadata_destroy(metadata);
	return fault ? fault_noted(fault, note, "topic %s: %s", pattern,
				   fault_text(fault))
		     : FAULT_NONE;
}

static rd_kafka_topic_partition_list_t *list_of(const struct bounds *partitions,
						int64_t offset)
{
	rd_kafka_topic_partition_list_t *list =
		rd_kafka_topic_partition_list_new((int)partitions->count);

	for (size_t i = 0; i < partitions->count; i++)
		rd_kafka_topic_partition_list_add(
			list, partitions->items[i].topic,
			partitions->items[i].partition)
			->offset = offset;
	return list;
}

static int64_t spec_offset(struct offset_spec spec)
{
	switch (spec.at) {
	case OFFSET_EARLIEST:
		return RD_KAFKA_OFFSET_SPEC_EARLIEST;
	case OFFSET_LATEST:
		return RD_KAFKA_OFFSET_SPEC_LATEST;
	default:
		return spec.value;
	}
}

/* Where an answer's partition stands among those asked for. */
static size_t index_of(const struct bounds *partitions,
		       const rd_kafka_topic_partition_t *answer)
{
	const struct bound *bound =
		bounds_find(partitions, answer->topic, answer->partition);

	return bound ? (size_t)(bound - partitions->items) : partitions->count;
}

static rd_kafka_resp_err_t read_offsets(struct admin *admin,
					const struct bounds *partitions,
					int64_t *out)
{
	size_t count;
	const rd_kafka_ListOffsetsResultInfo_t **infos =
		rd_kafka_ListOffsets_result_infos(
			rd_kafka_event_ListOffsets_result(admin->answer),
			&count);

	for (size_t i = 0; i < count; i++) {
		const rd_kafka_topic_partition_t *one =
			rd_kafka_ListOffsetsResultInfo_topic_partition(
				infos[i]);
		size_t at = index_of(partitions, one);
		if (one->err)
			return one->err;
		if (at < partitions->count)
			out[at] = one->offset;
	}
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

enum fault cluster_offsets(struct cluster *cluster,
			   const struct bounds *partitions,
			   struct offset_spec spec, int64_t *out,
			   struct fault_note *note)
{
	for (size_t i = 0; i < partitions->count; i++)
		out[i] = spec.at == OFFSET_NUMBER ? spec.value : -1;
	if (spec.at == OFFSET_NUMBER || partitions->count == 0)
		return FAULT_NONE;

	struct admin admin;
	rd_kafka_topic_partition_list_t *list =
		list_of(partitions, spec_offset(spec));
	admin_init(&admin, cluster, RD_KAFKA_ADMIN_OP_LISTOFFSETS, false);
	rd_kafka_error_t *ignored = rd_kafka_AdminOptions_set_isolation_level(
		admin.options, RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED);
	if (ignored)
		rd_kafka_error_destroy(ignored);
	rd_kafka_ListOffsets(cluster->kafka, list, admin.options, admin.queue);
	rd_kafka_resp_err_t err = admin_wait(&admin);
	if (!err)
		err = read_offsets(&admin, partitions, out);
	admin_release(&admin);
	rd_kafka_topic_partition_list_destroy(list);
	return err ? fault_noted(FAULT_KAFKA, note, "look up offsets: %s",
				 rd_kafka_err2str(err))
		   : FAULT_NONE;
}

/* A consumer that asks for the group's offsets, and never joins it. Not
 * ListConsumerGroupOffsets(): librdkafka crashed where it was asked before the
 * brokers had a coordinator for the group. */
static enum fault open_asker(struct cluster *cluster, const char *group,
			     struct fault_note *note)
{
	const struct settings *settings = cluster->settings;
	const struct kafka_property ours[] = {
		{ "bootstrap.servers", settings->bootstrap_servers },
		{ "client.id", "wirestage-admin" },
		{ "group.id", group },
	};
	const struct kafka_client_config client = {
		.type = RD_KAFKA_CONSUMER,
		.users = settings->consumer,
		.ours = KAFKA_PROPERTIES(ours),
	};
	return kafka_client_open(&client, &cluster->asker, note);
}

static void read_committed(const rd_kafka_topic_partition_list_t *list,
			   int64_t *out)
{
	for (int i = 0; i < list->cnt; i++)
		out[i] = list->elems[i].offset < 0 ? -1 : list->elems[i].offset;
}

enum fault cluster_committed(struct cluster *cluster, const char *group,
			     const struct bounds *partitions, int64_t *out,
			     struct fault_note *note)
{
	if (!cluster->asker) {
		enum fault fault = open_asker(cluster, group, note);
		if (fault)
			return fault;
	}
	rd_kafka_topic_partition_list_t *list = list_of(partitions, 0);
	rd_kafka_resp_err_t err =
		rd_kafka_committed(cluster->asker, list, CLUSTER_TIMEOUT_MS);

	if (!err)
		read_committed(list, out);
	rd_kafka_topic_partition_list_destroy(list);
	return err ? fault_noted(FAULT_KAFKA, note,
				 "read the offsets of group %s: %s", group,
				 rd_kafka_err2str(err))
		   : FAULT_NONE;
}
