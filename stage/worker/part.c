#include "stage/worker/state.h"

/* Every rejection is counted, and one a minute of each fault is logged. */
static void log_rejection(struct worker *worker, const struct record *raw,
			  const struct rejection *rejection, bool by_reference)
{
	struct log_limit *limit = &worker->rejected[rejection->fault];

	if (!log_limit_passes(limit))
		return;
	log_event(LOG_WARN, "rejected",
		  LOG_STR("fault", fault_name(rejection->fault)),
		  LOG_SLICE("topic", raw->topic),
		  LOG_INT("partition", raw->partition),
		  LOG_INT("offset", raw->offset),
		  LOG_INT("part", rejection->part),
		  LOG_INT("at", (int64_t)rejection->offset),
		  LOG_STR("form", by_reference ? "reference" : "whole"),
		  LOG_INT("held_back", log_limit_take(limit)),
		  LOG_STR("text", fault_text(rejection->fault)), LOG_END);
}

enum transaction_action give_up(struct worker *worker, enum fault fault)
{
	worker->fault =
		fault_noted(fault, &worker->note, "%s", fault_text(fault));
	return ACTION_STOP;
}

enum transaction_action part_reject(struct worker *worker,
				    const struct record *raw,
				    const struct part *part, enum fault fault,
				    bool by_reference)
{
	const struct rejection rejection = {
		.part = part->number,
		.fault = fault,
		.whole = part->whole,
		.offset = part->fault_offset,
		.attempt = worker->attempt,
	};
	struct outgoing out;

	if (deadletter_record(worker->deadletter, raw, &rejection, by_reference,
			      &out))
		return give_up(worker, FAULT_NO_MEMORY);
	count_rejected(worker, raw, &rejection);
	log_rejection(worker, raw, &rejection, by_reference);
	return producer_send(worker->producer, &out, &worker->note);
}

/* The article's record; its value lives in worker->value. */
static enum fault encode(struct worker *worker, const struct record *raw,
			 const struct article *article, struct outgoing *out)
{
	const struct settings *settings = worker->work->settings;
	const struct output output = {
		.topic = settings->output_topic,
		.pass = settings->headers_pass.items,
		.pass_count = settings->headers_pass.count,
	};
	unsigned char prefix[FRAMING_HEADER_MAX];
	size_t len = framing_header(&worker->work->framing, prefix);

	buffer_clear(&worker->value);
	buffer_add(&worker->value, (struct slice){ (char *)prefix, len });
	enum fault fault =
		article_encode(worker->encoder, article, &worker->value);
	if (!fault)
		fault = output_record(&output, article, raw,
				      buffer_slice(&worker->value),
				      &worker->arena, out);
	if (!fault && outgoing_size(out) > worker->work->output_max_bytes)
		fault = FAULT_RECORD_TOO_LARGE;
	return fault;
}

enum transaction_action part_publish(struct worker *worker,
				     const struct record *raw,
				     const struct part *part)
{
	struct outgoing out;
	int64_t begun_us = timing_now(worker);
	enum fault fault = part->fault
				   ? part->fault
				   : encode(worker, raw, part->article, &out);

	if (fault && fault_disposition(fault) != DISPOSITION_REJECT)
		return give_up(worker, fault);
	if (fault)
		return part_reject(worker, raw, part, fault, false);
	timing_count(worker, HISTOGRAM_ENCODE, timing_now(worker) - begun_us);
	count_published(worker, part->article);
	return producer_send(worker->producer, &out, &worker->note);
}

struct parts part_transform(struct worker *worker, const struct record *raw)
{
	int64_t begun_us = timing_now(worker);
	transform_parse(worker->transform, raw, &worker->arena);
	int64_t parsed_us = timing_now(worker);
	transform_tag(worker->transform);
	int64_t tag_us = timing_now(worker) - parsed_us;
	struct parts parts = transform_finish(worker->transform);

	timing_count(worker, HISTOGRAM_TRANSFORM,
		     timing_now(worker) - begun_us - tag_us);
	timing_count(worker, HISTOGRAM_TAG, tag_us);
	return parts;
}
