#include "transform/text/html.h"

#include <assert.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "transform/text/entity.h"
#include "transform/text/html_tag.h"
#include "transform/text/line.h"
#include "transform/text/preformatted.h"

/* Of work for each byte: tags and references are looked up. */
enum { HTML_STEPS = 2 };

/* One reading of a document. The raw text of the block being read lies
 * between text and to, in a buffer of the document's size: no tag or
 * reference stands for more bytes than it has. */
struct reader {
	struct html_scan scan;
	struct arena *arena;
	struct html_blocks out;
	char *text, *to;
	size_t quotes, lists, tables; /* elements open */
	bool item, heading, pre;
	bool cell;    /* the row has a cell already */
	size_t broke; /* bytes of text up to and with the last br; 0 none */
};

static enum block_role role_now(const struct reader *r)
{
	if (r->tables)
		return BLOCK_ROLE_TABLE;
	if (r->pre)
		return BLOCK_ROLE_PREFORMATTED;
	if (r->heading)
		return BLOCK_ROLE_CROSSHEAD;
	if (r->quotes)
		return BLOCK_ROLE_QUOTE;
	return r->lists || r->item ? BLOCK_ROLE_LIST_ITEM
				   : BLOCK_ROLE_PARAGRAPH;
}

/* Whether text shows nothing: white space, NBSP, the bars between cells. */
static bool is_blank(struct slice text, bool bars)
{
	while (text.len > 0) {
		size_t len = slice_starts(text, SLICE("\xc2\xa0")) ? 2 : 1;

		if (len == 1 && !ascii_is_space(*text.ptr) &&
		    !(bars && *text.ptr == '|'))
			return false;
		text = slice_skip(text, len);
	}
	return true;
}

/* The block that was read so far is whole. */
static enum fault end_block(struct reader *r)
{
	struct slice raw = slice_between(r->text, r->to);
	enum block_role role = role_now(r);
	struct slice text;

	r->to = r->text;
	r->broke = 0;
	r->cell = false;
	if (is_blank(raw, role == BLOCK_ROLE_TABLE))
		return FAULT_NONE;

	enum fault fault = role == BLOCK_ROLE_PREFORMATTED
				   ? preformatted_clean(raw, r->arena, &text)
				   : line_clean(raw, r->arena, &text);
	if (fault || !text.ptr)
		return fault;
	struct block *grown =
		arena_grow(r->arena, r->out.items, r->out.count, sizeof *grown);
	if (!grown)
		return FAULT_NO_SPACE;
	r->out.items = grown;
	grown[r->out.count++] = (struct block){ role, text };
	return FAULT_NONE;
}

static void append(struct reader *r, struct slice text)
{
	memcpy(r->to, text.ptr, text.len);
	r->to += text.len;
}

static enum fault read_break(struct reader *r)
{
	struct slice since = slice_between(r->text + r->broke, r->to);

	if (r->broke && !r->pre && !r->tables && is_blank(since, false))
		return end_block(r);
	append(r, r->pre ? SLICE("\n") : SLICE(" "));
	r->broke = (size_t)(r->to - r->text);
	return FAULT_NONE;
}

static void count_element(size_t *open, bool closing)
{
	if (!closing)
		++*open;
	else if (*open)
		--*open;
}

/* A tag between blocks: end the block, then note what the next one is in. */
static enum fault read_boundary(struct reader *r, struct html_tag tag)
{
	enum fault fault = end_block(r);

	switch (tag.kind) {
	case HTML_HEADING:
		r->heading = !tag.closing;
		break;
	case HTML_PRE:
		r->pre = !tag.closing;
		break;
	case HTML_ITEM:
		r->item = !tag.closing;
		break;
	case HTML_LIST:
		r->item = false;
		count_element(&r->lists, tag.closing);
		break;
	case HTML_QUOTE:
		count_element(&r->quotes, tag.closing);
		break;
	case HTML_TABLE:
		count_element(&r->tables, tag.closing);
		break;
	default:
		/* A heading that is never closed ends here. */
		r->heading = false;
	}
	return fault;
}

static void read_cell(struct reader *r, struct html_tag tag)
{
	if (!tag.closing && r->cell)
		append(r, SLICE(" | "));
	r->cell = true;
}

static enum fault read_tag(struct reader *r, struct html_tag tag)
{
	bool in_cell = r->tables && tag.kind != HTML_TABLE &&
		       tag.kind != HTML_ROW;

	switch (tag.kind) {
	case HTML_INLINE:
		return FAULT_NONE;
	case HTML_RAW:
		if (!tag.closing && !tag.empty)
			html_scan_skip_raw(&r->scan, tag.name);
		return FAULT_NONE;
	case HTML_BREAK:
		return read_break(r);
	case HTML_CELL:
		if (!in_cell)
			break;
		read_cell(r, tag);
		return FAULT_NONE;
	default:
		if (!in_cell)
			break;
		append(r, SLICE(" "));
		return FAULT_NONE;
	}
	return read_boundary(r, tag);
}

/* Text up to the next tag, its references replaced. */
static void read_text(struct reader *r, struct slice text)
{
	while (text.len > 0) {
		const char *mark = memchr(text.ptr, '&', text.len);
		size_t plain = mark ? (size_t)(mark - text.ptr) : text.len;
		size_t len = 1;

		append(r, slice_head(text, plain));
		text = slice_skip(text, plain);
		if (!mark)
			return;
		uint32_t code = entity_decode(text, &len);
		if (code)
			r->to += utf8_encode(code, r->to);
		else
			*r->to++ = '&';
		text = slice_skip(text, len);
	}
}

static enum fault read_all(struct reader *r)
{
	struct html_token token;
	enum fault fault = FAULT_NONE;

	while (!fault && html_scan_next(&r->scan, &token)) {
		if (token.kind == HTML_TAG)
			fault = read_tag(r, token.tag);
		else if (token.kind == HTML_CDATA)
			append(r, token.text);
		else
			read_text(r, token.text);
	}
	return fault ? fault : end_block(r);
}

enum fault html_blocks(struct slice html, struct arena *arena,
		       struct html_blocks *out)
{
	assert(arena && out);

	char *text = arena_bytes(arena, html.len);
	if (!text || !arena_work(arena, html.len * HTML_STEPS))
		return FAULT_NO_SPACE;
	struct reader r = {
		.scan = html_scan_of(html),
		.arena = arena,
		.text = text,
		.to = text,
	};
	enum fault fault = read_all(&r);

	if (!fault)
		*out = r.out;
	return fault;
}

enum fault html_line(struct slice html, struct arena *arena, struct slice *out)
{
	struct html_blocks blocks;
	struct slice raw = SLICE_NONE;
	enum fault fault = html_blocks(html, arena, &blocks);

	if (fault)
		return fault;
	if (blocks.count > 1) {
		for (size_t i = 0; i < blocks.count; i++)
			raw.len += blocks.items[i].text.len + 1;
		char *to = arena_bytes(arena, raw.len);
		if (!to)
			return FAULT_NO_SPACE;
		raw.ptr = to;
		for (size_t i = 0; i < blocks.count; i++) {
			struct slice text = blocks.items[i].text;
			memcpy(to, text.ptr, text.len);
			to[text.len] = ' ';
			to += text.len + 1;
		}
	} else if (blocks.count == 1) {
		raw = blocks.items[0].text;
	}
	/* Again, since preformatted text keeps its line breaks. */
	return line_clean(raw, arena, out);
}
