/* transform/text/html_tag.h - HTML as a run of texts and tags. */
#ifndef TRANSFORM_TEXT_HTML_TAG_H
#define TRANSFORM_TEXT_HTML_TAG_H

#include "base/slice.h"

/* What a tag does to the text around it. */
enum html_kind {
	HTML_INLINE, /* nothing: b, a, and what is not known */
	HTML_BLOCK,  /* parts two blocks: p, div, hr */
	HTML_HEADING,
	HTML_QUOTE,
	HTML_LIST,
	HTML_ITEM,
	HTML_TABLE,
	HTML_ROW,
	HTML_CELL,
	HTML_PRE,
	HTML_BREAK,
	HTML_RAW, /* holds no text of the article: script, style */
};

struct html_tag {
	enum html_kind kind;
	struct slice name; /* as written, without a namespace's prefix */
	bool closing;	   /* </p> */
	bool empty;	   /* <p/> */
};

enum html_token_kind { HTML_TEXT, HTML_CDATA, HTML_TAG };

/* text and name are borrowed from the document. */
struct html_token {
	enum html_token_kind kind;
	struct slice text; /* HTML_TEXT with its references, HTML_CDATA */
	struct html_tag tag;
};

/* A place in a document. The flags say that a mark is not found from here to
 * the end, so that it is looked for in vain but once. */
struct html_scan {
	const char *at, *end;
	bool no_tag_end, no_comment_end, no_cdata_end, no_declaration_end;
};

static inline struct html_scan html_scan_of(struct slice html)
{
	return (struct html_scan){
		.at = html.ptr,
		.end = html.len ? html.ptr + html.len : html.ptr,
	};
}

/* The next token; comments and declarations are passed over. False: the end. */
bool html_scan_next(struct html_scan *scan, struct html_token *token);

/* Go to the end tag of that name, or to the end. */
void html_scan_skip_raw(struct html_scan *scan, struct slice name);

#endif
