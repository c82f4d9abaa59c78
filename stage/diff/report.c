#include "stage/diff/report.h"

#include <assert.h>
#include <inttypes.h>

#include "base/utf8.h"
#include "stage/terminal/terminal.h"

/* What a terminal obeys: for headings, what went and what came. */
#define BOLD "\033[1m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

enum { COLUMNS = 78, MARGIN = 4 };

static void print_colour(const struct report *report, const char *code,
			 FILE *out)
{
	if (report->colour)
		fputs(code, out);
}

/* As much of text as fits behind column, and a newline. */
static void print_line(struct slice text, size_t column, FILE *out)
{
	size_t room = COLUMNS - column, len = 0;
	uint32_t code;

	for (size_t n = 0; n < room && len < text.len; n++)
		len += utf8_decode(slice_skip(text, len), &code);
	terminal_print(slice_head(text, len), out);
	fputs(len < text.len ? "…\n" : "\n", out);
}

static void print_heading(const struct report *report, const char *text,
			  FILE *out)
{
	fputc('\n', out);
	print_colour(report, BOLD, out);
	fputs(text, out);
	print_colour(report, PLAIN, out);
	fputc('\n', out);
}

/* "before  a.avro: 7 articles; transform 1, vocabulary 1 (and others)" */
static void print_side(const char *label, const char *path,
		       const struct side *side, FILE *out)
{
	const char *separator = "; ";

	fprintf(out, "%-7s ", label);
	terminal_print(slice_from(path), out);
	fprintf(out, ": %" PRIu64 " article%s", side->articles,
		side->articles == 1 ? "" : "s");
	for (int i = 0; i < DIFF_VERSIONS; i++) {
		const struct version *version = &side->versions[i];
		if (!*version->text && !version->varies)
			continue;
		fprintf(out, "%s%s ", separator,
			diff_version_name((enum diff_version)i));
		terminal_print(slice_from(*version->text ? version->text
							 : "none"),
			       out);
		fputs(version->varies ? " (and others)" : "", out);
		separator = ", ";
	}
	fputc('\n', out);
}

static void print_count(uint64_t count, const char *what, FILE *out)
{
	fprintf(out, "%10" PRIu64 "  %s\n", count, what);
}

static void print_fields(const struct report *report, FILE *out)
{
	const struct comparison *c = report->comparison;

	if (c->changed == 0)
		return;
	print_heading(report, "Fields that changed, and in how many articles",
		      out);
	for (size_t i = 0; i < c->field_count; i++)
		if (c->fields[i].articles > 0)
			print_count(c->fields[i].articles, c->fields[i].name,
				    out);
}

/* "        +2          -1  POLITICS"; nothing where a count is 0. */
static void print_topic(const struct report *report, uint64_t came,
			uint64_t went, struct slice code, FILE *out)
{
	const struct {
		uint64_t count;
		char sign;
		const char *colour;
	} sides[] = { { came, '+', GREEN }, { went, '-', RED } };
	char text[24];

	for (int i = 0; i < 2; i++) {
		*text = '\0';
		if (sides[i].count > 0)
			snprintf(text, sizeof text, "%c%" PRIu64, sides[i].sign,
				 sides[i].count);
		print_colour(report, sides[i].colour, out);
		fprintf(out, "%10s", text);
		print_colour(report, PLAIN, out);
	}
	fputs("  ", out);
	terminal_print(code, out);
	fputc('\n', out);
}

static void print_topics(const struct report *report, FILE *out)
{
	const struct topic_counts *topics = &report->comparison->topics;

	if (topics->count == 0 && !topics->others_came && !topics->others_went)
		return;
	print_heading(report,
		      "Topics that came to articles (+) and went from them (-)",
		      out);
	for (size_t i = 0; i < topics->count; i++)
		print_topic(report, topics->items[i].came,
			    topics->items[i].went,
			    slice_from(topics->items[i].code), out);
	if (topics->others_came || topics->others_went)
		print_topic(report, topics->others_came, topics->others_went,
			    SLICE("all others"), out);
}

/* Its headline, and below where it came from and its URI. */
static void print_article(const struct example *example, FILE *out)
{
	struct slice headline = example_text(example, EXAMPLE_HEADLINE);
	char place[80];

	fputs("  ", out);
	print_line(headline.len > 0 ? headline : SLICE("(no headline)"), 2,
		   out);
	fprintf(out, "%*s", MARGIN, "");
	terminal_print(example_text(example, EXAMPLE_TOPIC), out);
	snprintf(place, sizeof place, "/%" PRId64 "/%" PRId64 "/%" PRId64 "  ",
		 example->partition, example->offset, example->part);
	fputs(place, out);
	terminal_print(example_text(example, EXAMPLE_URI), out);
	fputc('\n', out);
}

static void print_value(const struct report *report, const char *sign,
			const char *colour, struct slice value, FILE *out)
{
	print_colour(report, colour, out);
	fprintf(out, "%*s%s ", MARGIN, "", sign);
	print_line(value, MARGIN + 2, out);
	print_colour(report, PLAIN, out);
}

static void print_changes(const struct report *report,
			  const struct field_change *field, FILE *out)
{
	char heading[sizeof field->name + 16];

	if (field->examples.count == 0)
		return;
	snprintf(heading, sizeof heading, "Changes of %s", field->name);
	print_heading(report, heading, out);
	for (size_t i = 0; i < field->examples.count; i++) {
		const struct example *example = &field->examples.items[i];
		print_article(example, out);
		print_value(report, "-", RED,
			    example_text(example, EXAMPLE_BEFORE), out);
		print_value(report, "+", GREEN,
			    example_text(example, EXAMPLE_AFTER), out);
	}
}

static void print_only(const struct report *report, const char *heading,
		       const struct examples *examples, FILE *out)
{
	if (examples->count == 0)
		return;
	print_heading(report, heading, out);
	for (size_t i = 0; i < examples->count; i++)
		print_article(&examples->items[i], out);
}

void report_print(const struct report *report, FILE *out)
{
	assert(report && out);

	const struct comparison *c = report->comparison;

	print_side("before", report->before_path, &c->before, out);
	print_side("after", report->after_path, &c->after, out);
	fputc('\n', out);
	print_count(c->equal, "equal", out);
	print_count(c->changed, "changed", out);
	print_count(c->before.only, "only in before", out);
	print_count(c->after.only, "only in after", out);
	print_fields(report, out);
	print_topics(report, out);
	for (size_t i = 0; i < c->field_count; i++)
		print_changes(report, &c->fields[i], out);
	print_only(report, "Only in before", &c->before.examples, out);
	print_only(report, "Only in after", &c->after.examples, out);
}
