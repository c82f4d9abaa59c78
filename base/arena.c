#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

/* Of each allocation, beside those of its size. */
enum { CALL_STEPS = 4, STEP_BYTES = 8 };

void arena_init(struct arena *arena, void *memory, size_t size)
{
	assert(arena && (memory || size == 0));

	arena->begin = arena->next = memory;
	arena->end = size ? arena->begin + size : arena->begin;
	arena->steps = ARENA_STEPS_MAX;
}

void arena_limit(struct arena *arena, int64_t steps)
{
	arena->steps = steps;
}

bool arena_work(struct arena *arena, size_t steps)
{
	arena->steps -= (int64_t)steps;
	return arena->steps >= 0;
}

void arena_reset(struct arena *arena)
{
	arena->next = arena->begin;
}

static size_t room(const struct arena *arena)
{
	return arena->begin ? (size_t)(arena->end - arena->next) : 0;
}

char *arena_bytes_uncounted(struct arena *arena, size_t size)
{
	if (size > room(arena) || !arena->begin || arena_is_spent(arena))
		return NULL;

	char *bytes = arena->next;
	arena->next += size;
	return bytes;
}

char *arena_bytes(struct arena *arena, size_t size)
{
	if (size > room(arena) ||
	    !arena_work(arena, CALL_STEPS + size / STEP_BYTES))
		return NULL;
	return arena_bytes_uncounted(arena, size);
}

void arena_trim(struct arena *arena, char *bytes, size_t used)
{
	assert(bytes >= arena->begin && bytes + used <= arena->next);

	arena->next = bytes + used;
}

void *arena_array(struct arena *arena, size_t count, size_t item_size)
{
	const size_t align = _Alignof(max_align_t);

	if (item_size && count > SIZE_MAX / item_size)
		return NULL;
	if (!arena->begin)
		return NULL;
	size_t pad = -(uintptr_t)arena->next % align;
	size_t size = count * item_size;
	if (pad > room(arena) || size > room(arena) - pad ||
	    !arena_work(arena, CALL_STEPS + count))
		return NULL;

	void *array = arena->next + pad;
	arena->next += pad + size;
	return memset(array, 0, size);
}

void *arena_grow(struct arena *arena, void *array, size_t count,
		 size_t item_size)
{
	if (count & (count - 1))
		return array;

	void *grown = arena_array(arena, count ? count * 2 : 1, item_size);
	if (grown && count)
		memcpy(grown, array, count * item_size);
	return grown;
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
	char *copy = arena_bytes(arena, text.len + 1);

	if (!copy)
		return SLICE_NONE;
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return (struct slice){ copy, text.len };
}

struct slice arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int len = vsnprintf(arena->next, room(arena), format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= room(arena))
		return SLICE_NONE;

	char *text = arena_bytes(arena, (size_t)len + 1);
	return (struct slice){ text, (size_t)len };
}
