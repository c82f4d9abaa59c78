#include "stage/cluster/preflight.h"

#include <assert.h>
#include <string.h>

#include "stage/cluster/cluster.h"
#include "stage/cluster/offsets.h"
#include "stage/topic_pattern.h"

/* Kafka's default; taken where a topic's own may not be read. */
enum { MAX_MESSAGE_BYTES = 1048588 };

static bool holds(const struct topic_facts *facts, const char *policy)
{
	return strstr(facts->cleanup_policy, policy) != NULL;
}

/* What any topic must be. */
static bool check_existence(struct preflight *out, const char *setting,
			    const char *name, const struct topic_facts *facts)
{
	if (facts->exists)
		return true;
	if (facts->describe == RIGHT_NO)
		complaint_add(&out->errors,
			      "%s=%s: no right to describe the topic, or there "
			      "is none; allow the user DESCRIBE on it",
			      setting, name);
	else
		complaint_add(&out->errors,
			      "%s=%s: there is no such topic, and none is made "
			      "by itself; create it: kafka-topics.sh "
			      "--bootstrap-server %.150s --create --topic %s "
			      "--partitions 6 --replication-factor 3",
			      setting, name, out->brokers, name);
	return false;
}

static void check_input(struct preflight *out, const char *name,
			const struct topic_facts *facts)
{
	if (!check_existence(out, "input.topics", name, facts))
		return;
	if (facts->read == RIGHT_NO)
		complaint_add(&out->errors,
			      "input.topics=%s: no right to read it; allow the "
			      "user READ on the topic",
			      name);
	if (holds(facts, "compact"))
		complaint_add(&out->warnings,
			      "input.topics=%s is compacted: of two messages "
			      "with one key the older may be gone before it is "
			      "read; set its cleanup.policy=delete",
			      name);
	complaint_add(&out->findings, "input.topics=%s: %d partition%s", name,
		      facts->partitions, facts->partitions == 1 ? "" : "s");
}

static void check_written(struct preflight *out, const char *setting,
			  const char *name, const struct topic_facts *facts,
			  size_t *max_bytes)
{
	if (!check_existence(out, setting, name, facts))
		return;
	if (facts->write == RIGHT_NO)
		complaint_add(&out->errors,
			      "%s=%s: no right to write to it; allow the user "
			      "WRITE on the topic",
			      setting, name);
	/* Kafka 4.3 takes the lesser of the two; not all brokers do. */
	if (facts->min_insync_replicas > facts->replicas)
		complaint_add(&out->warnings,
			      "%s=%s: min.insync.replicas is %d, but it has %d "
			      "replica%s: older brokers acknowledge no record "
			      "of it; lower the one or raise the other",
			      setting, name, facts->min_insync_replicas,
			      facts->replicas, facts->replicas == 1 ? "" : "s");
	if (facts->replicas == 1)
		complaint_add(&out->warnings,
			      "%s=%s has one replica: what is lost with its "
			      "broker is lost; three are usual",
			      setting, name);
	else if (facts->min_insync_replicas == 1)
		complaint_add(&out->warnings,
			      "%s=%s: min.insync.replicas is 1: an article "
			      "counts as written when one broker has it; set "
			      "2",
			      setting, name);
	if (facts->max_message_bytes >= 0)
		*max_bytes = (size_t)facts->max_message_bytes;
	else
		complaint_add(&out->warnings,
			      "%s=%s: its max.message.bytes may not be read, "
			      "%d is assumed; allow the user DESCRIBE_CONFIGS "
			      "on the topic",
			      setting, name, MAX_MESSAGE_BYTES);
	complaint_add(&out->findings,
		      "%s=%s: %d partition%s, %d replica%s, "
		      "max.message.bytes %zu, cleanup.policy %s",
		      setting, name, facts->partitions,
		      facts->partitions == 1 ? "" : "s", facts->replicas,
		      facts->replicas == 1 ? "" : "s", *max_bytes,
		      facts->cleanup_policy[0] ? facts->cleanup_policy : "?");
}

