#include "stage/http/status.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "stage/http/state.h"
#include "stage/topic_pattern.h"
#include "transform/formats/format.h"

enum { TICK_MS = 1000, ALIVE_MS = 15000 };

/* Names that are known before anything has come, so that what is counted by
 * them is there, at 0, from the first scrape on. */
static void know_names(struct status *status)
{
	const struct words *topics = &status->settings->input_topics;
	const char *const *formats = format_names();

	for (size_t i = 0; i < topics->count; i++)
		if (!topic_is_pattern(topics->items[i]))
			labels_number(&status->names.wires,
				      slice_from(topics->items[i]));
	for (size_t i = 0; formats[i]; i++)
		labels_number(&status->names.formats, slice_from(formats[i]));
}

struct status *status_new(const struct settings *settings,
			  const struct counters *counters,
			  struct slice vocabulary, const struct bounds *plan)
{
	assert(settings && counters && counters->count <= WORKERS_MAX);

	size_t spans = plan ? plan->count : 0;
	struct status *status = calloc(1, sizeof *status);
	int64_t *passed = calloc(spans + 1, sizeof *passed);
	if (!status || !passed) {
		free(status);
		free(passed);
		return NULL;
	}
	status->plan = plan;
	status->passed = passed;
	status->settings = settings;
	status->counters = counters;
	snprintf(status->vocabulary, sizeof status->vocabulary, "%.*s",
		 SLICE_ARG(vocabulary));
	status->started_wall_ms = clock_wall_ms();
	status->started_ms = status->now_ms = clock_steady_ms();
	status->ticked_ms = status->history.begun_ms = status->started_ms;
	pthread_mutex_init(&status->lock, NULL);
	tally_names_init(&status->names);
	know_names(status);
	return status;
}

void status_free(struct status *status)
{
	if (!status)
		return;
	tally_names_release(&status->names);
	pthread_mutex_destroy(&status->lock);
	free(status->holdings);
	free(status->passed);
	free(status);
}

static void map_labels(struct labels *to, const struct labels *from,
		       uint16_t *map)
{
	map[0] = 0;
	for (size_t i = 1; i < labels_count(from); i++)
		map[i] = (uint16_t)labels_number(
			to, slice_from(labels_name(from, i)));
}

static bool make_room(struct status *status, size_t count)
{
	if (count <= status->holding_room)
		return true;
	struct held *grown = realloc(status->holdings, count * sizeof *grown);
	if (!grown)
		return false;
	status->holdings = grown;
	status->holding_room = count;
	return true;
}

static void add_holdings(struct status *status, const struct ledger *ledger,
			 size_t worker, const struct tally_map *map)
{
	if (!make_room(status, status->holding_count + ledger->holding_count))
		return;
	for (size_t i = 0; i < ledger->holding_count; i++) {
		struct held *held = &status->holdings[status->holding_count++];
		*held = (struct held){ ledger->holdings[i], worker };
		held->holding.wire = map->wires[held->holding.wire];
		status->wires[held->holding.wire].held++;
	}
}

/* One worker's account; names come before what is counted by them. */
static void read_ledger(struct status *status, size_t worker)
{
	struct ledger *ledger = &status->counters->ledgers[worker];
	/* What has no name yet is nothing, and may be added anywhere. */
	struct tally_map map = { 0 };

	pthread_mutex_lock(&ledger->lock);
	map_labels(&status->names.wires, &ledger->names.wires, map.wires);
	map_labels(&status->names.formats, &ledger->names.formats, map.formats);
	map_labels(&status->names.topics, &ledger->names.topics, map.topics);
	tally_add(&status->totals, &ledger->totals, &map);
	status->presences[worker] = ledger->presence;
	add_holdings(status, ledger, worker, &map);
	pthread_mutex_unlock(&ledger->lock);
}

void status_refresh(struct status *status)
{
	status->now_ms = clock_steady_ms();
	status->holding_count = 0;
	tally_clear(&status->totals);
	for (size_t i = 0; i < WIRES_MAX; i++)
		status->wires[i].held = 0;
	for (size_t i = 0; i < status->counters->count; i++)
		read_ledger(status, i);
	for (size_t i = 0; i < WIRES_MAX; i++) {
		struct wire_state *wire = &status->wires[i];
		if (wire->held == 0)
			wire->held_since_ms = 0;
		else if (wire->held_since_ms == 0)
			wire->held_since_ms = status->now_ms;
	}
}

int64_t holding_lag(const struct holding *holding)
{
	return holding->end > holding->next ? holding->end - holding->next : 0;
}

