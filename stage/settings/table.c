#include "stage/settings/table.h"

#include "base/ascii.h"

#define WORDS(...) \
	(const char *const[]) \
	{ \
		__VA_ARGS__, NULL \
	}
#define ROW(letter, name, type, field, ...) \
	{ \
		name, letter, SETTING_##type, \
			offsetof(struct settings, field), __VA_ARGS__ \
	}

const struct setting settings_table[] = {
	ROW('b', "bootstrap.servers", TEXT, bootstrap_servers, 1, 0, NULL,
	    "localhost:9092", "brokers to start from, host:port by commas"),
	ROW('g', "group.id", TEXT, group_id, 1, 0, NULL, "wirestage",
	    "the consumer group; its members share the input's partitions"),
	ROW(0, "instance", TEXT, instance, 0, 0, NULL, "",
	    "this process's name in the group, unique and the same after a "
	    "restart: transactional ids are made from it; empty: the host's "
	    "name"),
	ROW(0, "input.topics", TOPICS, input_topics, 0, 0, NULL, "raw",
	    "raw topics by commas, or one `^pattern` (POSIX extended)"),
	ROW(0, "output.topic", TOPIC, output_topic, 0, 0, NULL, "articles",
	    "where articles go, as Avro"),
	ROW(0, "deadletter.topic", TOPIC, deadletter_topic, 0, 0, NULL,
	    "deadletters", "where messages go that give no article"),
	ROW(0, "workers", NUMBER, workers, 0, WORKERS_MAX, NULL, "0",
	    "threads, each a member of the group; 0: as many as there are "
	    "cores that it may use"),
	ROW(0, "delivery", CHOICE, delivery, 0, 0,
	    WORDS("exactly-once", "at-least-once"), "exactly-once",
	    "whether articles and input offsets are one transaction"),
	ROW(0, "start", START, start, 0, 0, NULL, "earliest",
	    "where to begin in a partition of which the group has no offset; "
	    "latest: but in one that is added later, at its first message"),
	ROW(0, "gap", CHOICE, gap, 0, 0, WORDS("continue", "stop"), "continue",
	    "when the offset to go on from is gone: go on at the earliest "
	    "that retention has left, or at the end of a log that was cut "
	    "off; or end with status 3"),
	ROW(0, "rebalance", CHOICE, rebalance, 0, 0,
	    WORDS("cooperative", "eager", "consumer"), "cooperative",
	    "how partitions change hands, the same in all members of a group; "
	    "consumer is the protocol of KIP-848; with membership=static the "
	    "default is eager"),
	ROW(0, "membership", CHOICE, membership, 0, 0,
	    WORDS("dynamic", "static"), "dynamic",
	    "static: a restart moves no partition, a lost member's wait for "
	    "its session to end; needs `instance`"),
	ROW(0, "commit.interval.ms", NUMBER, commit_interval_ms, 10, 10000,
	    NULL, "100", "the longest that a batch waits for its commit"),
	ROW(0, "commit.interval.min.ms", NUMBER, commit_interval_min_ms, 1,
	    10000, NULL, "10",
	    "the least time between commits, when the input runs dry"),
	ROW(0, "commit.messages", NUMBER, commit_messages, 1, 100000, NULL,
	    "5000", "the most messages in one commit"),
	ROW(0, "rate.max", NUMBER, rate_max, 0, 10000000, NULL, "0",
	    "the most messages a second that the process takes; 0: no limit"),
	ROW(0, "shutdown.timeout.ms", NUMBER, shutdown_timeout_ms, 0, 600000,
	    NULL, "10000", "how long SIGTERM lets a batch finish"),
	ROW(0, "transaction.timeout.ms", NUMBER, transaction_timeout_ms, 1000,
	    900000, NULL, "15000",
	    "when brokers abort what a dead worker left open; until then "
	    "`read_committed` readers wait"),
	ROW(0, "input.max.bytes", NUMBER, input_max_bytes, 1, 1000000000, NULL,
	    "10485760", "a larger message becomes a dead letter"),
	ROW(0, "arena.max.bytes", NUMBER, arena_max_bytes, 65536, 2000000000,
	    NULL, "67108864", "the memory in which a worker makes articles"),
	ROW(0, "work.max", NUMBER, work_max, 0, 2000000000, NULL, "300000000",
	    "the most work for one message, in steps: bytes and items passed "
	    "over, by no clock, so that all machines judge alike; a step "
	    "takes 2 to 15 ns, the default 1 to 4 s; what takes more becomes "
	    "a dead letter, `too-slow`; 0: no limit"),
	ROW(0, "encoding", CHOICE, encoding, 0, 0, WORDS("repair", "reject"),
	    "repair",
	    "bytes that are not UTF-8: read as windows-1252 with a warning, "
	    "or a dead letter"),
	ROW(0, "uri.from", CHOICE, uri_from, 0, 0, WORDS("key", "content"),
	    "key",
	    "what a story's uri is made from where its wire names none; the "
	    "content also where a message has no key"),
	ROW(0, "format", FORMAT, format, 0, 0, NULL, "auto",
	    "the wire format; auto: by content type and bytes"),
	ROW(0, "framing", CHOICE, framing, 0, 0,
	    WORDS("single-object", "confluent"), "single-object",
	    "what stands before the Avro bytes: the schema's fingerprint, or "
	    "its number in a Schema Registry"),
	ROW(0, "schema.id", NUMBER, schema_id, 0, INT_MAX, NULL, "0",
	    "that number, for `framing=confluent`; 0: none"),
	ROW(0, "vocabulary", TEXT, vocabulary, 0, 0, NULL, "",
	    "a file of topics; empty: the built-in one"),
	ROW(0, "headers.pass", LIST, headers_pass, 0, 0, NULL,
	    "traceparent,tracestate",
	    "headers of the raw message to put on the article, by commas; "
	    "those of the default are W3C Trace Context's"),
	ROW(0, "http.address", ADDRESS, http_address, 0, 0, NULL, "",
	    "where `run`, `replay` and `redrive` show how they do, "
	    "`127.0.0.1:8080`, or `[::]:8080` for everyone: status page, "
	    "/metrics, /livez, /readyz; empty: nowhere"),
	ROW(0, "quiet.after.ms", QUIET, quiet_after, 0, 0, NULL, "",
	    "how long a raw topic may bring nothing before it is reported: "
	    "for all, or for some, as in `600000,raw.afp:60000`; 0 or empty: "
	    "for ever"),
	ROW(0, "log.level", CHOICE, log_level, 0, 0,
	    WORDS("debug", "info", "warn", "error"), "info",
	    "the least event that is logged"),
	ROW(0, "log.format", CHOICE, log_format, 0, 0,
	    WORDS("auto", "logfmt", "json"), "auto",
	    "auto: logfmt on a terminal, else JSON"),
	{ .name = NULL },
};

