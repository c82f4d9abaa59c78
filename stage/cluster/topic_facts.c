#include <stdlib.h>
#include <string.h>

#include "stage/cluster/admin.h"

static int fewest_replicas(const rd_kafka_TopicPartitionInfo_t **partitions,
			   size_t count)
{
	size_t fewest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t replicas;
		rd_kafka_TopicPartitionInfo_replicas(partitions[i], &replicas);
		if (i == 0 || replicas < fewest)
			fewest = replicas;
	}
	return (int)fewest;
}

static void read_description(const rd_kafka_TopicDescription_t *description,
			     struct topic_facts *out)
{
	const rd_kafka_error_t *error =
		rd_kafka_TopicDescription_error(description);
	size_t count;

	if (error && rd_kafka_error_code(error)) {
		out->describe =
			rd_kafka_error_code(error) ==
					RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
				? RIGHT_NO
				: RIGHT_NO_ANSWER;
		return;
	}
	const rd_kafka_TopicPartitionInfo_t **partitions =
		rd_kafka_TopicDescription_partitions(description, &count);
	out->exists = true;
	out->describe = RIGHT_YES;
	out->partitions = (int)count;
	out->replicas = fewest_replicas(partitions, count);

	const rd_kafka_AclOperation_t *allowed =
		rd_kafka_TopicDescription_authorized_operations(description,
								&count);
	out->read = admin_right(allowed, count, RD_KAFKA_ACL_OPERATION_READ);
	out->write = admin_right(allowed, count, RD_KAFKA_ACL_OPERATION_WRITE);
}

static rd_kafka_resp_err_t describe(struct cluster *cluster, const char *name,
				    struct topic_facts *out)
{
	struct admin admin;
	admin_init(&admin, cluster, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS, true);
	rd_kafka_TopicCollection_t *topics =
		rd_kafka_TopicCollection_of_topic_names(&name, 1);

	rd_kafka_DescribeTopics(cluster->kafka, topics, admin.options,
				admin.queue);
	rd_kafka_TopicCollection_destroy(topics);
	rd_kafka_resp_err_t err = admin_wait(&admin);
	if (!err) {
		size_t count;
		const rd_kafka_TopicDescription_t **found =
			rd_kafka_DescribeTopics_result_topics(
				rd_kafka_event_DescribeTopics_result(
					admin.answer),
				&count);
		if (count == 1)
			read_description(found[0], out);
	}
	admin_release(&admin);
	return err;
}

static void read_entry(const char *name, const char *value,
		       struct topic_facts *out)
{
	if (!value)
		return;
	if (!strcmp(name, "max.message.bytes"))
		out->max_message_bytes = (int)strtol(value, NULL, 10);
	else if (!strcmp(name, "min.insync.replicas"))
		out->min_insync_replicas = (int)strtol(value, NULL, 10);
	else if (!strcmp(name, "cleanup.policy"))
		snprintf(out->cleanup_policy, sizeof out->cleanup_policy, "%s",
			 value);
}

/* What may not be read stays unknown: the right to it is not needed. */
static void describe_config(struct cluster *cluster, const char *name,
			    struct topic_facts *out)
{
	struct admin admin;
	admin_init(&admin, cluster, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, false);
	rd_kafka_ConfigResource_t *resource =
		rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name);
	size_t count = 0, entry_count = 0;

	rd_kafka_DescribeConfigs(cluster->kafka, &resource, 1, admin.options,
				 admin.queue);
	rd_kafka_ConfigResource_destroy(resource);
	const rd_kafka_ConfigResource_t **found = NULL;
	if (!admin_wait(&admin))
		found = rd_kafka_DescribeConfigs_result_resources(
			rd_kafka_event_DescribeConfigs_result(admin.answer),
			&count);
	if (count == 1) {
		const rd_kafka_ConfigEntry_t **entries =
			rd_kafka_ConfigResource_configs(found[0], &entry_count);
		for (size_t i = 0; i < entry_count; i++)
			read_entry(rd_kafka_ConfigEntry_name(entries[i]),
				   rd_kafka_ConfigEntry_value(entries[i]), out);
	}
	admin_release(&admin);
}

enum fault cluster_topic(struct cluster *cluster, const char *name,
			 struct topic_facts *out, struct fault_note *note)
{
	struct topic_facts facts = {
		.max_message_bytes = -1,
		.min_insync_replicas = -1,
	};
	rd_kafka_resp_err_t err = describe(cluster, name, &facts);

	if (err)
		return fault_noted(FAULT_KAFKA, note, "describe topic %s: %s",
				   name, rd_kafka_err2str(err));
	if (facts.exists)
		describe_config(cluster, name, &facts);
	*out = facts;
	return FAULT_NONE;
}

static enum right group_right(const rd_kafka_ConsumerGroupDescription_t *group)
{
	const rd_kafka_error_t *error =
		rd_kafka_ConsumerGroupDescription_error(group);
	size_t count;

	if (error && rd_kafka_error_code(error) ==
			     RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
		return RIGHT_NO;
	if (error && rd_kafka_error_code(error))
		return RIGHT_NO_ANSWER;
	const rd_kafka_AclOperation_t *allowed =
		rd_kafka_ConsumerGroupDescription_authorized_operations(group,
									&count);
	return admin_right(allowed, count, RD_KAFKA_ACL_OPERATION_READ);
}

enum right cluster_group_right(struct cluster *cluster, const char *group)
{
	struct admin admin;
	admin_init(&admin, cluster, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS,
		   true);
	enum right right = RIGHT_NO_ANSWER;
	size_t count = 0;

	rd_kafka_DescribeConsumerGroups(cluster->kafka, &group, 1,
					admin.options, admin.queue);
	if (!admin_wait(&admin)) {
		const rd_kafka_ConsumerGroupDescription_t **found =
			rd_kafka_DescribeConsumerGroups_result_groups(
				rd_kafka_event_DescribeConsumerGroups_result(
					admin.answer),
				&count);
		if (count == 1)
			right = group_right(found[0]);
	}
	admin_release(&admin);
	return right;
}
