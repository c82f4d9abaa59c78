#include "stage/counters/tally.h"

#include <assert.h>

static const struct {
	const char *name, *help;
} table[] = {
#define X(symbol, name, help) { name, help },
	COUNTER_MAP(X)
#undef X
};

static const char *const skip_names[] = {
#define X(symbol, name) name,
	SKIP_MAP(X)
#undef X
};

const char *counter_name(enum counter counter)
{
	assert(counter < COUNTER_COUNT);
	return table[counter].name;
}

const char *counter_help(enum counter counter)
{
	assert(counter < COUNTER_COUNT);
	return table[counter].help;
}

const char *skip_name(enum skip skip)
{
	assert(skip < SKIP_COUNT);
	return skip_names[skip];
}

void tally_names_init(struct tally_names *names)
{
	labels_init(&names->wires, WIRES_MAX);
	labels_init(&names->formats, FORMATS_MAX);
	labels_init(&names->topics, TOPICS_MAX);
}

void tally_names_release(struct tally_names *names)
{
	labels_release(&names->wires);
	labels_release(&names->formats);
	labels_release(&names->topics);
}

void tally_consume(struct tally *tally, size_t wire)
{
	tally->values[COUNTER_CONSUMED]++;
	tally->wires[wire].consumed++;
}

void tally_publish(struct tally *tally, size_t wire, size_t format)
{
	tally->values[COUNTER_ARTICLES]++;
	tally->values[COUNTER_PUBLISHED]++;
	tally->wires[wire].published[format]++;
}

void tally_skip(struct tally *tally, size_t wire, enum skip reason)
{
	tally->values[COUNTER_ARTICLES]++;
	tally->values[COUNTER_SKIPPED]++;
	tally->wires[wire].skipped[reason]++;
}

void tally_reject(struct tally *tally, enum fault fault,
		  const struct example *example)
{
	size_t place = tally->faults[fault] % EXAMPLES_MAX;

	tally->values[COUNTER_ARTICLES]++;
	tally->values[COUNTER_DEADLETTERED]++;
	tally->wires[example->wire].faults[fault]++;
	tally->examples[fault][place] = *example;
	tally->faults[fault]++;
}

static void add_wire(struct wire_tally *wire, const struct wire_tally *from,
		     const struct tally_map *map)
{
	wire->consumed += from->consumed;
	for (size_t i = 0; i < FORMATS_MAX; i++)
		wire->published[map ? map->formats[i] : i] +=
			from->published[i];
	for (size_t i = 0; i < SKIP_COUNT; i++)
		wire->skipped[i] += from->skipped[i];
	for (size_t i = 0; i < FAULT_COUNT; i++)
		wire->faults[i] += from->faults[i];
	if (from->last_ms > wire->last_ms)
		wire->last_ms = from->last_ms;
}

static void keep_newest(struct example *kept, const struct example *example)
{
	struct example *oldest = kept;

	for (size_t i = 1; i < EXAMPLES_MAX; i++)
		if (kept[i].time_ms < oldest->time_ms)
			oldest = &kept[i];
	if (example->time_ms >= oldest->time_ms)
		*oldest = *example;
}

static void add_examples(struct tally *tally, const struct tally *from,
			 enum fault fault, const struct tally_map *map)
{
	for (size_t i = 0; i < EXAMPLES_MAX && i < from->faults[fault]; i++) {
		struct example example = from->examples[fault][i];
		if (map)
			example.wire = map->wires[example.wire];
		keep_newest(tally->examples[fault], &example);
	}
}

void tally_add(struct tally *tally, const struct tally *from,
	       const struct tally_map *map)
{
	for (size_t i = 0; i < COUNTER_COUNT; i++)
		tally->values[i] += from->values[i];
	for (size_t i = 0; i < FAULT_COUNT; i++) {
		add_examples(tally, from, (enum fault)i, map);
		tally->faults[i] += from->faults[i];
	}
	for (size_t i = 0; i < WIRES_MAX; i++)
		if (from->wires[i].consumed)
			add_wire(&tally->wires[map ? map->wires[i] : i],
				 &from->wires[i], map);
	for (size_t i = 0; i < TOPICS_MAX; i++)
		if (from->topics[i])
			tally->topics[map ? map->topics[i] : i] +=
				from->topics[i];
	for (size_t i = 0; i < HISTOGRAM_COUNT; i++)
		histogram_add(&tally->histograms[i], &from->histograms[i]);
}

void tally_clear(struct tally *tally)
{
	memset(tally, 0, sizeof *tally);
}
