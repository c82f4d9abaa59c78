#include "stage/diff/article_file.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "producer/avro/container_reader.h"
#include "producer/avro/encoder.h"
#include "producer/avro/fingerprint.h"
#include "producer/avro/summary.h"
#include "schemas/embedded.h"

/* Writers end a block at some 64 KB, and no article is larger than this. */
enum { BLOCK_MAX = 64 << 20 };

struct article_file {
	const char *path;
	FILE *file;
	struct container_reader reader;
	struct container_block block; /* what is left of it */
	struct article_encoder *decoder;
	avro_value_t record;
	uint64_t number;    /* of record in the file, from 1 */
	struct origin last; /* its origin; topic lies in last_topic */
	struct buffer last_topic;
};

struct origin origin_of(const avro_value_t *record)
{
	avro_value_t lineage;

	if (avro_value_get_by_name(record, "lineage", &lineage, NULL))
		return (struct origin){ .topic = SLICE("") };
	return (struct origin){
		.topic = record_text(&lineage, "topic"),
		.partition = record_number(&lineage, "partition", 0),
		.offset = record_number(&lineage, "offset", 0),
		.part = record_number(&lineage, "part", 0),
	};
}

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int origin_order(const struct origin *a, const struct origin *b)
{
	size_t len = a->topic.len < b->topic.len ? a->topic.len : b->topic.len;
	int by = len ? memcmp(a->topic.ptr, b->topic.ptr, len) : 0;

	if (!by)
		by = order((int64_t)a->topic.len, (int64_t)b->topic.len);
	if (!by)
		by = order(a->partition, b->partition);
	if (!by)
		by = order(a->offset, b->offset);
	return by ? by : order(a->part, b->part);
}

/* The path in front of what note says already. */
static enum fault name_file(const struct article_file *file, enum fault fault,
			    struct fault_note *note)
{
	struct fault_note inner = *note;

	return fault_noted(fault, note, "%.200s: %s", file->path,
			   *inner.text ? inner.text : fault_text(fault));
}

/* Other docs and defaults are no matter: the canonical form is. */
static enum fault check_schema(struct slice schema, struct fault_note *note)
{
	struct buffer theirs, ours;
	enum fault fault;

	buffer_init(&theirs, SIZE_MAX);
	buffer_init(&ours, SIZE_MAX);
	fault = schema_canonical_form(schema, &theirs, note);
	if (fault == FAULT_CONFIG)
		fault = FAULT_FILE; /* the schema is the file's */
	if (!fault)
		fault = schema_canonical_form(embedded_article_schema(), &ours,
					      note);
	if (!fault && !slice_equal(buffer_slice(&theirs), buffer_slice(&ours)))
		fault = fault_noted(FAULT_FILE, note,
				    "its schema has the fingerprint %016" PRIx64
				    ", this version's has %016" PRIx64
				    "; only files of the same schema can be "
				    "compared: "
				    "make it anew with this version",
				    fingerprint_crc64(buffer_slice(&theirs)),
				    fingerprint_crc64(buffer_slice(&ours)));
	buffer_release(&theirs);
	buffer_release(&ours);
	return fault;
}

static enum fault open_all(struct article_file *file, struct fault_note *note)
{
	struct buffer schema;

	file->file = fopen(file->path, "rbe");
	if (!file->file)
		return fault_noted(FAULT_FILE, note, "%s",
				   strerrordesc_np(errno));
	container_reader_init(&file->reader, file->file, BLOCK_MAX);
	buffer_init(&schema, SIZE_MAX);
	enum fault fault = container_read_header(&file->reader, &schema, note);
	if (!fault)
		fault = check_schema(buffer_slice(&schema), note);
	if (!fault)
		fault = article_encoder_new(embedded_article_schema(),
					    &file->decoder, note);
	buffer_release(&schema);
	return fault;
}

enum fault article_file_open(const char *path, struct article_file **out,
			     struct fault_note *note)
{
	assert(path && out && note);

	struct article_file *file = calloc(1, sizeof *file);
	if (!file)
		return FAULT_NO_MEMORY;
	file->path = path;
	buffer_init(&file->last_topic, SIZE_MAX);
	note->text[0] = '\0';
	enum fault fault = open_all(file, note);
	if (fault) {
		fault = name_file(file, fault, note);
		article_file_close(file);
		return fault;
	}
	*out = file;
	return FAULT_NONE;
}

void article_file_close(struct article_file *file)
{
	if (!file)
		return;
	article_encoder_free(file->decoder);
	container_reader_release(&file->reader);
	buffer_release(&file->last_topic);
	if (file->file)
		fclose(file->file);
	free(file);
}

/* Remember the record's origin, which must come after the last one's. */
static enum fault check_order(struct article_file *file,
			      struct fault_note *note)
{
	struct origin origin = origin_of(&file->record);
	int by = file->number > 1 ? origin_order(&origin, &file->last) : 1;

	if (by <= 0)
		return fault_noted(FAULT_CONFIG, note,
				   "record %" PRIu64 " (%.100s/%" PRId64
				   "/%" PRId64 "/%" PRId64 ") %s; a file to "
				   "compare has each "
				   "article "
				   "once, in the order of topic, partition, "
				   "offset and "
				   "part",
				   file->number, origin.topic.ptr,
				   origin.partition, origin.offset, origin.part,
				   by ? "comes before the record ahead of it"
				      : "is there twice");
	buffer_clear(&file->last_topic);
	buffer_add(&file->last_topic, origin.topic);
	file->last = origin;
	file->last.topic = buffer_slice(&file->last_topic);
	return file->last_topic.fault;
}

static enum fault take_record(struct article_file *file,
			      struct fault_note *note)
{
	struct slice *rest = &file->block.records;

	file->number++;
	if (!article_decode_next(file->decoder, rest, &file->record))
		return fault_noted(FAULT_FILE, note,
				   "the file is damaged: record %" PRIu64 " is "
				   "no "
				   "arti"
				   "cle",
				   file->number);
	if (--file->block.count == 0 && rest->len > 0)
		return fault_noted(FAULT_FILE, note,
				   "the file is damaged: behind record %" PRIu64
				   " its block goes on",
				   file->number);
	return check_order(file, note);
}

enum fault article_file_next(struct article_file *file,
			     const avro_value_t **out, struct fault_note *note)
{
	assert(file && out && note);

	enum fault fault = FAULT_NONE;

	note->text[0] = '\0';
	if (file->block.count == 0)
		fault = container_read_block(&file->reader, &file->block, note);
	bool ended = !fault && file->block.count == 0;
	if (!fault && !ended)
		fault = take_record(file, note);
	if (fault)
		return name_file(file, fault, note);
	*out = ended ? NULL : &file->record;
	return FAULT_NONE;
}

uint64_t article_file_at(const struct article_file *file)
{
	return file->reader.at;
}

uint64_t article_file_size(const struct article_file *file)
{
	struct stat status;

	return fstat(fileno(file->file), &status) ? 0
						  : (uint64_t)status.st_size;
}
