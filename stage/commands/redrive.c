#include "stage/commands/command.h"
#include "stage/replay/drive.h"

enum { REASONS_MAX = 32, ATTEMPTS_DEFAULT = 5 };

static bool is_fault(const char *name)
{
	for (enum fault fault = FAULT_NONE; fault < FAULT_COUNT; fault++)
		if (!strcmp(fault_name(fault), name) &&
		    fault_disposition(fault) == DISPOSITION_REJECT)
			return true;
	return false;
}

/* "date-invalid,json-syntax" to words, which point into list. */
static size_t read_reasons(char *list, const char **words,
			   struct complaints *complaints)
{
	size_t count = 0;
	char *rest = list, *word;

	while ((word = strsep(&rest, ","))) {
		if (!is_fault(word))
			complaint_add(complaints,
				      "--reason=%.60s is no fault that an "
				      "article can have; transform/README.md "
				      "lists them",
				      word);
		else if (count < REASONS_MAX)
			words[count++] = word;
	}
	return count;
}

static int redrive_command(const struct settings *settings,
			   const struct arguments *arguments)
{
	static struct complaints complaints;
	const char *reason = arguments_get(arguments, "reason");
	const char *words[REASONS_MAX];
	char list[1024] = "";
	struct redrive redrive = { .reasons.items = words };
	const struct replay_kind kind = { "redrive", &redrive };
	long attempts = ATTEMPTS_DEFAULT;

	if (reason) {
		snprintf(list, sizeof list, "%s", reason);
		redrive.reasons.count = read_reasons(list, words, &complaints);
	}
	(void)arguments_number(arguments, "attempts", 1, 1000, ATTEMPTS_DEFAULT,
			       &attempts, &complaints);
	redrive.attempts_max = (unsigned)attempts;
	return replay_drive(settings, arguments, &kind, &complaints);
}

static const struct option options[] = {
	{ "reason", 0, "LIST", "only letters of these faults, by commas" },
	{ "attempts", 0, "N", "leave letters of N attempts alone; else 5" },
	{ "from", 0, "WHEN", "earliest, an offset, a day, or an instant" },
	{ "to", 0, "WHEN", "latest, or the same; what is there is left out" },
	{ "topic", 0, "TOPIC", "the dead letters'; else deadletter.topic" },
	{ "partitions", 0, "LIST", "of those alone, such as 0,3,5-7" },
	{ "plan", 0, "FILE", "the plan to run, or to ask about" },
	{ "into", 0, "TOPIC", "where the articles go; else output.topic" },
	{ "rate", 0, "N", "the most letters a second, of this process" },
	{ "dry-run", 0, NULL, "say what would come of it; nothing to Kafka" },
	{ "out", 0, "FILE", "with --dry-run: the articles, as Avro" },
	{ .name = NULL },
};

static const char *const all_settings[] = { "", NULL };

const struct command command_redrive = {
	.name = "redrive",
	.summary = "send dead letters through the transform again",
	.operands = "[plan|run|status]",
	.about =
		"After a mend, of a setting, a vocabulary or this program: each part that was\n"
		"bad, and that part only, is transformed again with its first position and time.\n"
		"The good is published, exactly once within the plan; the bad returns to the\n"
		"dead letters with its attempts raised. A letter by reference, whose bytes are\n"
		"not there, is skipped: replay its offset. Plans, resumes and ends as replay.\n",
	.examples = "wirestage redrive --dry-run\n"
		    "wirestage redrive --reason date-invalid,header-missing\n"
		    "wirestage redrive plan --from 2025-09-01 > plan.json\n",
	.options = options,
	.settings = all_settings,
	.quiet = true,
	.run = redrive_command,
};
