#include "stage/showcase.h"

#include "consumer/reader.h"
#include "producer/avro/encoder.h"
#include "producer/avro/framing.h"
#include "producer/avro/json.h"
#include "producer/avro/summary.h"
#include "schemas/embedded.h"
#include "stage/terminal.h"

enum { POLL_MS = 100 };

struct showcase {
	struct article_encoder *decoder;
	struct json_form *form;
	struct buffer text;
	size_t shown;
};

static void print_field(const char *before, struct slice text,
			const char *after)
{
	fputs(before, stdout);
	terminal_print(text, stdout);
	fputs(after, stdout);
}

static void print_whole(struct showcase *showcase, const avro_value_t *article)
{
	buffer_clear(&showcase->text);
	if (json_form_print(showcase->form, article, JSON_STYLE_PRETTY,
			    &showcase->text))
		return;
	struct slice text = buffer_slice(&showcase->text);
	fwrite(text.ptr, 1, text.len, stdout);
}

static void show_article(struct showcase *showcase, const struct record *record)
{
	struct slice topics = record_header(record, SLICE("wirestage.topics"));
	struct framing framing;
	struct slice body;
	avro_value_t article;

	if (!framing_read(record->value, &framing, &body) ||
	    !article_decode(showcase->decoder, body, &article))
		return;
	if (showcase->shown++ == 0) {
		printf("\nAn article, as it came out of topic %.*s:\n\n",
		       SLICE_ARG(record->topic));
		print_whole(showcase, &article);
		fputs("\nAnd the others, in a line each:\n\n", stdout);
		return;
	}
	print_field("  ", topics.len ? topics : SLICE("-"), "  ");
	print_field("", record_text(&article, "headline"), "\n");
	print_field("      from ",
		    record_header(record, SLICE("wirestage.origin")), ", ");
	print_field("", record_header(record, SLICE("wirestage.format")), "\n");
}

static void show_deadletter(struct showcase *showcase,
			    const struct record *record)
{
	if (showcase->shown++ == 0)
		printf("\nWhat could not become an article, in topic %.*s, "
		       "its bytes untouched:\n\n",
		       SLICE_ARG(record->topic));
	print_field("  ", record_header(record, SLICE("wirestage.origin")), "");
	print_field(" (key ", record->key, ")\n");
	print_field("      ", record_header(record, SLICE("wirestage.fault")),
		    ": ");
	print_field("",
		    record_header(record, SLICE("__connect.errors.exception."
						"message")),
		    "\n");
}

static enum fault show_topic(struct showcase *showcase,
			     const struct settings *settings, const char *topic,
			     void (*show)(struct showcase *,
					  const struct record *),
			     struct fault_note *note)
{
	const struct reader_config config = {
		.bootstrap_servers = settings->bootstrap_servers,
		.client_id = "wirestage-demo",
		.topic = topic,
		.start.at = START_EARLIEST,
		.ends = true,
		.properties = settings->consumer,
	};
	const struct record *record;
	struct reader *reader;
	enum fault fault = reader_open(&config, &reader, note);

	if (fault)
		return fault;
	showcase->shown = 0;
	while (!fault && !reader_has_ended(reader)) {
		fault = reader_next(reader, POLL_MS, &record, note);
		if (!fault && record)
			show(showcase, record);
	}
	reader_close(reader);
	return fault;
}

enum fault showcase_print(const struct settings *settings,
			  struct fault_note *note)
{
	struct slice schema = embedded_article_schema();
	struct showcase showcase = { .shown = 0 };

	buffer_init(&showcase.text, SIZE_MAX);
	enum fault fault = article_encoder_new(schema, &showcase.decoder, note);
	if (!fault)
		fault = json_form_new(schema, &showcase.form, note);
	if (!fault)
		fault = show_topic(&showcase, settings, settings->output_topic,
				   show_article, note);
	if (!fault)
		fault = show_topic(&showcase, settings,
				   settings->deadletter_topic, show_deadletter,
				   note);
	json_form_free(showcase.form);
	article_encoder_free(showcase.decoder);
	buffer_release(&showcase.text);
	return fault;
}
