/* transform/formats/json.h - jansson, kept inside an arena. */
#ifndef TRANSFORM_FORMATS_JSON_H
#define TRANSFORM_FORMATS_JSON_H

#include <jansson.h>

#include "base/arena.h"
#include "base/fault.h"

/*
 * From json_enter() to json_leave(), whatever jansson allocates on this
 * thread lies in the arena, and freeing it does nothing: a document costs no
 * malloc, cannot leak, and is bounded by the arena. Outside of the two, and on
 * other threads, jansson uses malloc as always. The calls do not nest.
 *
 * jansson's allocators are global to the process, so this module sets them
 * once and keeps the current arena by thread. That is the transform's one
 * exception to "no globals"; nothing of it outlives json_leave().
 *
 * No json_t made between the two may be used, or freed, after json_leave().
 */
void json_enter(struct arena *arena);
void json_leave(void);

/*
 * Parse a whole document, between json_enter() and json_leave(). The keys of
 * its objects keep their order; none holds a NUL, nor does any string.
 *
 *	{"uri":"a"} -> an object
 *
 * text is borrowed for the call. *out is written only on FAULT_NONE; *offset,
 * the bytes up to where the fault was seen, only on the faults of JSON.
 *
 * FAULT_JSON_SYNTAX     not JSON (RFC 8259), or a \u0000, or a number that
 *                       neither an int64_t nor a double holds
 * FAULT_JSON_DEPTH      more than 2048 arrays and objects in one another
 * FAULT_JSON_DUPLICATE  an object names a key twice
 * FAULT_NO_SPACE        the arena is full
 */
MUST_CHECK enum fault json_read(struct slice text, json_t **out,
				size_t *offset);

/*
 * value as compact JSON in the arena, a NUL behind it; numbers with up to 15
 * digits are as they were written. Between json_enter() and json_leave().
 *
 *	{ "a": 1.50 } -> {"a":1.5}
 *
 * FAULT_NO_SPACE  the arena is full; *out is not written
 */
MUST_CHECK enum fault json_write(const json_t *value, struct arena *arena,
				 struct slice *out);

/* The string's bytes, which live as long as the document; SLICE_NONE for a
 * value that is no string, NULL too. */
struct slice json_slice(const json_t *value);

/* A place in a document, as a chain up to its root, which is NULL. */
struct json_path {
	const struct json_path *parent;
	const char *key; /* NULL: an item of an array */
	size_t index;
};

/*
 * path as a JSON Pointer (RFC 6901) in the arena, a NUL behind it.
 *
 *	subjects, 0, "a/b" -> "/subjects/0/a~1b"
 *
 * FAULT_NO_SPACE  the arena is full; *out is not written
 */
MUST_CHECK enum fault json_pointer(const struct json_path *path,
				   struct arena *arena, struct slice *out);

#endif
