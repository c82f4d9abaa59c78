#include "stage/terminal/portrait.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "producer/avro/framing.h"
#include "producer/avro/summary.h"
#include "stage/terminal/wrap.h"
#include "transform/article.h"
#include "transform/text/date.h"

/* Columns where headings, the text below them, and facts begin. */
enum { MARGIN = 2, BODY = 4, LABEL_WIDTH = 8 };
enum { VALUE = MARGIN + LABEL_WIDTH + 2 };

struct portrait {
	const struct record *record;
	const avro_value_t *article;
	const char *bold, *plain; /* what the terminal obeys, or nothing */
	FILE *out;
	struct buffer text; /* of the line on its way */
};

static void add_number(struct buffer *text, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%" PRId64, number);
	buffer_add(text, slice_from(digits));
}

static void print_text(struct portrait *p, struct slice text)
{
	fprintf(p->out, "%*s", BODY, "");
	wrap_print(text, BODY, p->out);
}

static void print_heading(struct portrait *p, struct slice text)
{
	fprintf(p->out, "%s%*s", p->bold, MARGIN, "");
	wrap_print(text, MARGIN, p->out);
	fputs(p->plain, p->out);
}

/* One fact; the label stands before the first of its kind alone. */
static void print_fact(struct portrait *p, const char *label, struct slice text)
{
	fprintf(p->out, "%*s%-*s  ", MARGIN, "", LABEL_WIDTH, label);
	wrap_print(text, VALUE, p->out);
}

static void print_known(struct portrait *p, const char *label,
			const char *field)
{
	struct slice text = record_text(p->article, field);

	if (text.len > 0)
		print_fact(p, label, text);
}

static void print_list(struct portrait *p, const char *label, const char *field)
{
	avro_value_t list;
	size_t count = record_list(p->article, field, &list);

	buffer_clear(&p->text);
	for (size_t i = 0; i < count; i++) {
		buffer_add(&p->text, i > 0 ? SLICE(", ") : SLICE(""));
		buffer_add(&p->text, record_text_item(&list, i));
	}
	if (count > 0)
		print_fact(p, label, buffer_slice(&p->text));
}

/* "POLITICS (declared: the wire said POLITICS; medtop:11000000)" */
static void print_topic(struct portrait *p, const char *label,
			const avro_value_t *subject)
{
	enum subject_creator creator = (enum subject_creator)record_number(
		subject, "creator", SUBJECT_CREATOR_UNKNOWN);
	avro_value_t evidence;
	struct slice uri = record_text(subject, "uri");
	struct slice said = uri;

	if (record_list(subject, "evidence", &evidence) > 0)
		said = record_text_item(&evidence, 0);
	buffer_clear(&p->text);
	buffer_add(&p->text, record_text(subject, "topic"));
	buffer_add(&p->text, SLICE(" ("));
	buffer_add(&p->text, slice_from(subject_creator_word(creator)));
	buffer_add(&p->text, SLICE(": the wire said "));
	buffer_add(&p->text, said);
	if (uri.len > 0 && !slice_equal(said, uri)) {
		buffer_add(&p->text, SLICE("; "));
		buffer_add(&p->text, uri);
	}
	buffer_add(&p->text, SLICE(")"));
	print_fact(p, label, buffer_slice(&p->text));
}

static void print_topics(struct portrait *p)
{
	const char *label = "topics";
	avro_value_t list;
	size_t count = record_list(p->article, "subjects", &list);

	for (size_t i = 0; i < count; i++) {
		avro_value_t subject = record_item(&list, i);
		if (record_text(&subject, "topic").len == 0)
			continue;
		print_topic(p, label, &subject);
		label = "";
	}
}

/* The day that the wire states, or else the instant of this version. */
static void print_date(struct portrait *p)
{
	int64_t days = record_number(p->article, "date", ARTICLE_NO_DATE);
	int64_t ms =
		record_number(p->article, "versionCreated", ARTICLE_NO_TIME);
	char text[INSTANT_TEXT_SIZE];

	if (days != ARTICLE_NO_DATE)
		date_format((int32_t)days, text);
	else if (ms != ARTICLE_NO_TIME)
		instant_format(ms, text);
	else
		return;
	print_fact(p, "date", slice_from(text));
}

static void print_status(struct portrait *p)
{
	enum pub_status status = (enum pub_status)record_number(
		p->article, "pubStatus", PUB_STATUS_UNKNOWN);
	enum signal signal =
		(enum signal)record_number(p->article, "signal", SIGNAL_NONE);

	buffer_clear(&p->text);
	buffer_add(&p->text, slice_from(pub_status_word(status)));
	if (signal != SIGNAL_NONE) {
		buffer_add(&p->text, SLICE(", "));
		buffer_add(&p->text, slice_from(signal_word(signal)));
	}
	buffer_add(&p->text, SLICE("; "));
	add_number(&p->text, record_number(p->article, "wordCount", 0));
	buffer_add(&p->text, SLICE(" words"));
	print_fact(p, "status", buffer_slice(&p->text));
}

