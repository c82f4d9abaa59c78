#include "consumer/catalog.h"

#include <stdlib.h>
#include <string.h>

void catalog_release(struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->count; i++)
		free(catalog->topics[i].name);
	free(catalog->topics);
	*catalog = (struct catalog){ .filled = false };
}

static rd_kafka_resp_err_t note_all(struct catalog *catalog,
				    const struct rd_kafka_metadata *metadata)
{
	size_t count = (size_t)metadata->topic_cnt;

	catalog->topics = calloc(count + 1, sizeof *catalog->topics);
	if (!catalog->topics)
		return RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE;
	for (size_t i = 0; i < count; i++) {
		const struct rd_kafka_metadata_topic *topic =
			&metadata->topics[i];
		char *name = strdup(topic->topic);
		if (!name) {
			catalog_release(catalog);
			return RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE;
		}
		catalog->topics[catalog->count++] = (struct catalog_topic){
			.name = name,
			.partitions = topic->partition_cnt,
		};
	}
	catalog->filled = true;
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t catalog_fill(struct catalog *catalog, rd_kafka_t *kafka,
				 int timeout_ms)
{
	const struct rd_kafka_metadata *metadata;

	if (catalog->filled)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	rd_kafka_resp_err_t err =
		rd_kafka_metadata(kafka, 1, NULL, &metadata, timeout_ms);
	if (err)
		return err;
	err = note_all(catalog, metadata);
	rd_kafka_metadata_destroy(metadata);
	return err;
}

bool catalog_has(const struct catalog *catalog, const char *topic,
		 int32_t partition)
{
	if (!catalog->filled)
		return true;
	for (size_t i = 0; i < catalog->count; i++)
		if (!strcmp(catalog->topics[i].name, topic))
			return partition < catalog->topics[i].partitions;
	return false;
}
