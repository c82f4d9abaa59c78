#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "producer/avro/container.h"
#include "producer/avro/encoder.h"
#include "schemas/embedded.h"
#include "stage/context.h"
#include "stage/replay/replay.h"
#include "stage/replay/span.h"
#include "stage/terminal/progress.h"
#include "stage/worker/throttle.h"

struct dry_run {
	const struct settings *settings;
	const struct redrive *redrive; /* NULL: messages are raw copy */
	const char *path;	       /* NULL: count alone */
	FILE *file;
	struct transform *transform;
	struct article_encoder *encoder;
	struct container container;
	struct buffer record, out;
	struct arena arena;
	char *memory;
	struct progress progress;
	struct throttle throttle;
	struct replay_result *result;
};

static enum fault write_out(struct dry_run *run, struct fault_note *note)
{
	struct slice bytes = buffer_slice(&run->out);

	if (run->file && bytes.len &&
	    fwrite(bytes.ptr, 1, bytes.len, run->file) < bytes.len)
		return fault_noted(FAULT_FILE, note, "%s: %s", run->path,
				   strerrordesc_np(errno));
	buffer_clear(&run->out);
	return FAULT_NONE;
}

static enum fault add_article(struct dry_run *run,
			      const struct article *article,
			      struct fault_note *note)
{
	buffer_clear(&run->record);
	enum fault fault = article_encode(run->encoder, article, &run->record);

	if (!fault)
		fault = container_add(&run->container,
				      buffer_slice(&run->record), &run->out);
	if (fault)
		return fault;
	run->result->published++;
	return write_out(run, note);
}

static enum fault take_part(struct dry_run *run, const struct part *part,
			    struct fault_note *note)
{
	if (!part->fault)
		return add_article(run, part->article, note);
	run->result->deadlettered++;
	run->result->faults[part->fault]++;
	return FAULT_NONE;
}

static void skip(struct dry_run *run, enum skip reason)
{
	run->result->skipped++;
	run->result->skips[reason]++;
}

static enum fault take(struct dry_run *run, const struct record *record,
		       const struct letter *letter, struct fault_note *note)
{
	struct parts parts =
		transform_record(run->transform, record, &run->arena);
	enum fault fault = FAULT_NONE;
	size_t taken = 0;
	struct part part;

	for (size_t i = 0; !fault && i < parts.count; i++) {
		part = parts.items[i];
		if (letter && !redrive_chooses(letter, &parts.items[i], &part))
			continue;
		fault = take_part(run, &part, note);
		taken++;
	}
	part = (struct part){ .fault = FAULT_PART_MISSING };
	if (taken == 0 && letter && !letter->rejection.whole)
		fault = take_part(run, &part, note);
	else if (taken == 0)
		skip(run, SKIP_EMPTY);
	arena_reset(&run->arena);
	return fault;
}

static enum fault take_message(struct dry_run *run, const struct record *record,
			       struct fault_note *note)
{
	struct letter letter;
	enum skip reason;

	run->result->consumed++;
	if (!run->redrive)
		return take(run, record, NULL, note);
	if (redrive_is_due(run->redrive, record, &letter, &reason))
		return take(run, &letter.raw, &letter, note);
	skip(run, reason);
	return FAULT_NONE;
}

static enum fault take_next(void *opaque, const struct record *record,
			    int64_t done, struct fault_note *note)
{
	struct dry_run *run = opaque;
	enum fault fault = take_message(run, record, note);

	run->result->state.done = done;
	progress_show(&run->progress, (size_t)done);
	int wait_ms = throttle_take(&run->throttle, clock_steady_ms());
	if (wait_ms > 0)
		clock_sleep_ms(wait_ms);
	return fault;
}

static enum fault read_all(struct dry_run *run, const struct plan *plan,
			   struct fault_note *note)
{
	struct replay_state *state = &run->result->state;

	state->total = bounds_size(&plan->bounds);
	progress_begin(&run->progress, "messages", (size_t)state->total);
	throttle_init(&run->throttle, run->settings->rate_max,
		      clock_steady_ms());
	container_start(&run->container, embedded_article_schema(), &run->out);
	enum fault fault = span_read(run->settings, plan,
				     (struct span_taker){ take_next, run },
				     note);
	progress_clear(&run->progress);
	container_finish(&run->container, &run->out);
	if (!fault) {
		state->done = state->total;
		fault = run->out.fault;
	}
	return fault ? fault : write_out(run, note);
}

static enum fault open_all(struct dry_run *run, const struct context *context,
			   struct fault_note *note)
{
	size_t size = (size_t)run->settings->arena_max_bytes;

	run->memory = malloc(size);
	run->transform = transform_new(&context->transform);
	if (!run->memory || !run->transform)
		return FAULT_NO_MEMORY;
	arena_init(&run->arena, run->memory, size);
	enum fault fault = article_encoder_new(embedded_article_schema(),
					       &run->encoder, note);
	if (fault)
		return fault;
	if (!run->path)
		return FAULT_NONE;
	run->file = fopen(run->path, "wb");
	return run->file ? FAULT_NONE
			 : fault_noted(FAULT_FILE, note, "%s: %s", run->path,
				       strerrordesc_np(errno));
}

enum fault replay_dry_run(const struct settings *settings,
			  const struct plan *plan,
			  const struct redrive *redrive, const char *path,
			  struct replay_result *out, struct fault_note *note)
{
	struct context context;
	struct dry_run run = { .settings = settings,
			       .redrive = redrive,
			       .path = path,
			       .result = out };

	*out = (struct replay_result){ .consumed = 0 };
	container_init(&run.container);
	buffer_init(&run.record, SIZE_MAX);
	buffer_init(&run.out, SIZE_MAX);
	enum fault fault = context_open(settings, &context, note);
	if (!fault)
		fault = open_all(&run, &context, note);
	if (!fault)
		fault = read_all(&run, plan, note);
	if (run.file && fclose(run.file) && !fault)
		fault = fault_noted(FAULT_FILE, note, "%s: %s", path,
				    strerrordesc_np(errno));
	transform_free(run.transform);
	article_encoder_free(run.encoder);
	container_release(&run.container);
	buffer_release(&run.record);
	buffer_release(&run.out);
	free(run.memory);
	context_close(&context);
	return fault;
}
