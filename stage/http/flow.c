#include "stage/http/exposition.h"
#include "stage/http/state.h"

static uint64_t sum(const uint64_t *counts, size_t count)
{
	uint64_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += counts[i];
	return total;
}

/* All that has a name; what has none, once it has brought something. */
static bool is_shown(const struct status *status, size_t wire)
{
	return wire > 0 || status->totals.wires[wire].consumed > 0;
}

/* One sample for each wire of what of() says. */
static void by_wire(struct exposition *to, const struct status *status,
		    enum metric metric, double (*of)(const struct wire_tally *))
{
	exposition_begin(to, metric);
	for (size_t i = 0; i < labels_count(&status->names.wires); i++)
		if (is_shown(status, i))
			exposition_add(
				to,
				(struct label[]){
					{ "wire", status_wire_name(status, i) },
					{ NULL, NULL } },
				of(&status->totals.wires[i]));
}

static double consumed_of(const struct wire_tally *wire)
{
	return (double)wire->consumed;
}

static double articles_of(const struct wire_tally *wire)
{
	return (double)(sum(wire->published, FORMATS_MAX) +
			sum(wire->skipped, SKIP_COUNT) +
			sum(wire->faults, FAULT_COUNT));
}

/* What became of a wire's parts, one way: told apart by a second label. */
struct outcome {
	enum metric metric;
	const char *label;
	size_t count;
	const uint64_t *(*counts)(const struct wire_tally *wire);
	/* NULL: a part cannot come to that. */
	const char *(*name)(const struct status *status, size_t i);
};

static const uint64_t *published_of(const struct wire_tally *wire)
{
	return wire->published;
}

static const uint64_t *faults_of(const struct wire_tally *wire)
{
	return wire->faults;
}

static const uint64_t *skipped_of(const struct wire_tally *wire)
{
	return wire->skipped;
}

static const char *format_label(const struct status *status, size_t i)
{
	const struct labels *formats = &status->names.formats;

	return i < labels_count(formats) ? labels_name(formats, i) : NULL;
}

static const char *fault_label(const struct status *status, size_t i)
{
	enum fault fault = (enum fault)i;

	(void)status;
	return fault_disposition(fault) == DISPOSITION_REJECT
		       ? fault_name(fault)
		       : NULL;
}

static const char *skip_label(const struct status *status, size_t i)
{
	(void)status;
	return skip_name((enum skip)i);
}

static const struct outcome outcomes[] = {
	{ METRIC_PUBLISHED, "format", FORMATS_MAX, published_of, format_label },
	{ METRIC_DEADLETTERED, "fault", FAULT_COUNT, faults_of, fault_label },
	{ METRIC_SKIPPED, "reason", SKIP_COUNT, skipped_of, skip_label },
};

/* Samples at 0 are told as well: rate() sees the first increment of a series
 * only where it was there before. But what has no name is not expected. */
static bool is_told(const char *name, uint64_t count)
{
	return name && (count > 0 || strcmp(name, LABEL_OTHER) != 0);
}

static void put_outcome(struct exposition *to, const struct status *status,
			const struct outcome *outcome, size_t wire)
{
	const uint64_t *counts = outcome->counts(&status->totals.wires[wire]);

	for (size_t i = 0; i < outcome->count; i++) {
		const char *name = outcome->name(status, i);
		if (is_told(name, counts[i]))
			exposition_add(
				to,
				(struct label[]){
					{ "wire",
					  status_wire_name(status, wire) },
					{ outcome->label, name },
					{ NULL, NULL } },
				(double)counts[i]);
	}
}

static void put_topics(struct exposition *to, const struct status *status)
{
	const struct labels *topics = &status->names.topics;

	exposition_begin(to, METRIC_TOPIC_ARTICLES);
	for (size_t i = 0; i < labels_count(topics); i++)
		if (status->totals.topics[i] > 0)
			exposition_add(
				to,
				(struct label[]){
					{ "topic", labels_name(topics, i) },
					{ NULL, NULL } },
				(double)status->totals.topics[i]);
}

void flow_put(struct exposition *to, const struct status *status)
{
	by_wire(to, status, METRIC_CONSUMED, consumed_of);
	by_wire(to, status, METRIC_ARTICLES, articles_of);
	for (size_t o = 0; o < sizeof outcomes / sizeof *outcomes; o++) {
		exposition_begin(to, outcomes[o].metric);
		for (size_t i = 0; i < labels_count(&status->names.wires); i++)
			if (is_shown(status, i))
				put_outcome(to, status, &outcomes[o], i);
	}
	put_topics(to, status);
}
