#include "stage/replay/span.h"

#include "consumer/reader.h"
#include "stage/terminal/progress.h"

enum { POLL_MS = 200 };

/* before: the offsets of the spans before this one. */
static enum fault read_one(const struct settings *settings,
			   const struct bound *bound, int64_t before,
			   struct span_taker taker, struct fault_note *note)
{
	const struct reader_config config = {
		.bootstrap_servers = settings->bootstrap_servers,
		.client_id = "wirestage-span",
		.topic = bound->topic,
		.bound = bound,
		.properties = settings->consumer,
	};
	const struct record *record;
	struct reader *reader;
	enum fault fault = reader_open(&config, &reader, note);

	if (fault)
		return fault;
	while (!fault && !reader_has_ended(reader)) {
		fault = reader_next(reader, POLL_MS, &record, note);
		if (!fault && record)
			fault = taker.take(taker.opaque, record,
					   before + record->offset + 1 -
						   bound->start,
					   note);
	}
	reader_close(reader);
	return fault;
}

enum fault span_read(const struct settings *settings, const struct plan *plan,
		     struct span_taker taker, struct fault_note *note)
{
	enum fault fault = FAULT_NONE;
	int64_t before = 0;

	for (size_t i = 0; !fault && i < plan->bounds.count; i++) {
		const struct bound *bound = &plan->bounds.items[i];
		fault = read_one(settings, bound, before, taker, note);
		before += bound_size(bound);
	}
	return fault;
}

struct gathering {
	struct letters *letters;
	struct progress progress;
};

static enum fault note_letter(void *opaque, const struct record *record,
			      int64_t done, struct fault_note *note)
{
	struct gathering *gathering = opaque;
	struct letter letter;
	enum fault fault = FAULT_NONE;

	progress_show(&gathering->progress, (size_t)done);
	if (deadletter_read(record, &letter))
		fault = letters_add(gathering->letters, record, &letter);
	if (fault == FAULT_CONFIG)
		return fault_noted(fault, note,
				   "the plan holds more than %d dead letters: "
				   "take them in parts, by --from and --to",
				   LETTERS_MAX);
	return fault;
}

enum fault span_letters(const struct settings *settings,
			const struct plan *plan, struct letters *letters,
			struct fault_note *note)
{
	struct gathering gathering = { .letters = letters };

	progress_begin(&gathering.progress, "letters looked at",
		       (size_t)bounds_size(&plan->bounds));
	enum fault fault =
		span_read(settings, plan,
			  (struct span_taker){ note_letter, &gathering }, note);
	progress_clear(&gathering.progress);
	return fault;
}
