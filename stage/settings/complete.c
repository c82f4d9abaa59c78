#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "producer/producer.h"
#include "stage/settings/cores.h"
#include "stage/settings/table.h"
#include "stage/topic_pattern.h"

/* Where the value of that setting came from; NULL: it is the default. */
static const char *origin(const struct settings *settings, const char *name)
{
	const struct setting *row = setting_find(slice_from(name));

	assert(row);
	return settings->memory->origins[row - settings_table];
}

/* The same, for a complaint. */
static const char *origin_of(const struct settings *settings, const char *name)
{
	return setting_is_set(settings, name) ? origin(settings, name)
					      : "default";
}

bool setting_is_set(const struct settings *settings, const char *name)
{
	return origin(settings, name) != NULL;
}

bool settings_input_has(const struct settings *settings, const char *topic)
{
	struct words input = settings->input_topics;
	bool fits = false;

	for (size_t i = 0; i < input.count && !fits; i++) {
		struct topic_pattern pattern;
		if (!topic_pattern_init(&pattern, input.items[i]))
			continue;
		fits = topic_pattern_fits(&pattern, topic);
		topic_pattern_release(&pattern);
	}
	return fits;
}

/* A stage that reads what it writes never ends. */
static void check_topics(const struct settings *settings,
			 struct complaints *complaints)
{
	if (settings_input_has(settings, settings->output_topic))
		complaint_add(complaints,
			      "%s: input.topics takes in %s, which is "
			      "output.topic: articles would be read as wire "
			      "copy",
			      origin_of(settings, "input.topics"),
			      settings->output_topic);
	if (settings_input_has(settings, settings->deadletter_topic))
		complaint_add(complaints,
			      "%s: input.topics takes in %s, which is "
			      "deadletter.topic: what is rejected would be "
			      "rejected for ever",
			      origin_of(settings, "input.topics"),
			      settings->deadletter_topic);
	if (!strcmp(settings->output_topic, settings->deadletter_topic))
		complaint_add(complaints,
			      "%s: output.topic and deadletter.topic are both "
			      "%s: its readers expect articles alone",
			      origin_of(settings, "output.topic"),
			      settings->output_topic);
}

/* A bound on a misspelt topic would watch over nothing. */
static void check_quiet(const struct settings *settings,
			struct complaints *complaints)
{
	for (size_t i = 0; i < settings->quiet_after.count; i++) {
		const char *topic = settings->quiet_after.items[i].topic;
		if (topic && !settings_input_has(settings, topic))
			complaint_add(complaints,
				      "%s: quiet.after.ms names %.249s, which "
				      "is not among input.topics",
				      origin_of(settings, "quiet.after.ms"),
				      topic);
	}
}

static void check_membership(const struct settings *settings,
			     struct complaints *complaints)
{
	if (settings->membership != MEMBERSHIP_STATIC)
		return;
	if (!setting_is_set(settings, "instance"))
		complaint_add(complaints,
			      "%s: membership=static needs instance: a name "
			      "that stays when the process moves",
			      origin_of(settings, "membership"));
	if (settings->rebalance == REBALANCE_COOPERATIVE)
		complaint_add(complaints,
			      "%s: rebalance=cooperative takes two steps, and "
			      "a static member killed between them comes back "
			      "to partitions that nobody reads: set "
			      "rebalance=eager, or consumer",
			      origin_of(settings, "rebalance"));
}

/* The next of what is passed to a client, from *at on, and the property's name
 * without its prefix; kafka.* first, so that the client's own win. NULL: no
 * more. */
static const struct passed *next_passed(const struct settings_memory *memory,
					struct slice own, size_t *at,
					const char **name)
{
	size_t count = memory->passed_count;

	while (*at < 2 * count) {
		size_t i = (*at)++;
		bool common = i < count;
		struct slice prefix = common ? SLICE("kafka.") : own;
		const struct passed *passed =
			&memory->passed[common ? i : i - count];
		if (!slice_starts(slice_from(passed->name), prefix))
			continue;
		*name = passed->name + prefix.len;
		return passed;
	}
	return NULL;
}

/* What a client is told of a property; NULL: nothing. */
static const struct passed *passed_property(const struct settings_memory *memory,
					    struct slice own, const char *name)
{
	const struct passed *passed, *found = NULL;
	const char *found_name;
	size_t at = 0;

	while ((passed = next_passed(memory, own, &at, &found_name)) != NULL)
		if (!strcmp(found_name, name))
			found = passed;
	return found;
}

