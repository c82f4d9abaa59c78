#include <stdlib.h>

#include "base/clock.h"
#include "consumer/watch.h"
#include "stage/worker/state.h"

/* Often until it is in the group: someone waits to see it ready. */
enum { REPORT_MS = 1000, JOINING_MS = 50 };

static bool make_room(struct worker *worker, size_t count)
{
	if (count <= worker->holding_room)
		return true;
	struct holding *grown =
		realloc(worker->holdings, count * sizeof *grown);
	if (!grown)
		return false;
	worker->holdings = grown;
	worker->holding_room = count;
	return true;
}

/* The partitions, as far as there is room; returns how many. */
static size_t list_holdings(struct worker *worker)
{
	struct partition_view view;
	size_t count = 0;

	while (count < HOLDINGS_MAX &&
	       consumer_view(worker->consumer, count, &view) &&
	       make_room(worker, count + 1))
		worker->holdings[count++] = (struct holding){
			.wire = labels_number(&worker->ledger->names.wires,
					      slice_from(view.topic)),
			.partition = view.partition,
			.next = view.next,
			.end = view.high,
			.end_ms = view.high_ms,
			.waiting_ms = view.waiting_ms,
		};
	return count;
}

static bool is_member(const struct worker *worker)
{
	rd_kafka_consumer_group_metadata_t *member =
		consumer_member(worker->consumer);

	if (member)
		rd_kafka_consumer_group_metadata_destroy(member);
	return member != NULL;
}

enum transaction_action report(struct worker *worker)
{
	int64_t now = clock_steady_ms();

	ledger_settle(worker->ledger, false);
	if (now - worker->told_ms < (worker->joined ? REPORT_MS : JOINING_MS))
		return ACTION_GO_ON;
	worker->told_ms = now;
	worker->joined = is_member(worker);
	consumer_watch(worker->consumer, now);
	const struct presence presence = {
		.told_ms = now,
		.joined = worker->joined,
		.input_queue = consumer_queue_length(worker->consumer),
		.output_queue = producer_queue_length(worker->producer),
	};
	size_t count = list_holdings(worker);
	ledger_tell(worker->ledger, &presence, worker->holdings, count);
	return consumer_is_stuck(worker->consumer, now, &worker->note)
		       ? ACTION_RENEW
		       : ACTION_GO_ON;
}

void report_gone(struct worker *worker)
{
	const struct presence presence = { .told_ms = clock_steady_ms() };

	worker->joined = false;
	ledger_tell(worker->ledger, &presence, NULL, 0);
}

void count_message(struct worker *worker, const struct record *raw)
{
	struct batch *batch = &worker->batch;

	worker->wire = labels_number(&worker->ledger->names.wires, raw->topic);
	worker->timed = batch->tally.values[COUNTER_CONSUMED] % SAMPLE_EVERY ==
			0;
	tally_consume(&batch->tally, worker->wire);
	if (worker->timed && !worker->work->bounds && raw->timestamp_ms > 0 &&
	    batch->stamp_count < BATCH_STAMPS)
		batch->written_ms[batch->stamp_count++] = raw->timestamp_ms;
}

void count_published(struct worker *worker, const struct article *article)
{
	struct tally *tally = &worker->batch.tally;
	struct tally_names *names = &worker->ledger->names;

	tally_publish(tally, worker->wire,
		      labels_number(&names->formats, article->lineage.format));
	for (size_t i = 0; i < article->topic_count; i++)
		tally->topics[labels_number(&names->topics,
					    article->topics[i])]++;
}

void count_rejected(struct worker *worker, const struct record *raw,
		    const struct rejection *rejection)
{
	const struct example example = {
		.wire = worker->wire,
		.partition = raw->partition,
		.offset = raw->offset,
		.part = rejection->part,
		.at = rejection->offset,
		.time_ms = clock_wall_ms(),
	};

	tally_reject(&worker->batch.tally, rejection->fault, &example);
}

void count_commit(struct worker *worker, int64_t begun_us)
{
	struct batch *batch = &worker->batch;
	struct histogram *latency = &batch->tally.histograms[HISTOGRAM_LATENCY];
	int64_t wall = clock_wall_ms();

	histogram_observe(&batch->tally.histograms[HISTOGRAM_COMMIT],
			  clock_steady_us() - begun_us);
	for (size_t i = 0; i < batch->stamp_count; i++)
		histogram_observe(latency,
				  (wall - batch->written_ms[i]) * 1000);
	batch->tally.values[COUNTER_COMMITS]++;
	ledger_commit(worker->ledger, &batch->tally, clock_steady_ms());
}

int64_t timing_now(const struct worker *worker)
{
	return worker->timed ? clock_steady_us() : 0;
}

void timing_count(struct worker *worker, enum histogram_kind kind, int64_t us)
{
	if (worker->timed)
		histogram_observe(&worker->batch.tally.histograms[kind], us);
}
