/* tests/golden/golden.h - the golden cases' way through the program. */
#ifndef TESTS_GOLDEN_GOLDEN_H
#define TESTS_GOLDEN_GOLDEN_H

#include "base/record.h"
#include "producer/avro/container.h"
#include "producer/avro/encoder.h"
#include "producer/avro/json.h"
#include "transform/transform.h"

enum outcome {
	OUTCOME_PASSED,
	OUTCOME_FAILED,
	OUTCOME_NO_CASE, /* a folder without an input, or a file */
	OUTCOME_COUNT
};

/* One case's message; the slices borrow from the buffers. */
struct golden_case {
	struct buffer input, key_memory, type_memory;
	struct slice key;		   /* ptr NULL: none */
	struct record_header content_type; /* value.ptr NULL: none */
	int64_t work_max;		   /* 0: no limit */
};

/* What all cases share; text holds the last one's JSON. */
struct golden {
	struct vocabulary *vocabulary;
	struct transform_context context;
	struct transform *transform;
	void *memory;
	struct arena arena;
	struct json_form *form;
	struct buffer text;
	struct emitter *emitter; /* NULL unless judges want the records */
};

/* NULL, and a line on stderr, where it cannot be made. emit is the folder for
 * the judges, or NULL. */
struct golden *golden_new(const char *emit);

/* False: what the judges want could not be written. */
bool golden_free(struct golden *golden);

/*
 * Transform the case; its parts' JSON, pretty, goes to golden->text: of an
 * article its own, of a bad part {"fault": "date-invalid"}.
 */
void golden_transform(struct golden *golden, const struct golden_case *one);

/*
 * Writes records for the judges into a folder that exists: article.avsc (the
 * schema), fingerprint (its CRC-64-AVRO in hex), schema-id, articles.jsonl (a
 * line a record), articles.avro (a container file), and of each record, by its
 * number from 0, N.single, N.confluent and N.none.
 */
struct emitter;
struct emitter *emitter_new(const char *folder);
void emitter_add(struct emitter *emitter, const struct article *article);
bool emitter_free(struct emitter *emitter);

#endif
