/* stage/http/metrics.h - one table of metrics. */
#ifndef STAGE_HTTP_METRICS_H
#define STAGE_HTTP_METRICS_H

#include <stdio.h>

/*
 * X(symbol, name, type, labels, help)
 *
 * name is without "_total", which a counter's has behind it; labels are those
 * of its samples. It makes what is exposed, and the reference in README.md.
 */
#define METRIC_MAP(X) \
	X(BUILD_INFO, "wirestage_build_info", GAUGE, "version, librdkafka", \
	  "1; which program it is") \
	X(READY, "wirestage_ready", GAUGE, "", \
	  "1 where /readyz says so, else 0") \
	X(WORKERS, "wirestage_workers", GAUGE, "", \
	  "threads, each a member of the group") \
	X(CONSUMED, "wirestage_consumed", COUNTER, "wire", \
	  "raw messages taken, by their raw topic") \
	X(ARTICLES, "wirestage_articles", COUNTER, "wire", \
	  "parts found in them: published, deadlettered and skipped add up " \
	  "to it") \
	X(PUBLISHED, "wirestage_published", COUNTER, "wire, format", \
	  "articles in the output topic") \
	X(DEADLETTERED, "wirestage_deadlettered", COUNTER, "wire, fault", \
	  "parts in the dead-letter topic") \
	X(SKIPPED, "wirestage_skipped", COUNTER, "wire, reason", \
	  "messages that hold no article") \
	X(TOPIC_ARTICLES, "wirestage_topic_articles", COUNTER, "topic", \
	  "articles published with a topic; one may have several") \
	X(GAPS, "wirestage_gaps", COUNTER, "", \
	  "spans that were gone before they were read") \
	X(GAP_MESSAGES, "wirestage_gap_messages", COUNTER, "", \
	  "offsets in those spans") \
	X(TRANSACTIONS, "wirestage_transactions", COUNTER, "outcome", \
	  "transactions, or batches where delivery is at-least-once, " \
	  "committed and aborted") \
	X(INCARNATIONS, "wirestage_incarnations", COUNTER, "", \
	  "consumer and producer made anew, the first of each worker " \
	  "included") \
	X(COMMIT_SECONDS, "wirestage_commit_duration_seconds", HISTOGRAM, "", \
	  "how long committing took") \
	X(STEP_SECONDS, "wirestage_step_duration_seconds", HISTOGRAM, "step", \
	  "how long one message took to transform, and to tag, and an " \
	  "article to encode; of one message in 16") \
	X(LATENCY_SECONDS, "wirestage_latency_seconds", HISTOGRAM, "", \
	  "from the raw message's timestamp to the commit; of one message " \
	  "in 16, and of the first of each commit") \
	X(REPLAY_OFFSETS, "wirestage_replay_offsets", GAUGE, \
	  "wire, partition", \
	  "of a replay or redrive alone: the offsets in its plan") \
	X(REPLAY_DONE, "wirestage_replay_done_offsets", GAUGE, \
	  "wire, partition", \
	  "how many of them are done, by whoever takes part") \
	X(PARTITIONS, "wirestage_partitions", GAUGE, "", \
	  "partitions that this process holds") \
	X(PARTITION_LAG, "wirestage_partition_lag", GAUGE, "wire, partition", \
	  "offsets between the next to read and the partition's end") \
	X(PARTITION_LAG_AGE, "wirestage_partition_lag_age_seconds", GAUGE, \
	  "wire, partition", "how long ago the brokers told that end") \
	X(PARTITION_OFFSET, "wirestage_partition_next_offset", GAUGE, \
	  "wire, partition", "the next offset to read") \
	X(WIRE_SILENCE, "wirestage_wire_silence_seconds", GAUGE, "wire", \
	  "time since a raw topic brought something, or since this process " \
	  "has it") \
	X(WIRE_QUIET_AFTER, "wirestage_wire_quiet_after_seconds", GAUGE, \
	  "wire", "its bound, quiet.after.ms; absent where it has none") \
	X(WIRE_QUIET, "wirestage_wire_quiet", GAUGE, "wire", \
	  "1 where it is silent for longer than its bound, else 0") \
	X(INPUT_QUEUE, "wirestage_input_queue_messages", GAUGE, "worker", \
	  "messages fetched and not yet taken") \
	X(OUTPUT_QUEUE, "wirestage_output_queue_messages", GAUGE, "worker", \
	  "records handed over and not yet acknowledged") \
	X(WORKER_TROUBLE, "wirestage_worker_trouble_seconds", GAUGE, "worker", \
	  "how long a worker goes back or begins anew without a commit; 0: " \
	  "it does not") \
	X(RELOADS, "wirestage_reloads", COUNTER, "result", \
	  "files read again by SIGHUP, done and refused") \
	X(VOCABULARY_INFO, "wirestage_vocabulary_info", GAUGE, "version", \
	  "1; the vocabulary in use") \
	X(MEMORY, "process_resident_memory_bytes", GAUGE, "", \
	  "resident memory") \
	X(CPU, "process_cpu_seconds", COUNTER, "", "processor time") \
	X(START_TIME, "process_start_time_seconds", GAUGE, "", \
	  "when the process started, since 1970")

enum metric {
#define X(symbol, name, type, labels, help) METRIC_##symbol,
	METRIC_MAP(X)
#undef X
		METRIC_COUNT
};

enum metric_type { METRIC_GAUGE, METRIC_COUNTER, METRIC_HISTOGRAM };

struct metric_facts {
	const char *name;
	enum metric_type type;
	const char *labels; /* "wire, format"; "" for none */
	const char *help;
};

const struct metric_facts *metric_facts(enum metric metric);

/* The reference, as a Markdown table. */
void metrics_markdown(FILE *out);

#endif
