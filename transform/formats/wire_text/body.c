#include "transform/formats/wire_text/reader.h"
#include "transform/formats/wire_text/rules.h"
#include "transform/text/line.h"

/* The body's blocks so far: what the last ones may turn out to be. */
struct body {
	bool parted;	   /* by blank lines */
	bool last_short;   /* the last block may be a crosshead */
	bool before_plain; /* the block before it is surely a paragraph */
};

/* Whether a blank line parts two that are not. */
static bool is_parted(struct wire_reader *reader)
{
	const char *start = reader->at;
	struct slice line;
	bool parted = false;

	if (wire_next(reader, &line))
		while (!parted && wire_next(reader, &line))
			parted = reader->after_blank;
	reader->at = start;
	return parted;
}

/* The next block: its lines from the first to the last. */
static bool next_block(struct wire_reader *reader, const struct body *body,
		       struct slice *block, bool *one_line)
{
	struct slice line;

	*one_line = true;
	if (!wire_next(reader, block))
		return false;
	while (body->parted && wire_line(reader, &line) &&
	       !line_is_blank(line)) {
		*block = slice_between(block->ptr, line.ptr + line.len);
		*one_line = false;
	}
	return true;
}

/* A short line is a crosshead once a paragraph has come before and behind. */
static void settle_last(struct article *article, struct body *body,
			bool is_short)
{
	if (body->last_short && body->before_plain && !is_short)
		article->body[article->body_count - 1].role =
			BLOCK_ROLE_CROSSHEAD;
	body->before_plain = article->body_count > 0 && !body->last_short;
	body->last_short = is_short;
}

static enum fault add_block(struct wire_reader *reader, struct body *body,
			    struct slice raw, bool one_line)
{
	struct article *article = reader->article;
	struct slice text;
	bool taken = false;
	enum fault fault = wire_clean(reader, raw, &text);

	if (!fault)
		fault = wire_take_caption(reader, raw, text, &taken);
	if (fault || taken)
		return fault;
	settle_last(article, body, one_line && wire_is_short(text));
	fault = wire_trace(reader, raw, "body", article->body_count,
			   body->parted ? "the lines between two blank lines"
					: "a line of its own");
	return fault ? fault
		     : article_add_block(article, reader->parse->arena,
					 BLOCK_ROLE_PARAGRAPH, text);
}

enum fault wire_deck_to_body(struct wire_reader *reader)
{
	struct article *article = reader->article;
	enum fault fault = wire_trace(reader, reader->deck_line, "body",
				      article->body_count,
				      "text too long for a deck, or all of it");

	if (!fault)
		fault = article_add_block(article, reader->parse->arena,
					  BLOCK_ROLE_PARAGRAPH, article->deck);
	article->deck = SLICE_NONE;
	return fault;
}

enum fault wire_read_body(struct wire_reader *reader)
{
	struct body body = { .parted = is_parted(reader) };
	enum fault fault = FAULT_NONE;
	struct slice block;
	bool one_line;

	while (!fault && next_block(reader, &body, &block, &one_line))
		fault = add_block(reader, &body, block, one_line);
	return fault;
}
