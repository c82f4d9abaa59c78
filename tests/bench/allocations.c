#include "tests/bench/allocations.h"

#include <stdlib.h>

/* glibc's own names for the three, which stand behind any replacement
 * (manual, "Replacing malloc", of which a part is replaced here: the heap is
 * still glibc's, and so is free()). */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static struct allocations made;

static void note(size_t size)
{
	made.calls++;
	made.bytes += size;
}

void *malloc(size_t size)
{
	note(size);
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	note(count * size);
	return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	note(size);
	return __libc_realloc(memory, size);
}

struct allocations allocations_now(void)
{
	return made;
}
