#include "stage/counters/histogram.h"

#include <assert.h>

static const int64_t bounds_us[HISTOGRAM_BOUNDS] = {
	1,	   2,	      5,	 10,	     25,       50,
	100,	   250,	      500,	 1000,	     2500,     5000,
	10000,	   25000,     50000,	 100000,     250000,   500000,
	1000000,   2500000,   5000000,	 10000000,   25000000, 50000000,
	100000000, 250000000, 500000000, 1000000000,
};

static const struct {
	size_t first, last;
} kinds[] = {
#define X(symbol, first, last) { first, last },
	HISTOGRAM_MAP(X)
#undef X
};

int64_t histogram_bound_us(size_t i)
{
	assert(i < HISTOGRAM_BOUNDS);
	return bounds_us[i];
}

size_t histogram_first(enum histogram_kind kind)
{
	return kinds[kind].first;
}

size_t histogram_last(enum histogram_kind kind)
{
	return kinds[kind].last;
}

void histogram_observe(struct histogram *histogram, int64_t us)
{
	size_t low = 0, high = HISTOGRAM_BOUNDS;

	if (us < 0)
		us = 0;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (bounds_us[middle] < us)
			low = middle + 1;
		else
			high = middle;
	}
	histogram->counts[low]++;
	histogram->sum_us += (uint64_t)us;
}

void histogram_add(struct histogram *histogram, const struct histogram *other)
{
	for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++)
		histogram->counts[i] += other->counts[i];
	histogram->sum_us += other->sum_us;
}

uint64_t histogram_count(const struct histogram *histogram)
{
	uint64_t count = 0;

	for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++)
		count += histogram->counts[i];
	return count;
}

int64_t histogram_quantile_us(const struct histogram *histogram, double share)
{
	uint64_t count = histogram_count(histogram), seen = 0;

	if (count == 0)
		return -1;
	for (size_t i = 0; i < HISTOGRAM_BOUNDS; i++) {
		seen += histogram->counts[i];
		if ((double)seen >= share * (double)count)
			return bounds_us[i];
	}
	return bounds_us[HISTOGRAM_BOUNDS - 1];
}
