#include "stage/replay/span.h"

#include "consumer/reader.h"
#include "stage/terminal/progress.h"

/* One span of a plan. */
struct span {
	const struct bound *bound;
	int64_t before; /* the offsets of the spans before this one */
	struct span_taker taker;
};

static enum fault take_of(void *opaque, const struct record *record,
			  struct fault_note *note)
{
	const struct span *span = opaque;

	return span->taker.take(
		span->taker.opaque, record,
		span->before + record->offset + 1 - span->bound->start, note);
}

enum fault span_read(const struct settings *settings, const struct plan *plan,
		     struct span_taker taker, struct fault_note *note)
{
	struct span span = { .taker = taker };
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < plan->bounds.count; i++) {
		span.bound = &plan->bounds.items[i];
		const struct reader_config config = {
			.bootstrap_servers = settings->bootstrap_servers,
			.client_id = "wirestage-span",
			.topic = span.bound->topic,
			.bound = span.bound,
			.properties = settings->consumer,
		};
		fault = reader_each(&config, take_of, &span, note);
		span.before += bound_size(span.bound);
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
