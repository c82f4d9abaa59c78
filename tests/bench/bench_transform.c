#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "producer/avro/encoder.h"
#include "producer/avro/fingerprint.h"
#include "producer/avro/framing.h"
#include "producer/output.h"
#include "schemas/embedded.h"
#include "tests/bench/allocations.h"
#include "transform/finish.h"
#include "transform/formats/format.h"
#include "transform/topics/tagging.h"
#include "transform/transform.h"

/*
 * What one article costs: processor time and mallocs of each step, in one
 * warm thread, on the documents given. A line a row:
 *
 *	document step ns/article mallocs/article malloced-bytes/article
 *
 *	transform   bytes to article, tagging and hashes with it
 *	tag         the tagging within it, on the subjects as parsed
 *	encode      article to framed Avro, and to the record with its headers
 *	all         transform and encode, as the worker does
 *	jansson     json_loadb() and json_decref() by malloc, and no more
 */
enum { ARENA_SIZE = 16 << 20, ROUNDS = 15, ROUND_NS = 20000000 };

/* One document, and all that a worker would hold to handle it. */
struct bench {
	const char *name;
	struct buffer input;
	struct record record;
	struct transform_context context;
	struct transform *transform;
	struct article_encoder *encoder;
	struct framing framing;
	struct arena arena, kept; /* kept: of what outlives a step */
	struct buffer value;
	const struct article *article; /* in kept */
	struct article parsed;	       /* in kept, not yet tagged */
	struct subject *subjects;      /* in kept, as parsed */
};

static void check(bool well, const char *what)
{
	if (well)
		return;
	fprintf(stderr, "bench: %s\n", what);
	exit(1);
}

static const struct article *transform(struct bench *bench, struct arena *arena)
{
	struct parts parts =
		transform_record(bench->transform, &bench->record, arena);

	check(parts.count == 1 && !parts.items[0].fault, "no article");
	return parts.items[0].article;
}

static void encode(struct bench *bench, const struct article *article)
{
	static const struct output output = { .topic = "articles" };
	unsigned char prefix[FRAMING_HEADER_MAX];
	size_t len = framing_header(&bench->framing, prefix);
	struct outgoing out;

	buffer_clear(&bench->value);
	buffer_add(&bench->value, (struct slice){ (char *)prefix, len });
	check(!article_encode(bench->encoder, article, &bench->value) &&
		      !output_record(&output, article, &bench->record,
				     buffer_slice(&bench->value), &bench->arena,
				     &out),
	      "no record");
}

static void step_transform(struct bench *bench)
{
	transform(bench, &bench->arena);
}

static void step_tag(struct bench *bench)
{
	struct article article = bench->parsed;

	article.subjects = arena_array(&bench->arena, article.subject_count,
				       sizeof *article.subjects);
	check(article.subjects, "arena full");
	memcpy(article.subjects, bench->subjects,
	       article.subject_count * sizeof *article.subjects);
	check(!tagging_resolve(&article, bench->context.vocabulary,
			       &bench->arena),
	      "not tagged");
}

static void step_encode(struct bench *bench)
{
	encode(bench, bench->article);
}

static void step_all(struct bench *bench)
{
	encode(bench, transform(bench, &bench->arena));
}

static void step_jansson(struct bench *bench)
{
	json_t *root = json_loadb(bench->record.value.ptr,
				  bench->record.value.len, 0, NULL);

	check(root, "not JSON");
	json_decref(root);
}

struct step {
	const char *name;
	void (*run)(struct bench *bench);
	bool json; /* of ninjs alone */
};

static const struct step steps[] = {
	{ "transform", step_transform, false }, { "tag", step_tag, false },
	{ "encode", step_encode, false },	{ "all", step_all, false },
	{ "jansson", step_jansson, true },
};

enum { STEPS = sizeof steps / sizeof *steps };

/* Of this thread's processor time: what else the machine does is left out. */
static long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long repeat(struct bench *bench, const struct step *step,
			size_t times)
{
	long long begin = now_ns();

	for (size_t i = 0; i < times; i++) {
		arena_reset(&bench->arena);
		step->run(bench);
	}
	return now_ns() - begin;
}

