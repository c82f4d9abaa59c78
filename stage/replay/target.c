#include "stage/replay/target.h"

#include <stdio.h>
#include <string.h>

#define IN_PLACE \
	"where old versions then follow newer ones: readers must order " \
	"versions by the header wirestage.origin, and a compacted topic " \
	"keeps the old"

static bool is_in_place(const struct arguments *arguments,
			const struct replay_kind *kind)
{
	return !kind->redrive && arguments_get(arguments, "in-place");
}

void target_explain(const struct arguments *arguments,
		    const struct replay_kind *kind, const char *topic)
{
	if (is_in_place(arguments, kind))
		fprintf(stderr, "wirestage: the articles go into %s, %s\n",
			topic, IN_PLACE);
}

/* It must not be a topic that means another thing, nor the live one without
 * saying so. */
static void check_into(const struct settings *settings, const char *into,
		       const struct replay_kind *kind,
		       struct complaints *complaints)
{
	if (settings_input_has(settings, into))
		complaint_add(complaints,
			      "--into=%.249s is a raw topic: its articles "
			      "would be read as wire copy",
			      into);
	if (!strcmp(into, settings->deadletter_topic))
		complaint_add(complaints,
			      "--into=%.249s is deadletter.topic: its readers "
			      "expect dead letters alone",
			      into);
	if (!kind->redrive && !strcmp(into, settings->output_topic))
		complaint_add(complaints,
			      "--into=%.249s is the live output.topic: make a "
			      "topic for them, or say --in-place",
			      into);
}

void target_check(const struct settings *settings,
		  const struct arguments *arguments,
		  const struct replay_kind *kind, struct complaints *complaints)
{
	const char *into = arguments_get(arguments, "into");
	bool dry = arguments_get(arguments, "dry-run");
	bool out = arguments_get(arguments, "out");
	int ways = (into != NULL) + is_in_place(arguments, kind) + dry;

	if (out && !dry)
		complaint_add(complaints,
			      "--out=FILE goes with --dry-run: the articles "
			      "go to the file and nothing to Kafka");
	if (dry && !out && !kind->redrive)
		complaint_add(complaints, "--dry-run wants --out=FILE");
	if (ways > 1 || (ways == 0 && !kind->redrive))
		complaint_add(complaints,
			      "say where the articles go, one of: "
			      "--into=TOPIC, a topic made for them; --dry-run "
			      "--out=FILE; or --in-place, the live "
			      "output.topic, " IN_PLACE);
	if (into)
		check_into(settings, into, kind, complaints);
}
