#include "transform/formats/json.h"

#include <assert.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	READ_STEPS = 4,	  /* of work for each byte of a document */
	WRITE_STEPS = 4,  /* for each that is written */
	GUESS = 256,	  /* bytes that most values fit in, once written */
	REAL_DIGITS = 15, /* the most that a double gives back unchanged */
	INDEX_SIZE = 24,
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local struct arena *current;
static _Thread_local jmp_buf *full; /* where to go when current is full */

static void *allocate(size_t size)
{
	if (!current)
		return malloc(size);

	size_t pad = -(uintptr_t)current->next % _Alignof(max_align_t);
	char *bytes = size <= SIZE_MAX - pad
			      ? arena_bytes_uncounted(current, pad + size)
			      : NULL;
	/* jansson's lexer does not look whether its buffer grew, and would
	 * read beyond it; and it has nothing to free but what is ours. */
	if (!bytes && full)
		longjmp(*full, 1);
	return bytes ? bytes + pad : NULL;
}

static bool is_ours(const char *bytes)
{
	return current && bytes >= current->begin && bytes < current->end;
}

static void release(void *memory)
{
	if (!is_ours(memory))
		free(memory);
}

static void install(void)
{
	json_set_alloc_funcs(allocate, release);
}

void json_enter(struct arena *arena)
{
	assert(arena && !current);

	pthread_once(&once, install);
	current = arena;
}

void json_leave(void)
{
	assert(current);

	current = NULL;
}

static enum fault fault_of(const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_stack_overflow:
		return FAULT_JSON_DEPTH;
	case json_error_duplicate_key:
		return FAULT_JSON_DUPLICATE;
	default:
		return FAULT_JSON_SYNTAX;
	}
}

/* False: the arena is full. *root is NULL for no JSON. */
static bool load(struct slice text, json_t **root, json_error_t *error)
{
	jmp_buf here;

	full = &here;
	if (setjmp(here)) {
		full = NULL;
		return false;
	}
	*root = json_loadb(text.len ? text.ptr : "", text.len,
			   JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
	full = NULL;
	return true;
}

enum fault json_read(struct slice text, json_t **out, size_t *offset)
{
	assert(current && out && offset);

	json_error_t error;
	json_t *root;
	if (!arena_work(current, text.len * READ_STEPS) ||
	    !load(text, &root, &error))
		return FAULT_NO_SPACE;
	if (root) {
		*out = root;
		return FAULT_NONE;
	}
	*offset = error.position > 0 ? (size_t)error.position : 0;
	return fault_of(&error);
}

/* The bytes that value takes, written as far as size reaches; 0: the arena is
 * full. What jansson needs for it lies behind bytes, and goes with them. */
static size_t dump(const json_t *value, char *bytes, size_t size)
{
	jmp_buf here;

	full = &here;
	if (setjmp(here)) {
		full = NULL;
		return 0;
	}
	size_t len = json_dumpb(value, bytes, size,
				JSON_COMPACT | JSON_ENCODE_ANY |
					JSON_REAL_PRECISION(REAL_DIGITS));
	full = NULL;
	return len;
}

enum fault json_write(const json_t *value, struct arena *arena,
		      struct slice *out)
{
	size_t size = GUESS, len;
	char *bytes;

	assert(current == arena && out);
	for (;;) {
		char *begin = arena->next;
		bytes = arena_bytes(arena, size);
		len = bytes ? dump(value, bytes, size) : 0;
		if (len == 0 || !arena_work(arena, len * WRITE_STEPS)) {
			arena->next = begin;
			return FAULT_NO_SPACE;
		}
		if (len < size)
			break;
		arena_trim(arena, bytes, 0);
		size = len + 1;
	}
	bytes[len] = '\0';
	arena_trim(arena, bytes, len + 1);
	*out = (struct slice){ bytes, len };
	return FAULT_NONE;
}

struct slice json_slice(const json_t *value)
{
	return (struct slice){ json_string_value(value),
			       json_string_length(value) };
}

/* The bytes of one step with its slash, written backwards from end unless that
 * is NULL. */
static size_t put_step(const struct json_path *step, char *end)
{
	char index[INDEX_SIZE];
	const char *name = step->key;
	size_t len = 1;

	if (!name) {
		snprintf(index, sizeof index, "%zu", step->index);
		name = index;
	}
	for (size_t i = strlen(name); i > 0; i--) {
		char c = name[i - 1];
		bool escaped = c == '~' || c == '/';

		len += escaped ? 2 : 1;
		if (!end)
			continue;
		*--end = escaped ? (c == '~' ? '0' : '1') : c;
		if (escaped)
			*--end = '~';
	}
	if (end)
		*--end = '/';
	return len;
}

enum fault json_pointer(const struct json_path *path, struct arena *arena,
			struct slice *out)
{
	size_t len = 0;

	for (const struct json_path *step = path; step; step = step->parent)
		len += put_step(step, NULL);
	char *text = arena_bytes(arena, len + 1);
	if (!text || !arena_work(arena, len / 2))
		return FAULT_NO_SPACE;
	char *end = text + len;
	*end = '\0';
	for (const struct json_path *step = path; step; step = step->parent)
		end -= put_step(step, end);
	*out = (struct slice){ text, len };
	return FAULT_NONE;
}