_Static_assert(sizeof settings_table / sizeof *settings_table <= SETTINGS_MAX,
	       "struct settings_memory holds all of the table");
/* A choice is written as an int, whichever enum it is. */
_Static_assert(sizeof(enum delivery) == sizeof(int), "enums are ints");

static const struct {
	const char *name, *why;
} refused[] = {
	{ "acks", "an article counts once all replicas have it" },
	{ "allow.auto.create.topics", "a misspelt topic must be an error, not "
				      "a new topic" },
	{ "auto.commit.enable", "offsets are committed with their articles" },
	{ "auto.commit.interval.ms", "set commit.interval.ms" },
	{ "auto.offset.reset", "an offset that is gone is never passed over "
			       "silently: set start "
			       "and gap" },
	{ "bootstrap.servers", "set bootstrap.servers without a prefix" },
	{ "delivery.report.only.error", "each article's delivery is counted" },
	{ "delivery.timeout.ms",
	  "a commit waits for it: a worker must not lose the group meanwhile" },
	{ "enable.auto.commit", "offsets are committed with their articles" },
	{ "enable.auto.offset.store", "the offsets to commit are those of the "
				      "articles made" },
	{ "enable.idempotence", "without it a resend doubles articles" },
	{ "enable.partition.eof", "the stage itself looks for the ends" },
	{ "group.id", "set group.id without a prefix" },
	{ "group.instance.id", "set membership=static and instance" },
	{ "group.protocol", "set rebalance=consumer" },
	{ "group.protocol.type", "the group is one of consumers" },
	{ "isolation.level", "what an aborted transaction wrote must not "
			     "become an article" },
	{ "max.in.flight", "idempotence orders at most five requests" },
	{ "max.in.flight.requests.per.connection", "idempotence orders at most "
						   "five requests" },
	{ "message.max.bytes", "it follows the topics' own max.message.bytes" },
	{ "message.timeout.ms",
	  "a commit waits for it: a worker must not lose the group meanwhile" },
	{ "metadata.broker.list", "set bootstrap.servers" },
	{ "partition.assignment.strategy", "set rebalance" },
	{ "partitioner", "keys go to the partition that Java's clients "
			 "choose" },
	{ "partitioner_cb", "keys go to the partition that Java's clients "
			    "choose" },
	{ "request.required.acks", "an article counts once all replicas have "
				   "it" },
	{ "transaction.timeout.ms", "set transaction.timeout.ms without a "
				    "prefix" },
	{ "transactional.id", "it is made from group.id, instance and the "
			      "worker, so that a "
			      "restart ends what it left open: set instance" },
};

const struct setting *setting_find(struct slice name)
{
	for (const struct setting *row = settings_table; row->name; row++)
		if (slice_equal(name, slice_from(row->name)))
			return row;
	return NULL;
}

const struct setting *setting_find_letter(char letter)
{
	for (const struct setting *row = settings_table; row->name; row++)
		if (letter && row->letter == letter)
			return row;
	return NULL;
}

const char *setting_name(size_t number)
{
	return settings_table[number].name;
}

const char *property_refused(size_t number, const char **why)
{
	if (number >= sizeof refused / sizeof *refused)
		return NULL;
	*why = refused[number].why;
	return refused[number].name;
}

const char *property_refusal(struct slice property)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (slice_equal(property, slice_from(refused[i].name)))
			return refused[i].why;
	return NULL;
}

struct slice property_name(struct slice name)
{
	const struct slice prefixes[] = { SLICE("kafka."), SLICE("consumer."),
					  SLICE("producer.") };

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (slice_starts(name, prefixes[i]) &&
		    name.len > prefixes[i].len)
			return slice_skip(name, prefixes[i].len);
	return SLICE_NONE;
}

bool setting_is_secret(struct slice name)
{
	const struct slice marks[] = { SLICE("password"), SLICE("passphrase"),
				       SLICE("secret"),	  SLICE("token"),
				       SLICE("key.pem"),  SLICE("config") };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (memmem(name.ptr, name.len, marks[i].ptr, marks[i].len))
			return true;
	return false;
}
