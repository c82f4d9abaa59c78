#include "transform/formats/wire_text/wire_text.h"

#include "transform/formats/wire_text/reader.h"
#include "transform/text/date.h"
#include "transform/topics/tagging.h"

static const char separators[] = " ,";

/* The next word of a clean line, which is cut at separators in its place:
 * each word gets its NUL. The line's own NUL ends the last. */
static bool take_word(char **at, struct slice *word)
{
	*at += strspn(*at, separators);
	if (!**at)
		return false;
	size_t len = strcspn(*at, separators);
	*word = (struct slice){ *at, len };
	*at += len;
	if (**at)
		*(*at)++ = '\0';
	return true;
}

static enum fault read_topics(struct wire_reader *reader, struct slice line,
			      char *at)
{
	enum fault fault = FAULT_NONE;
	struct slice word;

	while (!fault && take_word(&at, &word)) {
		fault = wire_trace(reader, line, "subjects",
				   reader->article->subject_count,
				   "a word of the header line");
		if (!fault)
			fault = subject_declare(reader->article,
						reader->parse->arena, word);
	}
	return fault;
}

static enum fault read_header(struct wire_reader *reader)
{
	struct slice line, text, word;
	enum fault fault = FAULT_NONE, unfit = FAULT_NONE;

	if (!wire_next(reader, &line))
		return FAULT_HEADER_MISSING;
	reader->parse->fault_offset =
		(size_t)(line.ptr - reader->parse->text.ptr);
	fault = wire_clean(reader, line, &text);
	if (fault)
		return fault;

	char *at = (char *)text.ptr;
	if (!take_word(&at, &word) || !slice_equal_nocase(word, SLICE("date")))
		return FAULT_HEADER_MISSING;
	if (!take_word(&at, &word) ||
	    !date_parse_iso(word, &reader->article->date, &unfit))
		return FAULT_HEADER_MISSING;
	if (unfit)
		return unfit;
	fault = wire_trace(reader, line, "date", 0, "the header line's date");
	return fault ? fault : read_topics(reader, line, at);
}

static enum fault read_headline(struct wire_reader *reader)
{
	struct slice line;
	int32_t days;

	reader->parse->fault_offset =
		(size_t)(reader->at - reader->parse->text.ptr);
	if (!wire_next(reader, &line))
		return FAULT_HEADLINE_MISSING;
	enum fault fault = wire_clean(reader, line, &reader->article->headline);
	if (fault)
		return fault;
	if (date_parse_human(reader->article->headline, &days))
		return FAULT_HEADLINE_MISSING;
	return wire_trace(reader, line, "headline", 0,
			  "the first line below the header");
}

/* Only what follows it makes a line a deck. */
static enum fault settle_deck(struct wire_reader *reader)
{
	if (!reader->article->deck.ptr)
		return FAULT_NONE;
	if (reader->article->body_count == 0)
		return wire_deck_to_body(reader);
	return wire_trace(reader, reader->deck_line, "deck", 0,
			  "the text between headline and body");
}

static enum fault parse(struct parse *parse)
{
	struct wire_reader reader;

	wire_reader_init(&reader, parse);
	reader.article = parse_article(parse);
	if (!reader.article)
		return FAULT_NO_SPACE;
	enum fault fault = read_header(&reader);
	if (!fault)
		fault = read_headline(&reader);
	if (!fault)
		fault = wire_read_head(&reader);
	if (!fault)
		fault = wire_read_body(&reader);
	return fault ? fault : settle_deck(&reader);
}

/* Any text that is neither JSON nor markup: where its header line is missing
 * the fault should say so, and not that no format fits. */
static bool sniff(struct slice text)
{
	enum { PREFIX = 256 };
	struct slice prefix = slice_trim(
		slice_head(text, text.len < PREFIX ? text.len : PREFIX));

	return prefix.len == 0 || !strchr("{[<", prefix.ptr[0]);
}

static const char *const content_types[] = { "text/x-wire-text", NULL };

const struct format wire_text_format = {
	.name = "wire-text",
	.content_types = content_types,
	.sniff = sniff,
	.parse = parse,
};
