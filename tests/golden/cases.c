#include <stdio.h>
#include <stdlib.h>

#include "producer/avro/json_scalar.h"
#include "schemas/embedded.h"
#include "tests/golden/golden.h"

enum { ARENA_SIZE = 64 * 1024 * 1024, INPUT_MAX = 16 * 1024 * 1024 };

/* 2025-09-09, an ordinary day. */
static const int64_t timestamp_ms = 1757376000000;

static bool golden_fill(struct golden *golden, const char *emit,
			struct fault_note *note)
{
	if (vocabulary_parse(embedded_topics(), &golden->vocabulary, note) ||
	    json_form_new(embedded_article_schema(), &golden->form, note))
		return false;
	golden->context = (struct transform_context){
		.vocabulary = golden->vocabulary,
		.encoding = ENCODING_REPAIR,
		.uri_from = URI_FROM_KEY,
		.input_max_bytes = INPUT_MAX,
	};
	golden->transform = transform_new(&golden->context);
	golden->memory = malloc(ARENA_SIZE);
	if (emit)
		golden->emitter = emitter_new(emit);
	return golden->transform && golden->memory &&
	       (!emit || golden->emitter);
}

struct golden *golden_new(const char *emit)
{
	struct fault_note note = { "out of memory" };
	struct golden *golden = calloc(1, sizeof *golden);

	if (golden && golden_fill(golden, emit, &note)) {
		arena_init(&golden->arena, golden->memory, ARENA_SIZE);
		buffer_init(&golden->text, SIZE_MAX);
		return golden;
	}
	fprintf(stderr, "golden: %s\n", note.text);
	if (golden)
		golden_free(golden);
	return NULL;
}

bool golden_free(struct golden *golden)
{
	bool written = !golden->emitter || emitter_free(golden->emitter);

	buffer_release(&golden->text);
	json_form_free(golden->form);
	transform_free(golden->transform);
	vocabulary_free(golden->vocabulary);
	free(golden->memory);
	free(golden);
	return written;
}

static void print_part(struct golden *golden, const struct part *part)
{
	if (part->fault) {
		buffer_add(&golden->text, SLICE("{\n  \"fault\": "));
		json_add_text(&golden->text,
			      slice_from(fault_name(part->fault)));
		buffer_add(&golden->text, SLICE("\n}\n"));
		return;
	}
	avro_value_t value = article_value(part->article);
	if (json_form_print(golden->form, &value, JSON_STYLE_PRETTY,
			    &golden->text))
		abort();
	if (golden->emitter)
		emitter_add(golden->emitter, part->article);
}

void golden_transform(struct golden *golden, const struct golden_case *one)
{
	struct record record = {
		.topic = SLICE("golden"),
		.timestamp_ms = timestamp_ms,
		.key = one->key,
		.value = buffer_slice(&one->input),
		.headers = &one->content_type,
		.header_count = one->content_type.value.ptr ? 1 : 0,
	};

	golden->context.work_max = one->work_max;
	arena_reset(&golden->arena);
	buffer_clear(&golden->text);
	struct parts parts =
		transform_record(golden->transform, &record, &golden->arena);
	for (size_t i = 0; i < parts.count; i++)
		print_part(golden, &parts.items[i]);
}
