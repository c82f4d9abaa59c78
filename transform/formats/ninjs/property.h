/* transform/formats/ninjs/property.h - the readers behind ninjs.c's table. */
#ifndef TRANSFORM_FORMATS_NINJS_PROPERTY_H
#define TRANSFORM_FORMATS_NINJS_PROPERTY_H

#include "transform/formats/ninjs/item.h"

/* One property of a document, and where in the article its value goes. */
struct ninjs_property {
	const char *name; /* lower case */
	enum fault (*read)(struct ninjs_item *item,
			   const struct ninjs_property *property,
			   const struct json_path *at, const json_t *value);
	const char *field;
	size_t offset; /* of the field in struct article */
	size_t count;  /* of the list's count, for lists */
};

/* The field of the article that property fills. */
static inline void *ninjs_slot(const struct ninjs_item *item, size_t offset)
{
	return (char *)item->article + offset;
}

/* A row's read(): value is not null; FAULT_NO_SPACE, the arena is full. */
#define NINJS_READER(name) \
	MUST_CHECK enum fault name(struct ninjs_item *item, \
				   const struct ninjs_property *property, \
				   const struct json_path *at, \
				   const json_t *value)

/* values.c */
NINJS_READER(ninjs_read_uri);	 /* FAULT_NINJS_SHAPE too */
NINJS_READER(ninjs_read_status); /* FAULT_NINJS_SHAPE too */
NINJS_READER(ninjs_read_type);
NINJS_READER(ninjs_read_text); /* struct slice */
NINJS_READER(ninjs_read_urgency);
NINJS_READER(ninjs_read_language);
NINJS_READER(ninjs_read_located);
NINJS_READER(ninjs_read_instant); /* int64_t */

/* lists.c */
NINJS_READER(ninjs_read_entities); /* struct entity[] */
NINJS_READER(ninjs_read_subjects);
NINJS_READER(ninjs_read_sources);
NINJS_READER(ninjs_read_words); /* struct slice[] */
NINJS_READER(ninjs_read_alt_ids);

/* media.c */
NINJS_READER(ninjs_read_associations);
NINJS_READER(ninjs_read_link); /* a uri; its rel is the row's name */
NINJS_READER(ninjs_read_renditions);

#undef NINJS_READER

/* Whether an item of that type is what a media entry describes. */
bool ninjs_is_medium(enum article_type type);

/*
 * Set media's uri to the address of the item's best rendition, the one called
 * main, else the largest, else the first; and its type, if it is unknown, to
 * that rendition's. All that is said of renditions goes to extra: of them a
 * medium has the address alone. FAULT_NO_SPACE
 */
MUST_CHECK enum fault ninjs_take_rendition(struct ninjs_item *item,
					   struct media *media);

/* Add media, which came from at. FAULT_NO_SPACE */
MUST_CHECK enum fault ninjs_add_media(struct ninjs_item *item,
				      const struct json_path *at,
				      struct media media);

/* Once all is read: an item that is a picture or the like, and has a
 * rendition, is its own medium. FAULT_NO_SPACE */
MUST_CHECK enum fault ninjs_add_own_media(struct ninjs_item *item);

/* Add the symbols of an organisation, the object at at, to entity:
 * "NYSE:CUK". FAULT_NO_SPACE */
MUST_CHECK enum fault ninjs_read_symbols(struct ninjs_item *item,
					 const struct json_path *at,
					 struct ninjs_member member,
					 struct entity *entity);

/* The last word of an identifier, in lower case, in the arena; SLICE_NONE: the
 * arena is full.
 *
 *	"stat:Usable" -> "usable", "http://cv.iptc.org/x/picture" -> "picture"
 */
struct slice ninjs_last_word(struct ninjs_item *item, struct slice text);

#endif
