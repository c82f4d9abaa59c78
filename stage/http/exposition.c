#include "stage/http/exposition.h"

#include <stdarg.h>

static const double us = 1e-6;

__attribute__((format(printf, 2, 3))) static void put(
	struct exposition *exposition, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	int len = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (len > 0 && (size_t)len < sizeof text)
		buffer_add(exposition->out,
			   (struct slice){ text, (size_t)len });
}

static const char *type_word(enum metric_type type)
{
	switch (type) {
	case METRIC_GAUGE:
		return "gauge";
	case METRIC_COUNTER:
		return "counter";
	case METRIC_HISTOGRAM:
		break;
	}
	return "histogram";
}

/* OpenMetrics names the family, Prometheus' format the sample. */
void exposition_begin(struct exposition *exposition, enum metric metric)
{
	const struct metric_facts *facts = metric_facts(metric);
	const char *suffix = facts->type == METRIC_COUNTER &&
					     !exposition->open_metrics
				     ? "_total"
				     : "";

	exposition->facts = facts;
	put(exposition, "# HELP %s%s %s\n# TYPE %s%s %s\n", facts->name, suffix,
	    facts->help, facts->name, suffix, type_word(facts->type));
}

static void put_value(struct exposition *exposition, const char *value)
{
	for (; *value; value++) {
		if (*value == '\\' || *value == '"')
			buffer_add_byte(exposition->out, '\\');
		if (*value == '\n')
			buffer_add(exposition->out, SLICE("\\n"));
		else
			buffer_add_byte(exposition->out, *value);
	}
}

static void put_labels(struct exposition *exposition,
		       const struct label *labels)
{
	if (!labels || !labels->name)
		return;
	for (size_t i = 0; labels[i].name; i++) {
		put(exposition, "%s%s=\"", i ? "," : "{", labels[i].name);
		put_value(exposition, labels[i].value);
		put(exposition, "\"");
	}
	put(exposition, "}");
}

static void put_sample(struct exposition *exposition, const char *suffix,
		       const struct label *labels, double value)
{
	put(exposition, "%s%s", exposition->facts->name, suffix);
	put_labels(exposition, labels);
	put(exposition, " %.15g\n", value);
}

void exposition_add(struct exposition *exposition, const struct label *labels,
		    double value)
{
	bool counter = exposition->facts->type == METRIC_COUNTER;

	put_sample(exposition, counter ? "_total" : "", labels, value);
}

/* OpenMetrics writes a whole number as "1.0". */
static void put_bound(char *out, size_t size, double bound)
{
	snprintf(out, size,
		 bound >= 1 && bound == (double)(long)bound ? "%.1f" : "%g",
		 bound);
}

void exposition_histogram(struct exposition *exposition,
			  const struct label *label, enum histogram_kind kind,
			  const struct histogram *histogram)
{
	struct label labels[3] = { { NULL, NULL } };
	size_t le = label ? 1 : 0;
	uint64_t count = 0;
	char bound[32];

	if (label)
		labels[0] = *label;
	labels[le] = (struct label){ "le", bound };
	for (size_t i = 0; i < HISTOGRAM_BOUNDS; i++) {
		count += histogram->counts[i];
		if (i < histogram_first(kind) || i > histogram_last(kind))
			continue;
		put_bound(bound, sizeof bound,
			  (double)histogram_bound_us(i) * us);
		put_sample(exposition, "_bucket", labels, (double)count);
	}
	count += histogram->counts[HISTOGRAM_BOUNDS];
	snprintf(bound, sizeof bound, "+Inf");
	put_sample(exposition, "_bucket", labels, (double)count);
	labels[le] = (struct label){ NULL, NULL };
	put_sample(exposition, "_sum", labels, (double)histogram->sum_us * us);
	put_sample(exposition, "_count", labels, (double)count);
}

void exposition_end(struct exposition *exposition)
{
	if (exposition->open_metrics)
		put(exposition, "# EOF\n");
}
