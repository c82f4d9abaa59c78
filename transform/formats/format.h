/* transform/formats/format.h - the wire formats, behind one table. */
#ifndef TRANSFORM_FORMATS_FORMAT_H
#define TRANSFORM_FORMATS_FORMAT_H

#include "transform/article.h"
#include "transform/trace.h"

/* One message being parsed; what the parsers share. */
struct parse {
	struct slice text; /* the message in valid UTF-8, BOM removed;
			      holds no NUL; borrowed */
	struct arena *arena;
	bool trace;	     /* articles get a trace table */
	size_t fault_offset; /* a parser that fails says where, if it can */

	/* What parse_article() and parse_fault() gathered; see transform.c. */
	struct part *parts;
	size_t part_count;
};

struct format {
	const char *name; /* "wire-text": the setting's and lineage's word */
	const char *const *content_types; /* lower case, NULL at the end */

	/* Whether text looks like this format; reads a bounded prefix. */
	bool (*sniff)(struct slice text);

	/*
	 * Find the articles of parse->text. For each, the parser calls
	 * parse_article() and fills what the wire says; a bad part among good
	 * ones is noted by parse_fault(). A fault returned concerns the
	 * message as a whole, and no article of it is published.
	 */
	enum fault (*parse)(struct parse *parse);
};

/* A new article, article_init()ed, as the next part; NULL: arena full. */
struct article *parse_article(struct parse *parse);

/* The next part is bad, by that fault, and its siblings are not.
 * FAULT_NO_SPACE: the arena is full. */
MUST_CHECK enum fault parse_fault(struct parse *parse, enum fault fault,
				  size_t offset);

/* The format of that name, or NULL. */
const struct format *format_by_name(struct slice name);

/* The names, in the order they are tried; NULL at the end. */
const char *const *format_names(void);

/*
 * The format of a message: by its content-type header (parameters and case
 * ignored; SLICE_NONE: no header), else by its bytes. NULL: none fits.
 * A content type that no format claims, or that several do, such as
 * text/plain or application/json, leaves it to the bytes.
 */
const struct format *format_detect(struct slice content_type,
				   struct slice text);

#endif
