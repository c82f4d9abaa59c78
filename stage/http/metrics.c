#include "stage/http/metrics.h"

static const struct metric_facts table[] = {
#define X(symbol, name, type, labels, help) \
	[METRIC_##symbol] = { name, METRIC_##type, labels, help },
	METRIC_MAP(X)
#undef X
};

const struct metric_facts *metric_facts(enum metric metric)
{
	return &table[metric];
}

void metrics_markdown(FILE *out)
{
	static const char *const types[] = { "gauge", "counter", "histogram" };

	fputs("| metric | type | labels | what it is |\n"
	      "| --- | --- | --- | --- |\n",
	      out);
	for (size_t i = 0; i < METRIC_COUNT; i++)
		fprintf(out, "| `%s%s` | %s | %s | %s |\n", table[i].name,
			table[i].type == METRIC_COUNTER ? "_total" : "",
			types[table[i].type], table[i].labels, table[i].help);
}