static void print_body(struct portrait *p)
{
	avro_value_t list;
	size_t count = record_list(p->article, "body", &list);

	for (size_t i = 0; i < count; i++) {
		avro_value_t block = record_item(&list, i);
		struct slice text = record_text(&block, "text");

		fputc('\n', p->out);
		if (record_number(&block, "role", 0) == BLOCK_ROLE_CROSSHEAD)
			print_heading(p, text);
		else
			print_text(p, text);
	}
}

/* "Deputies applaud in Port Varenna. / Northgate Wire" */
static void print_medium(struct portrait *p, const avro_value_t *medium)
{
	enum article_type type = (enum article_type)record_number(
		medium, "type", ARTICLE_TYPE_UNKNOWN);
	struct slice caption = record_text(medium, "caption");
	struct slice credit = record_text(medium, "credit");

	if (caption.len == 0)
		caption = record_text(medium, "headline");
	buffer_clear(&p->text);
	buffer_add(&p->text,
		   caption.len > 0 ? caption : record_text(medium, "uri"));
	if (credit.len > 0) {
		buffer_add(&p->text, SLICE(" / "));
		buffer_add(&p->text, credit);
	}
	print_fact(p, article_type_word(type), buffer_slice(&p->text));
}

static void print_media(struct portrait *p)
{
	avro_value_t list;
	size_t count = record_list(p->article, "media", &list);

	if (count > 0)
		fputc('\n', p->out);
	for (size_t i = 0; i < count; i++) {
		avro_value_t medium = record_item(&list, i);
		print_medium(p, &medium);
	}
}

/* "raw/0/3/0 (topic/partition/offset/part), read as wire-text" */
static void print_origin(struct portrait *p)
{
	buffer_clear(&p->text);
	buffer_add(&p->text, record_header(p->record, SLICE("wirestage."
							    "origin")));
	buffer_add(&p->text, SLICE(" (topic/partition/offset/part), read as "));
	buffer_add(&p->text, record_header(p->record, SLICE("wirestage."
							    "format")));
	print_fact(p, "from", buffer_slice(&p->text));
}

/* "articles/1/3, 1946 bytes of Avro, schema 94dc96e3c1b6118c" */
static void print_record(struct portrait *p)
{
	struct framing framing;
	struct slice body;
	char schema[32];

	buffer_clear(&p->text);
	buffer_add(&p->text, p->record->topic);
	buffer_add(&p->text, SLICE("/"));
	add_number(&p->text, p->record->partition);
	buffer_add(&p->text, SLICE("/"));
	add_number(&p->text, p->record->offset);
	buffer_add(&p->text, SLICE(", "));
	add_number(&p->text, (int64_t)p->record->value.len);
	buffer_add(&p->text, SLICE(" bytes of Avro"));
	if (framing_read(p->record->value, &framing, &body) &&
	    framing.kind == FRAMING_SINGLE_OBJECT) {
		snprintf(schema, sizeof schema, ", schema %016" PRIx64,
			 framing.fingerprint);
		buffer_add(&p->text, slice_from(schema));
	}
	print_fact(p, "record", buffer_slice(&p->text));
}

void portrait_print(const struct record *record, const avro_value_t *article,
		    bool bold, FILE *out)
{
	struct portrait p = {
		.record = record,
		.article = article,
		.bold = bold ? "\033[1m" : "",
		.plain = bold ? "\033[0m" : "",
		.out = out,
	};
	struct slice title = record_text(article, "headline");
	struct slice deck = record_text(article, "deck");

	buffer_init(&p.text, SIZE_MAX);
	print_heading(&p, title.len > 0 ? title : record_text(article, "uri"));
	if (deck.len > 0)
		print_text(&p, deck);
	fputc('\n', out);
	print_topics(&p);
	print_date(&p);
	print_status(&p);
	print_known(&p, "by", "by");
	print_list(&p, "warnings", "warnings");
	print_body(&p);
	print_media(&p);
	fputc('\n', out);
	print_known(&p, "uri", "uri");
	print_origin(&p);
	print_record(&p);
	buffer_release(&p.text);
}

size_t portrait_variety(const avro_value_t *article)
{
	avro_value_t list;
	size_t variety = record_list(article, "media", &list) +
			 (record_text(article, "deck").len > 0);
	size_t count = record_list(article, "body", &list);

	for (size_t i = 0; i < count; i++) {
		avro_value_t block = record_item(&list, i);
		variety += record_number(&block, "role", 0) ==
			   BLOCK_ROLE_CROSSHEAD;
	}
	return variety;
}
