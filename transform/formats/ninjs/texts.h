/* transform/formats/ninjs/texts.h - headlines, descriptions and bodies. */
#ifndef TRANSFORM_FORMATS_NINJS_TEXTS_H
#define TRANSFORM_FORMATS_NINJS_TEXTS_H

#include "transform/article.h"
#include "transform/formats/json.h"

struct ninjs_item;

/* One of several texts for the same purpose. All but at is borrowed from the
 * document. */
struct ninjs_text {
	struct slice role;    /* none: not stated */
	struct slice type;    /* media type; none: not stated */
	const json_t *value;  /* a string */
	const json_t *whole;  /* the object with it, or value */
	struct json_path *at; /* of whole; lives in the arena */
	bool bare;	      /* ninjs 1.x: "headline" as such */
	bool markup;	      /* HTML or the like */
	bool left;	      /* was taken, or is in extra */
};

/* Lives in the arena. */
struct ninjs_texts {
	struct ninjs_text *items;
	size_t count;
};

/*
 * ninjs says one thing in several ways: 1.x in a property each ("body_main",
 * "body_xhtml"), 2.x and 3.x in arrays of objects with a role and a content
 * type. Texts are gathered first, then the best is chosen:
 *
 * headline   the bare property, else role main, else without role, else first;
 *            deck: the first whose role is deck, sub, subheadline or the like
 * abstract   role abstract, summary or caption, else text, main or none, else
 *            the first; plain text before markup
 * body       as abstract, markup before plain text, since it tells
 *            paragraphs, crossheads and tables apart
 *
 * Of plain text the paragraphs are what blank lines part; where there is no
 * blank line, each line is one.
 *
 * The others go to extra whole, save those that hold the same words as the
 * chosen one in another form. A blank string says nothing.
 */

/*
 * Gather the texts of a property if it is one of these kinds. *taken says
 * whether it is. What at is below must live until the texts are chosen.
 *
 * FAULT_NO_SPACE  the arena is full
 */
MUST_CHECK enum fault ninjs_texts_gather(struct ninjs_item *item,
					 const struct json_path *at,
					 const json_t *value, bool *taken);

/*
 * Choose each text, once; *out is SLICE_NONE, and the body empty, if there is
 * none. deck NULL: there is no such field.
 *
 * FAULT_NO_SPACE  the arena is full
 */
MUST_CHECK enum fault ninjs_choose_headline(struct ninjs_item *item,
					    struct slice *headline,
					    struct slice *deck);
MUST_CHECK enum fault ninjs_choose_abstract(struct ninjs_item *item,
					    struct slice *out);
MUST_CHECK enum fault ninjs_choose_body(struct ninjs_item *item);

/* Last, all texts that were not chosen go to extra. FAULT_NO_SPACE */
MUST_CHECK enum fault ninjs_choose_none(struct ninjs_item *item);

/* Whether word is in list, which NULL ends, in any case of ASCII. */
bool ninjs_word_among(struct slice word, const char *const *list);

/* Whether a media type says HTML, XHTML or another XML. */
bool ninjs_type_is_markup(struct slice type);

#endif
