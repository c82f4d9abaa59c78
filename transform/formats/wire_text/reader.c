#include "transform/formats/wire_text/reader.h"

#include "transform/formats/wire_text/rules.h"
#include "transform/text/line.h"

void wire_reader_init(struct wire_reader *reader, struct parse *parse)
{
	struct slice text = parse->text;
	bool has_lf = text.len && memchr(text.ptr, '\n', text.len);

	*reader = (struct wire_reader){
		.parse = parse,
		.at = text.ptr,
		.end = text.ptr + text.len,
		.line_end = has_lf ? '\n' : '\r',
		.counted = text.ptr,
		.line = 1,
	};
}

bool wire_line(struct wire_reader *reader, struct slice *line)
{
	if (reader->at == reader->end)
		return false;

	size_t left = (size_t)(reader->end - reader->at);
	const char *found = memchr(reader->at, reader->line_end, left);
	*line = slice_between(reader->at, found ? found : reader->end);
	reader->at = found ? found + 1 : reader->end;
	return true;
}

bool wire_next(struct wire_reader *reader, struct slice *line)
{
	reader->after_blank = false;
	while (wire_line(reader, line)) {
		if (!line_is_blank(*line))
			return true;
		reader->after_blank = true;
	}
	return false;
}

enum fault wire_clean(struct wire_reader *reader, struct slice raw,
		      struct slice *out)
{
	return line_clean(raw, reader->parse->arena, out);
}

enum fault wire_trace(struct wire_reader *reader, struct slice raw,
		      const char *field, size_t index, const char *rule)
{
	if (!reader->article->trace)
		return FAULT_NONE;
	if (raw.ptr < reader->counted) {
		reader->counted = reader->parse->text.ptr;
		reader->line = 1;
	}
	for (; reader->counted < raw.ptr; reader->counted++)
		reader->line += *reader->counted == reader->line_end;
	return trace_add(reader->article->trace, reader->parse->arena,
			 (struct trace_entry){ .field = field,
					       .index = index,
					       .line = reader->line,
					       .rule = rule });
}

enum fault wire_take_caption(struct wire_reader *reader, struct slice raw,
			     struct slice text, bool *taken)
{
	struct arena *arena = reader->parse->arena;
	struct article *article = reader->article;
	struct media media = { .type = ARTICLE_TYPE_PICTURE };

	*taken = wire_split_caption(text, &media.caption, &media.credit);
	if (!*taken)
		return FAULT_NONE;
	media.credit = arena_copy(arena, media.credit);
	media.caption = arena_copy(arena, slice_trim(media.caption));
	if (!media.credit.ptr || !media.caption.ptr)
		return FAULT_NO_SPACE;
	enum fault fault =
		wire_trace(reader, raw, "media", article->media_count,
			   "a line that ends in \" / \" and a credit");
	return fault ? fault : article_add_media(article, arena, media);
}
