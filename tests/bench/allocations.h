/* tests/bench/allocations.h - what the program asked of malloc. */
#ifndef TESTS_BENCH_ALLOCATIONS_H
#define TESTS_BENCH_ALLOCATIONS_H

#include <stddef.h>

struct allocations {
	size_t calls, bytes;
};

/*
 * What malloc, calloc and realloc were asked for since the start, by the
 * program and every library in it; one thread may ask. The file that defines
 * it replaces the three in the whole process.
 */
struct allocations allocations_now(void);

#endif
