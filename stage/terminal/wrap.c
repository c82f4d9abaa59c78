#include "stage/terminal/wrap.h"

#include "base/utf8.h"
#include "stage/terminal/terminal.h"

static void begin_line(unsigned column, FILE *out)
{
	fprintf(out, "\n%*s", (int)column, "");
}

static void print_line(struct slice line, unsigned column, FILE *out)
{
	size_t at = column;
	struct slice word;

	while (slice_split(&line, ' ', &word)) {
		size_t width = utf8_count(word);
		if (width == 0)
			continue;
		if (at > column && at + 1 + width > WRAP_COLUMNS) {
			begin_line(column, out);
			at = column;
		}
		if (at > column) {
			fputc(' ', out);
			at++;
		}
		terminal_print(word, out);
		at += width;
	}
}

void wrap_print(struct slice text, unsigned column, FILE *out)
{
	struct slice line;

	for (bool first = true; slice_split(&text, '\n', &line);
	     first = false) {
		if (!first)
			begin_line(line.len > 0 ? column : 0, out);
		print_line(line, column, out);
	}
	fputc('\n', out);
}
