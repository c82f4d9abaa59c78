#include "stage/http/history.h"

#include <assert.h>

static struct minute *minute_at(struct history *history, uint64_t number)
{
	return &history->minutes[number % HISTORY_MINUTES];
}

static uint32_t more(uint64_t now, uint64_t before)
{
	return (uint32_t)(now - before);
}

static void enter_minute(struct history *history, const struct tally *totals)
{
	const struct tally *before = &history->before;
	struct minute *minute = minute_at(history, history->number);
	const uint64_t *now = totals->values, *then = before->values;

	minute->consumed = more(now[COUNTER_CONSUMED], then[COUNTER_CONSUMED]);
	minute->published =
		more(now[COUNTER_PUBLISHED], then[COUNTER_PUBLISHED]);
	minute->deadlettered =
		more(now[COUNTER_DEADLETTERED], then[COUNTER_DEADLETTERED]);
	minute->skipped = more(now[COUNTER_SKIPPED], then[COUNTER_SKIPPED]);
	for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++)
		minute->latency[i] =
			more(totals->histograms[HISTOGRAM_LATENCY].counts[i],
			     before->histograms[HISTOGRAM_LATENCY].counts[i]);
}

static void enter_detail(struct history *history, const struct tally *totals)
{
	const struct tally *before = &history->before;
	struct minute_detail *detail =
		&history->details[history->number % HISTORY_HOUR];

	for (size_t i = 0; i < TOPICS_MAX; i++)
		detail->topics[i] = more(totals->topics[i], before->topics[i]);
	for (size_t i = 0; i < FAULT_COUNT; i++)
		detail->faults[i] = more(totals->faults[i], before->faults[i]);
	for (size_t i = 0; i < WIRES_MAX; i++)
		detail->wires[i] = more(totals->wires[i].consumed,
					before->wires[i].consumed);
}

/* A process that slept for hours has that many empty minutes behind it. */
static void begin_minute(struct history *history, uint64_t number)
{
	uint64_t from = history->number + 1;

	if (number - from >= HISTORY_MINUTES)
		from = number - HISTORY_MINUTES + 1;
	for (uint64_t i = from; i <= number; i++) {
		memset(minute_at(history, i), 0, sizeof(struct minute));
		memset(&history->details[i % HISTORY_HOUR], 0,
		       sizeof(struct minute_detail));
	}
	history->number = number;
}

void history_enter(struct history *history, const struct tally *totals,
		   int64_t now_ms)
{
	assert(now_ms >= history->begun_ms);
	uint64_t number = (uint64_t)(now_ms - history->begun_ms) / MINUTE_MS;

	enter_minute(history, totals);
	enter_detail(history, totals);
	if (number == history->number)
		return;
	history->before = *totals;
	begin_minute(history, number);
}

size_t history_count(const struct history *history)
{
	return history->number < HISTORY_MINUTES - 1 ? history->number
						     : HISTORY_MINUTES - 1;
}

const struct minute *history_minute(const struct history *history, size_t i)
{
	uint64_t number = history->number - history_count(history) + i;

	return &history->minutes[number % HISTORY_MINUTES];
}

void history_hour(const struct history *history, struct minute_detail *out)
{
	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < HISTORY_HOUR; i++) {
		const struct minute_detail *detail = &history->details[i];
		for (size_t t = 0; t < TOPICS_MAX; t++)
			out->topics[t] += detail->topics[t];
		for (size_t f = 0; f < FAULT_COUNT; f++)
			out->faults[f] += detail->faults[f];
		for (size_t w = 0; w < WIRES_MAX; w++)
			out->wires[w] += detail->wires[w];
	}
}

void history_latency(const struct history *history, size_t minutes,
		     struct histogram *out)
{
	size_t count = history_count(history);
	size_t i = count + 1 > minutes ? count + 1 - minutes : 0;

	memset(out, 0, sizeof *out);
	for (; i <= count; i++)
		for (size_t b = 0; b <= HISTOGRAM_BOUNDS; b++)
			out->counts[b] +=
				history_minute(history, i)->latency[b];
}