/* A dead letter's headers alone, with the longest of topics' names. */
enum { LETTER_LEAST = 2048 };

static void check_deadletter(struct preflight *out, const char *name,
			     const struct topic_facts *facts)
{
	if (facts->exists && holds(facts, "compact"))
		complaint_add(&out->errors,
			      "deadletter.topic=%s is compacted: it refuses "
			      "messages without a key, and forgets others; set "
			      "its cleanup.policy=delete",
			      name);
	if (facts->max_message_bytes >= 0 &&
	    facts->max_message_bytes < LETTER_LEAST)
		complaint_add(&out->errors,
			      "deadletter.topic=%s: its max.message.bytes is "
			      "%d: not even a reference to a message fits; set "
			      "%d or more",
			      name, facts->max_message_bytes, LETTER_LEAST);
}

static enum fault check_pattern(struct cluster *cluster, const char *pattern,
				struct preflight *out, struct fault_note *note)
{
	struct bounds found = { .count = 0 };
	enum fault fault = cluster_partitions(cluster, pattern, &found, note);
	size_t topics = 0;

	for (size_t i = 0; i < found.count; i++)
		topics += found.items[i].partition == 0;
	bounds_release(&found);
	if (fault)
		return fault;
	if (topics == 0)
		complaint_add(&out->warnings,
			      "input.topics=%s fits no topic yet; one that "
			      "comes is found within five minutes",
			      pattern);
	else
		complaint_add(&out->findings, "input.topics=%s: %zu topics",
			      pattern, topics);
	return FAULT_NONE;
}

static enum fault check_inputs(struct cluster *cluster,
			       const struct settings *settings,
			       struct preflight *out, struct fault_note *note)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < settings->input_topics.count; i++) {
		const char *name = settings->input_topics.items[i];
		struct topic_facts facts;
		if (topic_is_pattern(name)) {
			fault = check_pattern(cluster, name, out, note);
			continue;
		}
		fault = cluster_topic(cluster, name, &facts, note);
		if (!fault)
			check_input(out, name, &facts);
	}
	return fault;
}

static enum fault check_outputs(struct cluster *cluster,
				const struct settings *settings,
				struct preflight *out, struct fault_note *note)
{
	struct topic_facts facts;
	enum fault fault =
		cluster_topic(cluster, settings->output_topic, &facts, note);

	if (fault)
		return fault;
	check_written(out, "output.topic", settings->output_topic, &facts,
		      &out->output_max_bytes);
	fault = cluster_topic(cluster, settings->deadletter_topic, &facts,
			      note);
	if (fault)
		return fault;
	check_written(out, "deadletter.topic", settings->deadletter_topic,
		      &facts, &out->deadletter_max_bytes);
	check_deadletter(out, settings->deadletter_topic, &facts);
	return FAULT_NONE;
}

static void check_group(struct cluster *cluster,
			const struct settings *settings, struct preflight *out)
{
	if (cluster_group_right(cluster, settings->group_id) == RIGHT_NO)
		complaint_add(&out->errors,
			      "group.id=%s: no right to read with the group; "
			      "allow the user READ on it",
			      settings->group_id);
	else
		complaint_add(&out->findings, "group.id=%s",
			      settings->group_id);
}

enum fault preflight_run(const struct settings *settings, struct preflight *out)
{
	assert(settings && out);

	struct cluster *cluster = NULL;
	struct fault_note note = { "" };

	*out = (struct preflight){
		.brokers = settings->bootstrap_servers,
		.output_max_bytes = MAX_MESSAGE_BYTES,
		.deadletter_max_bytes = MAX_MESSAGE_BYTES,
	};
	enum fault fault = cluster_open(settings, &cluster, &note);
	if (!fault)
		fault = check_inputs(cluster, settings, out, &note);
	if (!fault)
		fault = check_outputs(cluster, settings, out, &note);
	if (!fault)
		check_group(cluster, settings, out);
	cluster_close(cluster);

	if (fault)
		complaint_add(&out->errors, "%s", note.text);
	else if (out->errors.count)
		fault = FAULT_KAFKA;
	return fault;
}