/* How often a step runs in a round of ROUND_NS; warms it up as well. */
static size_t calibrate(struct bench *bench, const struct step *step)
{
	size_t times = 1;
	long long took = repeat(bench, step, times);

	while (took < ROUND_NS / 4) {
		times *= 2;
		took = repeat(bench, step, times);
	}
	return (size_t)((double)times * ROUND_NS / (double)took) + 1;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_row(struct bench *bench, const struct step *step,
		      double rounds[ROUNDS])
{
	enum { TIMES = 1000 };
	struct allocations before = allocations_now();

	repeat(bench, step, TIMES);
	struct allocations after = allocations_now();
	qsort(rounds, ROUNDS, sizeof *rounds, compare);
	printf("%s %s %.0f %.3g %.4g\n", bench->name, step->name,
	       rounds[ROUNDS / 2], (double)(after.calls - before.calls) / TIMES,
	       (double)(after.bytes - before.bytes) / TIMES);
}

/* The steps take turns, so that a slow second of the machine's hits all. */
static void bench_run(struct bench *bench)
{
	bool json = !strcmp(bench->article->lineage.format.ptr, "ninjs");
	double rounds[STEPS][ROUNDS];
	size_t times[STEPS];

	for (size_t s = 0; s < STEPS; s++)
		if (json || !steps[s].json)
			times[s] = calibrate(bench, &steps[s]);
	for (size_t i = 0; i < ROUNDS; i++)
		for (size_t s = 0; s < STEPS; s++)
			if (json || !steps[s].json)
				rounds[s][i] = (double)repeat(bench, &steps[s],
							      times[s]) /
					       (double)times[s];
	for (size_t s = 0; s < STEPS; s++)
		if (json || !steps[s].json)
			print_row(bench, &steps[s], rounds[s]);
}

static void read_input(struct bench *bench, const char *path)
{
	char piece[16384];
	size_t len;
	FILE *file = fopen(path, "rb");
	const char *slash = strrchr(path, '/');

	check(file, path);
	buffer_init(&bench->input, SIZE_MAX);
	while ((len = fread(piece, 1, sizeof piece, file)) > 0)
		buffer_add(&bench->input, (struct slice){ piece, len });
	fclose(file);
	bench->name = slash ? slash + 1 : path;
	bench->record = (struct record){
		.topic = SLICE("raw"),
		.partition = 3,
		.offset = 123456,
		.timestamp_ms = 1773300000000,
		.key = SLICE("northgate-20260312-0042"),
		.value = buffer_slice(&bench->input),
	};
}

/* The article as the parser leaves it, before anything looks at its topics. */
static void parse_alone(struct bench *bench)
{
	struct parse parse = { .text = bench->record.value,
			       .arena = &bench->kept };
	const struct format *format = format_detect(SLICE_NONE, parse.text);

	check(format && !format->parse(&parse) && parse.part_count == 1, "not "
									 "parse"
									 "d");
	bench->parsed = *parse.parts[0].article;
	bench->subjects = bench->parsed.subjects;
}

static void arena_open(struct arena *arena)
{
	void *memory = malloc(ARENA_SIZE);

	check(memory, "out of memory");
	arena_init(arena, memory, ARENA_SIZE);
}

static void bench_open(struct bench *bench, const char *path)
{
	struct fault_note note = { "" };
	struct vocabulary *vocabulary = NULL;
	struct slice schema = embedded_article_schema();

	read_input(bench, path);
	check(!vocabulary_parse(embedded_topics(), &vocabulary, &note) &&
		      !article_encoder_new(schema, &bench->encoder, &note) &&
		      !schema_fingerprint(schema, &bench->framing.fingerprint,
					  &note),
	      note.text);
	bench->context = (struct transform_context){
		.vocabulary = vocabulary,
		.encoding = ENCODING_REPAIR,
		.input_max_bytes = 10 << 20,
	};
	bench->transform = transform_new(&bench->context);
	check(bench->transform, "out of memory");
	buffer_init(&bench->value, SIZE_MAX);
	arena_open(&bench->arena);
	arena_open(&bench->kept);
	bench->article = transform(bench, &bench->kept);
	parse_alone(bench);
}

static void bench_close(struct bench *bench)
{
	transform_free(bench->transform);
	article_encoder_free(bench->encoder);
	vocabulary_free((struct vocabulary *)bench->context.vocabulary);
	buffer_release(&bench->input);
	buffer_release(&bench->value);
	free(bench->arena.begin);
	free(bench->kept.begin);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct bench bench = { .name = NULL };

		bench_open(&bench, argv[i]);
		bench_run(&bench);
		bench_close(&bench);
	}
	return 0;
}
