#include "stage/counters.h"

#include <assert.h>

#include "base/log.h"

static const struct {
	const char *name, *help;
} table[] = {
#define X(symbol, name, help) { name, help },
	COUNTER_MAP(X)
#undef X
};

static const char *const fault_fields[] = {
#define X(symbol, name, disposition, text) "fault." name,
	FAULT_MAP(X)
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

static void add(atomic_uint_fast64_t *total, uint64_t n)
{
	if (n)
		atomic_fetch_add_explicit(total, n, memory_order_relaxed);
}

void counters_add(struct counters *counters, struct tally *tally)
{
	for (size_t i = 0; i < COUNTER_COUNT; i++)
		add(&counters->values[i], tally->values[i]);
	for (size_t i = 0; i < FAULT_COUNT; i++)
		add(&counters->faults[i], tally->faults[i]);
	*tally = (struct tally){ 0 };
}

void counters_count(struct counters *counters, enum counter counter, uint64_t n)
{
	add(&counters->values[counter], n);
}

uint64_t counters_get(const struct counters *counters, enum counter counter)
{
	return atomic_load_explicit(&counters->values[counter],
				    memory_order_relaxed);
}

void counters_log(const struct counters *counters, const char *event)
{
	struct log_field fields[COUNTER_COUNT + FAULT_COUNT + 1];
	size_t count = 0;

	for (size_t i = 0; i < COUNTER_COUNT; i++)
		fields[count++] = LOG_INT(
			table[i].name,
			(int64_t)counters_get(counters, (enum counter)i));
	for (size_t i = 0; i < FAULT_COUNT; i++) {
		uint64_t n = atomic_load_explicit(&counters->faults[i],
						  memory_order_relaxed);
		if (n)
			fields[count++] = LOG_INT(fault_fields[i], (int64_t)n);
	}
	fields[count] = LOG_END;
	log_write(LOG_INFO, event, fields);
}
