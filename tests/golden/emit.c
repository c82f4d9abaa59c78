#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "producer/avro/fingerprint.h"
#include "producer/avro/framing.h"
#include "schemas/embedded.h"
#include "tests/golden/golden.h"
#include "tests/unit/sample_article.h"

enum { SCHEMA_ID = 66051 };

struct emitter {
	const char *folder;
	struct article_encoder *encoder;
	struct json_form *form;
	struct container container;
	uint64_t fingerprint;
	struct buffer record, lines, file;
	int count;
	bool failed;
};

static void write_file(struct emitter *emitter, const char *name,
		       struct slice head, struct slice body)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", emitter->folder, name);
	FILE *file = fopen(path, "wb");
	if (!file) {
		perror(path);
		emitter->failed = true;
		return;
	}
	emitter->failed |= fwrite(head.ptr, 1, head.len, file) != head.len;
	emitter->failed |= fwrite(body.ptr, 1, body.len, file) != body.len;
	emitter->failed |= fclose(file) != 0;
}

static bool emitter_fill(struct emitter *emitter)
{
	struct slice schema = embedded_article_schema();
	struct fault_note note;

	if (article_encoder_new(schema, &emitter->encoder, &note) ||
	    json_form_new(schema, &emitter->form, &note) ||
	    schema_fingerprint(schema, &emitter->fingerprint, &note))
		return false;
	container_start(&emitter->container, schema, &emitter->file);
	return true;
}

/* The judges see each field at least once, whatever the cases hold. */
static void emit_samples(struct emitter *emitter)
{
	struct article full = sample_article(), bare = sample_bare_article();

	emitter_add(emitter, &full);
	emitter_add(emitter, &bare);
}

struct emitter *emitter_new(const char *folder)
{
	struct emitter *emitter = calloc(1, sizeof *emitter);

	if (!emitter)
		return NULL;
	emitter->folder = folder;
	container_init(&emitter->container);
	buffer_init(&emitter->record, SIZE_MAX);
	buffer_init(&emitter->lines, SIZE_MAX);
	buffer_init(&emitter->file, SIZE_MAX);
	if (!emitter_fill(emitter)) {
		emitter_free(emitter);
		return NULL;
	}
	emit_samples(emitter);
	return emitter;
}

static void emit_framed(struct emitter *emitter, enum framing_kind kind,
			const char *suffix)
{
	struct framing framing = { kind, emitter->fingerprint, SCHEMA_ID };
	unsigned char header[FRAMING_HEADER_MAX];
	size_t len = framing_header(&framing, header);
	char name[32];

	snprintf(name, sizeof name, "%d.%s", emitter->count, suffix);
	write_file(emitter, name, (struct slice){ (char *)header, len },
		   buffer_slice(&emitter->record));
}

void emitter_add(struct emitter *emitter, const struct article *article)
{
	avro_value_t value = article_value(article);

	buffer_clear(&emitter->record);
	if (article_encode(emitter->encoder, article, &emitter->record) ||
	    container_add(&emitter->container, buffer_slice(&emitter->record),
			  &emitter->file) ||
	    json_form_print(emitter->form, &value, JSON_STYLE_LINE,
			    &emitter->lines))
		emitter->failed = true;
	emit_framed(emitter, FRAMING_SINGLE_OBJECT, "single");
	emit_framed(emitter, FRAMING_CONFLUENT, "confluent");
	emit_framed(emitter, FRAMING_NONE, "none");
	emitter->count++;
}

static void write_rest(struct emitter *emitter)
{
	char number[32];

	container_finish(&emitter->container, &emitter->file);
	write_file(emitter, "article.avsc", embedded_article_schema(),
		   SLICE(""));
	write_file(emitter, "articles.avro", buffer_slice(&emitter->file),
		   SLICE(""));
	write_file(emitter, "articles.jsonl", buffer_slice(&emitter->lines),
		   SLICE(""));
	snprintf(number, sizeof number, "%016" PRIx64, emitter->fingerprint);
	write_file(emitter, "fingerprint", slice_from(number), SLICE("\n"));
	snprintf(number, sizeof number, "%d", SCHEMA_ID);
	write_file(emitter, "schema-id", slice_from(number), SLICE("\n"));
}

bool emitter_free(struct emitter *emitter)
{
	if (emitter->encoder && emitter->form)
		write_rest(emitter);
	bool written = !emitter->failed && !emitter->file.fault;

	container_release(&emitter->container);
	buffer_release(&emitter->record);
	buffer_release(&emitter->lines);
	buffer_release(&emitter->file);
	json_form_free(emitter->form);
	article_encoder_free(emitter->encoder);
	free(emitter);
	return written;
}
