#include "transform/text/html_tag.h"

#include <stdlib.h>

#include "base/ascii.h"

enum { NAME_MAX_LEN = 10 };

struct known_tag {
	char name[NAME_MAX_LEN + 1];
	enum html_kind kind;
};

/* Sorted by strcmp(). */
static const struct known_tag known[] = {
	{ "address", HTML_BLOCK },  { "article", HTML_BLOCK },
	{ "aside", HTML_BLOCK },    { "blockquote", HTML_QUOTE },
	{ "body", HTML_BLOCK },	    { "br", HTML_BREAK },
	{ "caption", HTML_ROW },    { "center", HTML_BLOCK },
	{ "dd", HTML_BLOCK },	    { "details", HTML_BLOCK },
	{ "dir", HTML_LIST },	    { "div", HTML_BLOCK },
	{ "dl", HTML_BLOCK },	    { "dt", HTML_BLOCK },
	{ "fieldset", HTML_BLOCK }, { "figcaption", HTML_BLOCK },
	{ "figure", HTML_BLOCK },   { "footer", HTML_BLOCK },
	{ "form", HTML_BLOCK },	    { "h1", HTML_HEADING },
	{ "h2", HTML_HEADING },	    { "h3", HTML_HEADING },
	{ "h4", HTML_HEADING },	    { "h5", HTML_HEADING },
	{ "h6", HTML_HEADING },	    { "head", HTML_BLOCK },
	{ "header", HTML_BLOCK },   { "hl2", HTML_HEADING }, /* NITF's */
	{ "hr", HTML_BLOCK },	    { "html", HTML_BLOCK },
	{ "iframe", HTML_RAW },	    { "li", HTML_ITEM },
	{ "main", HTML_BLOCK },	    { "menu", HTML_LIST },
	{ "nav", HTML_BLOCK },	    { "noembed", HTML_RAW },
	{ "noframes", HTML_RAW },   { "ol", HTML_LIST },
	{ "p", HTML_BLOCK },	    { "pre", HTML_PRE },
	{ "script", HTML_RAW },	    { "section", HTML_BLOCK },
	{ "style", HTML_RAW },	    { "summary", HTML_BLOCK },
	{ "table", HTML_TABLE },    { "tbody", HTML_ROW },
	{ "td", HTML_CELL },	    { "textarea", HTML_RAW },
	{ "tfoot", HTML_ROW },	    { "th", HTML_CELL },
	{ "thead", HTML_ROW },	    { "title", HTML_RAW },
	{ "tr", HTML_ROW },	    { "ul", HTML_LIST },
};

static int compare_names(const void *key, const void *row)
{
	return strcmp(key, ((const struct known_tag *)row)->name);
}

static enum html_kind kind_of(struct slice name)
{
	char lower[NAME_MAX_LEN + 1] = "";

	if (name.len > NAME_MAX_LEN)
		return HTML_INLINE;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = ascii_lower(name.ptr[i]);
	const struct known_tag *row = bsearch(lower, known,
					      sizeof known / sizeof *known,
					      sizeof *known, compare_names);
	return row ? row->kind : HTML_INLINE;
}

static bool is_name(char c)
{
	return ascii_is_alnum(c) || c == ':' || c == '-' || c == '_' ||
	       c == '.';
}

static const char *skip_spaces(const char *at, const char *end)
{
	while (at < end && ascii_is_space(*at))
		at++;
	return at;
}

/* The > of a tag whose attributes begin at at; NULL when there is none. A
 * quote counts behind a = only: <p don't>. */
static const char *find_tag_end(const char *at, const char *end)
{
	while (at < end && *at != '>') {
		if (*at++ != '=')
			continue;
		at = skip_spaces(at, end);
		if (at == end || (*at != '"' && *at != '\''))
			continue;
		at = memchr(at + 1, *at, (size_t)(end - at - 1));
		if (!at)
			return NULL;
		at++;
	}
	return at < end ? at : NULL;
}

/* The bytes of mark once it was passed, or NULL, which *absent remembers. */
static const char *find_past(struct html_scan *scan, struct slice mark,
			     bool *absent)
{
	const char *found = NULL;

	if (!*absent)
		found = memmem(scan->at, (size_t)(scan->end - scan->at),
			       mark.ptr, mark.len);
	*absent = !found;
	return found ? found + mark.len : NULL;
}

/* Read <name …> or </name …>, if it stands at scan->at. */
static bool read_tag(struct html_scan *scan, struct html_tag *tag)
{
	const char *at = scan->at + 1;
	bool closing = at < scan->end && *at == '/';

	at += closing;
	if (scan->no_tag_end || at >= scan->end || !ascii_is_alpha(*at))
		return false;
	const char *name = at;
	while (at < scan->end && is_name(*at))
		if (*at++ == ':')
			name = at;
	struct slice word = slice_between(name, at);
	const char *end = find_tag_end(at, scan->end);
	scan->no_tag_end = !end;
	if (!end)
		return false;

	*tag = (struct html_tag){ kind_of(word), word, closing,
				  end[-1] == '/' };
	scan->at = end + 1;
	return true;
}

/* Pass over <!-- … -->, <!…> or <?…>, if one stands at scan->at. */
static bool skip_declaration(struct html_scan *scan)
{
	struct slice rest = slice_between(scan->at, scan->end);
	const char *past;

	if (slice_starts(rest, SLICE("<!--")))
		past = find_past(scan, SLICE("-->"), &scan->no_comment_end);
	else if (slice_starts(rest, SLICE("<!")) ||
		 slice_starts(rest, SLICE("<?")))
		past = find_past(scan, SLICE(">"), &scan->no_declaration_end);
	else
		return false;
	if (past)
		scan->at = past;
	return past != NULL;
}

/* Read <![CDATA[ … ]]>, if it stands at scan->at. */
static bool read_cdata(struct html_scan *scan, struct slice *text)
{
	const struct slice open = SLICE("<![CDATA["), close = SLICE("]]>");
	const char *begin = scan->at + open.len;

	if (!slice_starts(slice_between(scan->at, scan->end), open))
		return false;
	const char *past = find_past(scan, close, &scan->no_cdata_end);
	if (!past)
		return false;
	*text = slice_between(begin, past - close.len);
	scan->at = past;
	return true;
}

bool html_scan_next(struct html_scan *scan, struct html_token *token)
{
	while (scan->at < scan->end && *scan->at == '<') {
		token->kind = HTML_TAG;
		if (read_tag(scan, &token->tag))
			return true;
		token->kind = HTML_CDATA;
		if (read_cdata(scan, &token->text))
			return true;
		if (!skip_declaration(scan))
			break;
	}
	if (scan->at >= scan->end)
		return false;

	/* Here a < is text. */
	const char *from = scan->at + 1;
	const char *next = memchr(from, '<', (size_t)(scan->end - from));
	token->kind = HTML_TEXT;
	token->text = slice_between(scan->at, next ? next : scan->end);
	scan->at = next ? next : scan->end;
	return true;
}

void html_scan_skip_raw(struct html_scan *scan, struct slice name)
{
	while (scan->at < scan->end) {
		struct slice rest = slice_between(scan->at, scan->end);
		const char *next = memchr(rest.ptr, '<', rest.len);

		if (!next)
			break;
		rest = slice_between(next, scan->end);
		if (rest.len > name.len + 2 && rest.ptr[1] == '/' &&
		    slice_equal_nocase((struct slice){ next + 2, name.len },
				       name) &&
		    !is_name(next[name.len + 2])) {
			scan->at = next;
			return;
		}
		scan->at = next + 1;
	}
	scan->at = scan->end;
}
