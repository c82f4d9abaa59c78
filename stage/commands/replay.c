#include "stage/commands/command.h"
#include "stage/replay/drive.h"

static int replay_command(const struct settings *settings,
			  const struct arguments *arguments)
{
	static struct complaints complaints;
	const struct replay_kind kind = { .name = "replay" };

	return replay_drive(settings, arguments, &kind, &complaints);
}

static const struct option options[] = {
	{ "from", 0, "WHEN", "earliest, an offset, a day, or an instant" },
	{ "to", 0, "WHEN", "latest, or the same; what is there is left out" },
	{ "topic", 0, "TOPIC", "of that topic alone; else input.topics" },
	{ "partitions", 0, "LIST", "of those alone, such as 0,3,5-7" },
	{ "plan", 0, "FILE", "the plan to run, or to ask about" },
	{ "into", 0, "TOPIC", "where the articles go; it must be there" },
	{ "in-place", 0, NULL, "into the live output.topic" },
	{ "rate", 0, "N", "the most messages a second, of this process" },
	{ "dry-run", 0, NULL, "write to --out alone, and nothing to Kafka" },
	{ "out", 0, "FILE", "an Avro container file, for wirestage diff" },
	{ .name = NULL },
};

static const char *const all_settings[] = { "", NULL };

const struct command command_replay = {
	.name = "replay",
	.summary = "take a span of the raw topics again",
	.operands = "[plan|run|status]",
	.about =
		"'plan' writes the exact offsets of a span, and what they hold, as JSON. 'run'\n"
		"carries a plan out, exactly once, in a group of the plan's own: start it on as\n"
		"many machines as you like, stop any, start it again; it ends by itself. The\n"
		"live service goes on undisturbed; --rate leaves the brokers room for it. Without\n"
		"an operand it plans and runs at once.\n",
	.examples = "wirestage replay plan --from 2025-09-01 --to 2025-09-08 "
		    "> plan.json\n"
		    "wirestage replay run --plan plan.json --into articles.v2 "
		    "--rate 5000\n"
		    "wirestage replay status --plan plan.json\n"
		    "wirestage replay --from 2025-09-01 --dry-run --out "
		    "week.avro\n",
	.options = options,
	.settings = all_settings,
	.quiet = true,
	.run = replay_command,
};