int64_t status_silent_since_ms(const struct status *status, size_t wire)
{
	int64_t held = status->wires[wire].held_since_ms;
	int64_t last = status->totals.wires[wire].last_ms;

	return held && last > held ? last : held;
}

static void log_quiet(const struct status *status, size_t wire,
		      int64_t silent_ms, int after_ms)
{
	const char *topic = status_wire_name(status, wire);

	if (status->wires[wire].quiet)
		log_event(LOG_WARN, "quiet", LOG_STR("topic", topic),
			  LOG_INT("silent_ms", silent_ms),
			  LOG_INT("after_ms", after_ms), LOG_END);
	else
		log_event(LOG_INFO, "heard", LOG_STR("topic", topic), LOG_END);
}

static void watch_quiet(struct status *status)
{
	for (size_t i = 1; i < labels_count(&status->names.wires); i++) {
		int after_ms = quiet_after_ms(&status->settings->quiet_after,
					      status_wire_name(status, i));
		int64_t since = status_silent_since_ms(status, i);
		int64_t silent_ms = status->now_ms - since;
		bool quiet = after_ms > 0 && since > 0 && silent_ms > after_ms;
		if (quiet == status->wires[i].quiet)
			continue;
		status->wires[i].quiet = quiet;
		/* Partitions that went to another process say nothing. */
		if (quiet || since > 0)
			log_quiet(status, i, silent_ms, after_ms);
	}
}

static void keep_second(struct status *status)
{
	const uint64_t *values = status->totals.values;
	size_t place = status->ticks++ % (SECONDS + 1);

	status->seconds[place].ms = status->now_ms;
	status->seconds[place].consumed = values[COUNTER_CONSUMED];
	status->seconds[place].published = values[COUNTER_PUBLISHED];
	status->seconds[place].passed = status_passed(status);
}

const char *status_wire_name(const struct status *status, size_t wire)
{
	return labels_name(&status->names.wires, wire);
}

bool status_pace(const struct status *status, struct pace *out)
{
	uint64_t kept = status->ticks < SECONDS + 1 ? status->ticks
						    : SECONDS + 1;
	if (kept < 2)
		return false;
	size_t newest = (status->ticks - 1) % (SECONDS + 1);
	size_t oldest = (status->ticks - kept) % (SECONDS + 1);
	double seconds = (double)(status->seconds[newest].ms -
				  status->seconds[oldest].ms) /
			 1000;
	*out = (struct pace){
		(double)(status->seconds[newest].consumed -
			 status->seconds[oldest].consumed) /
			seconds,
		(double)(status->seconds[newest].published -
			 status->seconds[oldest].published) /
			seconds,
		(double)(status->seconds[newest].passed -
			 status->seconds[oldest].passed) /
			seconds,
	};
	return true;
}

int64_t status_passed(const struct status *status)
{
	int64_t passed = 0;

	for (size_t i = 0; status->plan && i < status->plan->count; i++)
		passed += status->passed[i];
	return passed;
}

void status_tick(struct status *status)
{
	int64_t now_ms = clock_steady_ms();

	pthread_mutex_lock(&status->lock);
	if (now_ms - status->ticked_ms >= TICK_MS) {
		status->ticked_ms = now_ms;
		status_refresh(status);
		history_enter(&status->history, &status->totals,
			      status->now_ms);
		watch_quiet(status);
		keep_second(status);
	}
	pthread_mutex_unlock(&status->lock);
}

void status_reloaded(struct status *status, bool done, const char *version)
{
	pthread_mutex_lock(&status->lock);
	if (done) {
		status->reloads++;
		snprintf(status->vocabulary, sizeof status->vocabulary, "%s",
			 version);
	} else {
		status->reloads_refused++;
	}
	pthread_mutex_unlock(&status->lock);
}

void status_replayed(struct status *status, const int64_t *passed)
{
	assert(status->plan);

	pthread_mutex_lock(&status->lock);
	if (status->plan->count > 0)
		memcpy(status->passed, passed,
		       status->plan->count * sizeof *passed);
	pthread_mutex_unlock(&status->lock);
}

void status_stopping(struct status *status)
{
	pthread_mutex_lock(&status->lock);
	status->stopping = true;
	pthread_mutex_unlock(&status->lock);
}

bool status_is_alive(struct status *status)
{
	pthread_mutex_lock(&status->lock);
	bool alive = clock_steady_ms() - status->ticked_ms < ALIVE_MS;
	pthread_mutex_unlock(&status->lock);
	return alive;
}
