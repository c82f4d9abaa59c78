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

/* The sum over all workers of what of() counts of their totals under number. */
static uint64_t sum_of(const struct counters *counters,
		       uint64_t (*of)(const struct tally *totals,
				      size_t number),
		       size_t number)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < counters->count; i++) {
		struct ledger *ledger = &counters->ledgers[i];
		pthread_mutex_lock(&ledger->lock);
		sum += of(&ledger->totals, number);
		pthread_mutex_unlock(&ledger->lock);
	}
	return sum;
}

static uint64_t value_of(const struct tally *totals, size_t counter)
{
	return totals->values[counter];
}

static uint64_t fault_of(const struct tally *totals, size_t fault)
{
	return totals->faults[fault];
}

static uint64_t skips_of(const struct tally *totals, size_t reason)
{
	uint64_t sum = 0;

	for (size_t wire = 0; wire < WIRES_MAX; wire++)
		sum += totals->wires[wire].skipped[reason];
	return sum;
}

uint64_t counters_get(const struct counters *counters, enum counter counter)
{
	return sum_of(counters, value_of, counter);
}

uint64_t counters_fault(const struct counters *counters, enum fault fault)
{
	return sum_of(counters, fault_of, fault);
}

uint64_t counters_skip(const struct counters *counters, enum skip reason)
{
	return sum_of(counters, skips_of, reason);
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
