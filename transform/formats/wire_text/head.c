#include "transform/formats/wire_text/reader.h"
#include "transform/formats/wire_text/rules.h"
#include "transform/text/count.h"
#include "transform/text/date.h"

enum { HEAD_LINES = 6, DECK_MAX_CHARS = 300, DATE_MAX_BYTES = 64 };

/* A line below the headline that may belong to the head. */
struct candidate {
	struct slice raw;
	const char *behind; /* where its next line begins */
	bool after_blank;
	enum { TEXT, CAPTION, DATE } kind;
	int32_t days; /* of a DATE */
};

struct head {
	struct candidate lines[HEAD_LINES];
	size_t count;
	bool dated; /* a human date ends the head */
};

/* Cleans only what is short enough to be a date: most candidates are body. */
static enum fault classify(struct wire_reader *reader, struct candidate *line)
{
	struct slice text, caption, credit;

	line->kind =
		wire_split_caption(slice_trim(line->raw), &caption, &credit)
			? CAPTION
			: TEXT;
	if (line->raw.len > DATE_MAX_BYTES)
		return FAULT_NONE;
	enum fault fault = wire_clean(reader, line->raw, &text);
	if (!fault && date_parse_human(text, &line->days))
		line->kind = DATE;
	return fault;
}

/* Read the candidates, and go back to the first. */
static enum fault look_ahead(struct wire_reader *reader, struct head *head)
{
	const char *start = reader->at;
	enum fault fault = FAULT_NONE;

	while (!fault && head->count < HEAD_LINES) {
		struct candidate *line = &head->lines[head->count];
		if (!wire_next(reader, &line->raw))
			break;
		line->behind = reader->at;
		line->after_blank = reader->after_blank;
		fault = classify(reader, line);
		head->count++;
	}
	reader->at = start;
	return fault;
}

/* How many candidates a human date ends the head with; 0: none does. */
static size_t count_to_date(const struct head *head)
{
	size_t texts = 0;
	bool parted = false, last_parted = false;

	for (size_t i = 0; i < head->count; i++) {
		parted |= head->lines[i].after_blank;
		if (head->lines[i].kind == DATE)
			return texts > 1 && last_parted ? 0 : i + 1;
		if (head->lines[i].kind == CAPTION)
			continue;
		texts++;
		last_parted = parted;
	}
	return 0;
}

/* How many candidates stand before the first blank line; 0: none comes. */
static size_t count_to_blank(const struct head *head)
{
	for (size_t i = 0; i < head->count; i++)
		if (head->lines[i].after_blank)
			return i;
	return 0;
}

static size_t count_to_second_text(const struct head *head)
{
	size_t texts = 0, i = 0;

	while (i < head->count) {
		texts += head->lines[i].kind == TEXT;
		if (texts > 1)
			break;
		i++;
	}
	return i;
}

static size_t count_head(struct head *head)
{
	size_t end = count_to_date(head);

	head->dated = end > 0;
	if (end == 0 && head->count > 0 && !head->lines[0].after_blank) {
		end = count_to_blank(head);
		if (end == 0)
			end = count_to_second_text(head);
	}
	return end;
}

/* Add a line to the deck, which takes it up as if it had been wrapped. */
static enum fault join(struct wire_reader *reader, struct slice raw,
		       struct slice text)
{
	struct slice *deck = &reader->article->deck;

	if (!deck->ptr) {
		reader->deck_line = raw;
		*deck = text;
		return FAULT_NONE;
	}
	*deck = arena_printf(reader->parse->arena, "%s %s", deck->ptr,
			     text.ptr);
	return deck->ptr ? FAULT_NONE : FAULT_NO_SPACE;
}

static enum fault take_date(struct wire_reader *reader,
			    const struct candidate *line)
{
	if (line->days == reader->article->date)
		return FAULT_NONE;
	return article_warn(reader->article, reader->parse->arena,
			    "date-conflict");
}

static enum fault take_line(struct wire_reader *reader,
			    const struct candidate *line)
{
	struct slice text;
	bool taken = false;

	if (line->kind == DATE)
		return take_date(reader, line);
	enum fault fault = wire_clean(reader, line->raw, &text);
	if (!fault)
		fault = wire_take_caption(reader, line->raw, text, &taken);
	if (fault || taken)
		return fault;
	return join(reader, line->raw, text);
}

enum fault wire_read_head(struct wire_reader *reader)
{
	struct article *article = reader->article;
	struct head head = { .count = 0 };
	enum fault fault = look_ahead(reader, &head);

	if (fault)
		return fault;
	size_t count = count_head(&head);
	for (size_t i = 0; i < count && !fault; i++)
		fault = take_line(reader, &head.lines[i]);
	if (count > 0)
		reader->at = head.lines[count - 1].behind;
	if (!fault && article->deck.ptr && !head.dated &&
	    text_count(article->deck).chars > DECK_MAX_CHARS)
		fault = wire_deck_to_body(reader);
	return fault;
}
