#include "stage/terminal/showcase.h"

#include <unistd.h>

#include "consumer/reader.h"
#include "producer/avro/encoder.h"
#include "producer/avro/framing.h"
#include "producer/avro/summary.h"
#include "schemas/embedded.h"
#include "stage/terminal/portrait.h"
#include "stage/terminal/terminal.h"
#include "stage/terminal/wrap.h"

enum { REASON = 6 }; /* the column where a reason begins */

struct showcase {
	struct article_encoder *decoder;
	size_t shown;
	size_t variety;	      /* the most in any article so far */
	struct buffer origin; /* of that article */
};

/* The article in record; false: it is none of this program's. */
static bool read_article(struct showcase *showcase, const struct record *record,
			 avro_value_t *article)
{
	struct framing framing;
	struct slice body;

	return framing_read(record->value, &framing, &body) &&
	       article_decode(showcase->decoder, body, article);
}

static struct slice origin_of(const struct record *record)
{
	return record_header(record, SLICE("wirestage.origin"));
}

/* Find the article that shows most; among equals, the one first read. */
static void choose(struct showcase *showcase, const struct record *record)
{
	avro_value_t article;

	if (!read_article(showcase, record, &article))
		return;
	size_t variety = 1 + portrait_variety(&article);
	if (variety <= showcase->variety)
		return;
	showcase->variety = variety;
	buffer_clear(&showcase->origin);
	buffer_add(&showcase->origin, origin_of(record));
}

static bool is_chosen(const struct showcase *showcase,
		      const struct record *record)
{
	return slice_equal(origin_of(record), buffer_slice(&showcase->origin));
}

static void show_chosen(struct showcase *showcase, const struct record *record)
{
	avro_value_t article;

	if (!is_chosen(showcase, record) ||
	    !read_article(showcase, record, &article))
		return;
	printf("\nOne of the articles, read back from topic %.*s:\n\n",
	       SLICE_ARG(record->topic));
	portrait_print(record, &article, isatty(STDOUT_FILENO), stdout);
}

static void print_field(const char *before, struct slice text,
			const char *after)
{
	fputs(before, stdout);
	terminal_print(text, stdout);
	fputs(after, stdout);
}

static void show_other(struct showcase *showcase, const struct record *record)
{
	struct slice topics = record_header(record, SLICE("wirestage.topics"));
	avro_value_t article;

	if (is_chosen(showcase, record) ||
	    !read_article(showcase, record, &article))
		return;
	if (showcase->shown++ == 0)
		puts("\nThe others, in brief:\n");
	struct slice title = record_text(&article, "headline");
	print_field("  ", title.ptr ? title : record_text(&article, "uri"),
		    "\n");
	print_field("      ", topics.len ? topics : SLICE("no topic"), "");
	print_field("; from ", origin_of(record), ", read as ");
	print_field("", record_header(record, SLICE("wirestage.format")), "\n");
}

static void show_deadletter(struct showcase *showcase,
			    const struct record *record)
{
	const struct slice why = SLICE("__connect.errors.exception.message");

	if (showcase->shown++ == 0)
		printf("\nWhat could not become an article, in topic %.*s, "
		       "its bytes untouched:\n\n",
		       SLICE_ARG(record->topic));
	print_field("  ", origin_of(record), "");
	if (record->key.ptr)
		print_field(", key ", record->key, "");
	print_field(": ", record_header(record, SLICE("wirestage.fault")),
		    "\n");
	printf("%*s", REASON, "");
	wrap_print(record_header(record, why), REASON, stdout);
}

/* One reading of a topic. */
struct pass {
	struct showcase *showcase;
	void (*show)(struct showcase *showcase, const struct record *record);
};

static enum fault show_next(void *opaque, const struct record *record,
			    struct fault_note *note)
{
	const struct pass *pass = opaque;

	(void)note;
	pass->show(pass->showcase, record);
	return FAULT_NONE;
}

static enum fault read_topic(struct pass pass, const struct settings *settings,
			     const char *topic, struct fault_note *note)
{
	const struct reader_config config = {
		.bootstrap_servers = settings->bootstrap_servers,
		.client_id = "wirestage-demo",
		.topic = topic,
		.start.at = START_EARLIEST,
		.ends = true,
		.properties = settings->consumer,
	};

	pass.showcase->shown = 0;
	return reader_each(&config, show_next, &pass, note);
}

enum fault showcase_print(const struct settings *settings,
			  struct fault_note *note)
{
	const struct {
		const char *topic;
		void (*show)(struct showcase *, const struct record *);
	} passes[] = {
		{ settings->output_topic, choose },
		{ settings->output_topic, show_chosen },
		{ settings->output_topic, show_other },
		{ settings->deadletter_topic, show_deadletter },
	};
	struct showcase showcase = { .shown = 0 };
	enum fault fault = article_encoder_new(embedded_article_schema(),
					       &showcase.decoder, note);

	buffer_init(&showcase.origin, SIZE_MAX);
	for (size_t i = 0; i < sizeof passes / sizeof *passes && !fault; i++)
		fault = read_topic((struct pass){ &showcase, passes[i].show },
				   settings, passes[i].topic, note);
	article_encoder_free(showcase.decoder);
	buffer_release(&showcase.origin);
	return fault;
}
