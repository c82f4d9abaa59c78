#include "stage/counters/counters.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

static const char *const fault_fields[] = {
#define X(symbol, name, disposition, text) "fault." name,
	FAULT_MAP(X)
#undef X
};

bool counters_init(struct counters *counters, size_t workers)
{
	counters->ledgers = calloc(workers, sizeof *counters->ledgers);
	if (!counters->ledgers)
		return false;
	counters->count = workers;
	for (size_t i = 0; i < workers; i++) {
		tally_names_init(&counters->ledgers[i].names);
		pthread_mutex_init(&counters->ledgers[i].lock, NULL);
	}
	return true;
}

void counters_release(struct counters *counters)
{
	for (size_t i = 0; i < counters->count; i++) {
		struct ledger *ledger = &counters->ledgers[i];
		tally_names_release(&ledger->names);
		pthread_mutex_destroy(&ledger->lock);
		free(ledger->holdings);
	}
	free(counters->ledgers);
	*counters = (struct counters){ NULL, 0 };
}

/* With the lock held, which is then given back. */
static void enter(struct ledger *ledger)
{
	tally_add(&ledger->totals, &ledger->owed, NULL);
	tally_clear(&ledger->owed);
	ledger->owes = false;
	if (ledger->well)
		ledger->presence.trouble_ms = 0;
}

void ledger_settle(struct ledger *ledger, bool wait)
{
	if (!ledger->owes)
		return;
	if (wait)
		pthread_mutex_lock(&ledger->lock);
	else if (pthread_mutex_trylock(&ledger->lock))
		return;
	enter(ledger);
	pthread_mutex_unlock(&ledger->lock);
}

void ledger_commit(struct ledger *ledger, struct tally *tally, int64_t now_ms)
{
	for (size_t i = 0; i < WIRES_MAX; i++)
		if (tally->wires[i].consumed)
			tally->wires[i].last_ms = now_ms;
	tally_add(&ledger->owed, tally, NULL);
	tally_clear(tally);
	ledger->owes = ledger->well = true;
	ledger_settle(ledger, false);
}

void ledger_count(struct ledger *ledger, enum counter counter, uint64_t n)
{
	ledger->owed.values[counter] += n;
	ledger->owes = true;
	ledger_settle(ledger, false);
}

static bool make_room(struct ledger *ledger, size_t count)
{
	if (count <= ledger->holding_room)
		return true;
	struct holding *grown =
		realloc(ledger->holdings, count * sizeof *grown);
	if (!grown)
		return false;
	ledger->holdings = grown;
	ledger->holding_room = count;
	return true;
}

void ledger_tell(struct ledger *ledger, const struct presence *presence,
		 const struct holding *holdings, size_t count)
{
	assert(count <= HOLDINGS_MAX);

	if (pthread_mutex_trylock(&ledger->lock))
		return;
	enter(ledger);
	ledger->presence.told_ms = presence->told_ms;
	ledger->presence.joined = presence->joined;
	ledger->presence.input_queue = presence->input_queue;
	ledger->presence.output_queue = presence->output_queue;
	if (make_room(ledger, count)) {
		if (count > 0)
			memcpy(ledger->holdings, holdings,
			       count * sizeof *holdings);
		ledger->holding_count = count;
	}
	pthread_mutex_unlock(&ledger->lock);
}

void ledger_trouble(struct ledger *ledger, const char *text, int64_t now_ms)
{
	struct presence *presence = &ledger->presence;

	ledger->well = false;
	pthread_mutex_lock(&ledger->lock);
	if (presence->trouble_ms == 0)
		presence->trouble_ms = now_ms;
	snprintf(presence->trouble, sizeof presence->trouble, "%s", text);
	pthread_mutex_unlock(&ledger->lock);
}

uint64_t counters_get(const struct counters *counters, enum counter counter)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < counters->count; i++) {
		struct ledger *ledger = &counters->ledgers[i];
		pthread_mutex_lock(&ledger->lock);
		sum += ledger->totals.values[counter];
		pthread_mutex_unlock(&ledger->lock);
	}
	return sum;
}

uint64_t counters_fault(const struct counters *counters, enum fault fault)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < counters->count; i++) {
		struct ledger *ledger = &counters->ledgers[i];
		pthread_mutex_lock(&ledger->lock);
		sum += ledger->totals.faults[fault];
		pthread_mutex_unlock(&ledger->lock);
	}
	return sum;
}

uint64_t counters_skip(const struct counters *counters, enum skip reason)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < counters->count; i++) {
		struct ledger *ledger = &counters->ledgers[i];
		pthread_mutex_lock(&ledger->lock);
		for (size_t wire = 0; wire < WIRES_MAX; wire++)
			sum += ledger->totals.wires[wire].skipped[reason];
		pthread_mutex_unlock(&ledger->lock);
	}
	return sum;
}

void counters_log(const struct counters *counters, const char *event)
{
	struct log_field fields[COUNTER_COUNT + FAULT_COUNT + 1];
	size_t count = 0;

	for (size_t i = 0; i < COUNTER_COUNT; i++)
		fields[count++] = LOG_INT(
			counter_name((enum counter)i),
			(int64_t)counters_get(counters, (enum counter)i));
	for (size_t i = 0; i < FAULT_COUNT; i++) {
		uint64_t n = counters_fault(counters, (enum fault)i);
		if (n)
			fields[count++] = LOG_INT(fault_fields[i], (int64_t)n);
	}
	fields[count] = LOG_END;
	log_write(LOG_INFO, event, fields);
}
