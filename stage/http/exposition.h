/* stage/http/exposition.h - metrics as the text that is scraped. */
#ifndef STAGE_HTTP_EXPOSITION_H
#define STAGE_HTTP_EXPOSITION_H

#include "base/buffer.h"
#include "stage/counters/histogram.h"
#include "stage/http/metrics.h"

/* One text in the making; faults gather in out. */
struct exposition {
	struct buffer *out;
	bool open_metrics; /* OpenMetrics 1.0, else Prometheus' text 0.0.4 */
	const struct metric_facts *facts;
};

/* One label of a sample. */
struct label {
	const char *name, *value;
};

/* Begin a metric: its samples follow. */
void exposition_begin(struct exposition *exposition, enum metric metric);

/* One sample; a label without a name ends the list. NULL: no label. */
void exposition_add(struct exposition *exposition, const struct label *labels,
		    double value);

/* A histogram's buckets, sum and count, all by one label at most. */
void exposition_histogram(struct exposition *exposition,
			  const struct label *label, enum histogram_kind kind,
			  const struct histogram *histogram);

/* The last line, where there is one. */
void exposition_end(struct exposition *exposition);

#endif
