/* transform/formats/wire_text/reader.h - a wire text, read line by line. */
#ifndef TRANSFORM_FORMATS_WIRE_TEXT_READER_H
#define TRANSFORM_FORMATS_WIRE_TEXT_READER_H

#include "transform/formats/format.h"

/* For the files that parse wire text alone. */
struct wire_reader {
	struct parse *parse;
	struct article *article;
	const char *at, *end;	/* what is not read yet */
	char line_end;		/* '\n' or '\r' */
	bool after_blank;	/* a blank line came before the last one read */
	struct slice deck_line; /* where the deck begins */

	/* For the trace: the line that counted points into. */
	const char *counted;
	unsigned line;
};

void wire_reader_init(struct wire_reader *reader, struct parse *parse);

/* The next line, without its end. False: there is none. */
bool wire_line(struct wire_reader *reader, struct slice *line);

/* The next line that is not blank. False: there is none. */
bool wire_next(struct wire_reader *reader, struct slice *line);

/* line_clean() with the arena of the message. */
MUST_CHECK enum fault wire_clean(struct wire_reader *reader, struct slice raw,
				 struct slice *out);

/* Note that the article's field number index came from the line of raw. */
MUST_CHECK enum fault wire_trace(struct wire_reader *reader, struct slice raw,
				 const char *field, size_t index,
				 const char *rule);

/* Take text as a picture if it is a caption: *taken. raw is where it was. */
MUST_CHECK enum fault wire_take_caption(struct wire_reader *reader,
					struct slice raw, struct slice text,
					bool *taken);

/* What was taken for the deck is the next paragraph of the body. */
MUST_CHECK enum fault wire_deck_to_body(struct wire_reader *reader);

/* The parts of an article behind its headline, in their order. */
MUST_CHECK enum fault wire_read_head(struct wire_reader *reader);
MUST_CHECK enum fault wire_read_body(struct wire_reader *reader);

#endif