/* A commit that waits for the output does not poll. */
static void check_poll_interval(const struct settings *settings,
				struct complaints *complaints)
{
	enum { DEFAULT_MS = 300000 }; /* librdkafka's */
	const struct passed *passed = passed_property(
		settings->memory, SLICE("consumer."), "max.poll.interval.ms");
	int64_t wait_ms = producer_longest_wait_ms(
		settings->delivery, settings->transaction_timeout_ms);
	int64_t interval_ms = passed ? strtol(passed->value, NULL, 10)
				     : DEFAULT_MS;

	if (interval_ms <= wait_ms)
		complaint_add(
			complaints,
			"%s: %s, %" PRId64 ", is not more than %" PRId64
			", which is how long a commit may wait for the "
			"output with transaction.timeout.ms=%d: the "
			"worker would lose the group",
			passed ? passed->origin
			       : origin_of(settings, "transaction.timeout.ms"),
			passed ? passed->name : "consumer.max.poll.interval.ms",
			interval_ms, wait_ms, settings->transaction_timeout_ms);
}

static void check_pairs(const struct settings *settings,
			struct complaints *complaints)
{
	if (settings->framing == FRAMING_CONFLUENT && settings->schema_id == 0)
		complaint_add(complaints,
			      "%s: framing=confluent needs schema.id, the "
			      "number of the schema in the registry",
			      origin_of(settings, "framing"));
	if (settings->commit_interval_min_ms > settings->commit_interval_ms)
		complaint_add(complaints,
			      "%s: commit.interval.min.ms is more than "
			      "commit.interval.ms, %d",
			      origin_of(settings, "commit.interval.min.ms"),
			      settings->commit_interval_ms);
	if (settings->transaction_timeout_ms < 2 * settings->commit_interval_ms)
		complaint_add(complaints,
			      "%s: transaction.timeout.ms is less than twice "
			      "commit.interval.ms, %d: each pause would lose "
			      "a transaction",
			      origin_of(settings, "transaction.timeout.ms"),
			      settings->commit_interval_ms);
	if (settings->arena_max_bytes < settings->input_max_bytes)
		complaint_add(complaints,
			      "%s: arena.max.bytes is less than "
			      "input.max.bytes, %d: no message of that size "
			      "would ever pass",
			      origin_of(settings, "arena.max.bytes"),
			      settings->input_max_bytes);
}

static void set_value(struct settings *settings, const char *name,
		      struct slice value)
{
	const struct setting *row = setting_find(slice_from(name));

	if (row && value.ptr)
		settings->memory->values[row - settings_table] = value.ptr;
}

static void complete_instance(struct settings *settings,
			      struct complaints *complaints)
{
	char host[256] = "";

	if (*settings->instance)
		return;
	if (gethostname(host, sizeof host - 1) || !*host) {
		complaint_add(complaints, "instance: the host has no name: set "
					  "instance");
		return;
	}
	struct slice copy =
		arena_copy(&settings->memory->arena, slice_from(host));
	if (copy.ptr)
		settings->instance = copy.ptr;
	set_value(settings, "instance", copy);
}

static void complete_workers(struct settings *settings)
{
	if (settings->workers > 0)
		return;
	int cores = cores_usable();
	settings->workers = cores < WORKERS_MAX ? cores : WORKERS_MAX;
	set_value(settings, "workers",
		  arena_printf(&settings->memory->arena, "%d",
			       settings->workers));
}

/*
 * A static member that comes back is given what its group last gave it, with
 * no new rebalance. Between the two steps of a cooperative one that leaves out
 * the partitions which are on their way, until the next rebalance, which may
 * never come.
 */
static void complete_rebalance(struct settings *settings)
{
	if (settings->membership != MEMBERSHIP_STATIC ||
	    setting_is_set(settings, "rebalance"))
		return;
	settings->rebalance = REBALANCE_EAGER;
	set_value(settings, "rebalance", SLICE("eager"));
}

static struct kafka_properties collect(struct settings_memory *memory,
				       struct slice own)
{
	struct kafka_property *items = arena_array(
		&memory->arena, memory->passed_count, sizeof *items);
	const struct passed *passed;
	const char *name;
	size_t count = 0, at = 0;

	while (items && (passed = next_passed(memory, own, &at, &name)) != NULL)
		items[count++] = (struct kafka_property){ name, passed->value };
	return (struct kafka_properties){ items, count };
}

void settings_complete(struct settings *settings, struct complaints *complaints)
{
	complete_instance(settings, complaints);
	complete_workers(settings);
	complete_rebalance(settings);
	settings->consumer = collect(settings->memory, SLICE("consumer."));
	settings->producer = collect(settings->memory, SLICE("producer."));
	check_topics(settings, complaints);
	check_quiet(settings, complaints);
	check_membership(settings, complaints);
	check_poll_interval(settings, complaints);
	check_pairs(settings, complaints);
}
