/* transform/formats/ninjs/item.h - what the readers of ninjs share. */
#ifndef TRANSFORM_FORMATS_NINJS_ITEM_H
#define TRANSFORM_FORMATS_NINJS_ITEM_H

#include "transform/formats/json.h"
#include "transform/formats/ninjs/texts.h"
#include "transform/trace.h"

/* A property of an object: its key as written. value NULL: not there. */
struct ninjs_member {
	const char *key;
	const json_t *value;
};

/* A ninjs item being read: the document, or an item it is associated with,
 * which has no article of its own and leaves what is left to the document's. */
struct ninjs_item {
	struct arena *arena;
	struct article *article;
	const struct json_path *path; /* NULL: the document */
	struct ninjs_texts headlines, descriptions, bodies;
	struct ninjs_member title, renditions;
	bool embargo_unread; /* one is stated, but until when cannot be read */
	size_t offset;	     /* of the document's fault */
};

/*
 * Every function below returns FAULT_NO_SPACE when the arena is full, and no
 * other fault. A path is borrowed for the call, as is each value.
 */

/* Keep a value that has no field in extra, under its path. */
MUST_CHECK enum fault ninjs_extra(struct ninjs_item *item,
				  const struct json_path *at,
				  const json_t *value);

/* ninjs_extra() of a member of the object at at, if it is there. */
MUST_CHECK enum fault ninjs_extra_member(struct ninjs_item *item,
					 const struct json_path *at,
					 struct ninjs_member member);

/* Keep a value of the wrong type in extra, and warn. */
MUST_CHECK enum fault ninjs_misfit(struct ninjs_item *item,
				   const struct json_path *at,
				   const json_t *value);

/* Note where a value of the article's field came from. */
MUST_CHECK enum fault ninjs_trace(struct ninjs_item *item, const char *field,
				  size_t index, const struct json_path *at,
				  const char *rule);

/*
 * One clean line of a string, a number or a boolean: 3 -> "3". *out is
 * SLICE_NONE for null, for no value (NULL), for a string that shows nothing,
 * and for a misfit, which goes to extra.
 */
MUST_CHECK enum fault ninjs_line(struct ninjs_item *item,
				 const struct json_path *at,
				 const json_t *value, struct slice *out);

/* ninjs_line() of a member of the object at at. */
MUST_CHECK enum fault ninjs_member_line(struct ninjs_item *item,
					const struct json_path *at,
					struct ninjs_member member,
					struct slice *out);

/* ninjs_line() into a field of the article, once: if *out is filled already,
 * value goes to extra. */
MUST_CHECK enum fault ninjs_field(struct ninjs_item *item, const char *field,
				  const struct json_path *at,
				  const json_t *value, struct slice *out);

/* The value of that name in an object, in any case of ASCII, or NULL. */
const json_t *ninjs_get(const json_t *object, const char *name);

/* A name for ninjs_pick(), in lower case, and the member it fills. */
struct ninjs_name {
	const char *name; /* NULL ends a list */
	unsigned member;
};

/*
 * Sort an object's properties into members, which is zeroed, by names; those
 * of other names, and a second one for a member, go to extra.
 */
MUST_CHECK enum fault ninjs_pick(struct ninjs_item *item,
				 const struct json_path *at,
				 const json_t *object,
				 const struct ninjs_name *names,
				 struct ninjs_member *members);

/* Read each item of an array by reader, or the one value that stands in the
 * array's place; nulls are passed over. context is the reader's own. */
MUST_CHECK enum fault ninjs_each(
	struct ninjs_item *item, const struct json_path *at,
	const json_t *value,
	enum fault (*reader)(struct ninjs_item *item, const void *context,
			     const struct json_path *at, const json_t *value),
	const void *context);

#endif
