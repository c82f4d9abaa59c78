/* base/arena.h - memory for one message, given back at once; its work. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Allocates from the caller's memory and never beyond it. */
struct arena {
	char *begin, *next, *end;
	int64_t steps; /* of work left; below 0 it was not enough */
};

/* A limit of work that nothing reaches. */
#define ARENA_STEPS_MAX INT64_MAX

/* Use size bytes at memory, which the caller keeps and later frees; work is
 * not limited. */
void arena_init(struct arena *arena, void *memory, size_t size);

/* Forget all that was allocated; pointers into the arena die. */
void arena_reset(struct arena *arena);

/*
 * From here on the work done in the arena is at most so many steps; when they
 * are used up, it is full. A step passes over some bytes or makes an item, in
 * 2 to 15 nanoseconds on a machine of today. Each allocation counts by its
 * size, whether or not it is given back; a pass that does more for a byte, or
 * allocates nothing, tells arena_work(), once for all its bytes. What counts
 * follows from the input alone, so that equal inputs end equally everywhere.
 */
void arena_limit(struct arena *arena, int64_t steps);

/* Count steps. False: there were fewer left, and the arena is full. */
bool arena_work(struct arena *arena, size_t steps);

/* Whether the steps were not enough. */
static inline bool arena_is_spent(const struct arena *arena)
{
	return arena->steps < 0;
}

/* size bytes, unaligned, not cleared; NULL when the arena is full. */
char *arena_bytes(struct arena *arena, size_t size);

/* The same, without counting: for a library whose allocations depend on its
 * version, and the caller of which counts its work. */
char *arena_bytes_uncounted(struct arena *arena, size_t size);

/* Give back the end of the last arena_bytes(), of which used are kept. */
void arena_trim(struct arena *arena, char *bytes, size_t used);

/* count zeroed items aligned for any type; NULL when the arena is full. */
void *arena_array(struct arena *arena, size_t count, size_t item_size);

/*
 * array with room for one more item, which is zeroed; NULL when the arena is
 * full. The capacity follows from count: it doubles at each power of two, so
 * an array must only ever grow by this function, one item a time, from NULL.
 *
 *	struct block *grown = arena_grow(arena, body, count, sizeof *body);
 *	if (!grown)
 *		return FAULT_NO_SPACE;
 *	body = grown;
 *	body[count++].text = text;
 */
void *arena_grow(struct arena *arena, void *array, size_t count,
		 size_t item_size);

/* A copy with a NUL behind it; ptr NULL when the arena is full. */
struct slice arena_copy(struct arena *arena, struct slice text);

/* printf into the arena; ptr NULL when it is full. */
__attribute__((format(printf, 2, 3))) struct slice arena_printf(
	struct arena *arena, const char *format, ...);

#endif
